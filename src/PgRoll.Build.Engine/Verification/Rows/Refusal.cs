using System.Text.Json;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>Why the server did not take a statement.</summary>
/// <param name="State">The SQLSTATE.</param>
/// <param name="Message">The server's words.</param>
/// <param name="Constraint">The constraint that was broken; empty for none.</param>
/// <param name="Column">The column that it was about; empty for none.</param>
/// <param name="Table">The table that it was about; empty for none.</param>
sealed record Refusal(string State, string Message, string Constraint, string Column, string Table)
{
    /// <summary>As <c>attempt</c> gives it.</summary>
    public static Refusal? Read(string? json)
    {
        if (json is null)
            return null;
        using var document = JsonDocument.Parse(json);
        var parts = document.RootElement.EnumerateArray().Select(part => part.GetString() ?? "").ToList();
        return new(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    /// <summary>What it says where nobody may read the rows.</summary>
    public string WithoutValues => $"SQLSTATE {State}{(Constraint.Length > 0 ? $", '{Constraint}'" : "")}{(Column.Length > 0 ? $", column '{Column}'" : "")}";

    public override string ToString() => $"{State}: {Plans.Rows.RowCheck.Shorten(Message, 200)}";
}
