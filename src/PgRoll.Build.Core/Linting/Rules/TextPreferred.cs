using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0904.</summary>
sealed class TextPreferred() : LintRule(new("PGR0904", "prefer-text", Severity.Info,
    "Type with a length",
    "'{0}.{1}' is {2}: {3}.",
    "text takes the same room and the same time.",
    "Use text, with a check where the length matters."))
{
    public override void Check(LintContext context)
    {
        foreach (var column in context.Columns)
            if (Reason(column.ElementType) is { } reason)
                context.Add(Rule, column.Place, column.TypeField, column.Table, column.Name, column.Type, reason);
    }

    static string? Reason(string type) =>
        type.StartsWith("character varying(", StringComparison.Ordinal) ? "another length means another copy of the column"
        : type.StartsWith("character", StringComparison.Ordinal) && type != "character varying" ? "what is shorter is filled up with blanks"
        : null;
}
