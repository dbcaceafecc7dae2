namespace PgRoll.Build.Engine.Tests.UnderLoad;

/// <summary>How a version shows the items.</summary>
/// <param name="Table">The name of their view.</param>
/// <param name="Columns">The columns by the fields that they hold.</param>
sealed record Shape(string Table, IReadOnlyDictionary<string, string> Columns)
{
    public static Shape Old { get; } = new("items", new Dictionary<string, string> { ["name"] = "name", ["amount"] = "amount", ["note"] = "note", ["part"] = "part" });

    /// <summary>The field whose NULL the version forbids.</summary>
    public string? Required { get; init; }

    /// <summary>What a new item's note is where nobody says.</summary>
    public string Note { get; init; } = "-";

    /// <summary>By how much a shared item's amount goes up each time it is counted up.</summary>
    public int Step { get; init; } = 1;

    public Shape With(string field, string column) => this with { Columns = new Dictionary<string, string>(Columns) { [field] = column } };

    public Shape Without(string field) => this with { Columns = Columns.Where(c => c.Key != field).ToDictionary() };
}
