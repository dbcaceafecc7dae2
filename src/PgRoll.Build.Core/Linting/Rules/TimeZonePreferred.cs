using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0903.</summary>
sealed class TimeZonePreferred() : LintRule(new("PGR0903", "prefer-timestamptz", Severity.Info,
    "Timestamp without time zone",
    "'{0}.{1}' is {2}, which does not say what moment it means.",
    "It is the wall clock of whoever wrote it, and is read as that of whoever reads it.",
    "Use timestamptz, which is a moment, and as small."))
{
    public override void Check(LintContext context)
    {
        foreach (var column in context.Columns)
            if (column.ElementType.StartsWith("timestamp", StringComparison.Ordinal) && column.ElementType.EndsWith("without time zone", StringComparison.Ordinal))
                context.Add(Rule, column.Place, column.TypeField, column.Table, column.Name, column.Type);
    }
}
