using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0905.</summary>
sealed class JsonbPreferred() : LintRule(new("PGR0905", "prefer-jsonb", Severity.Warning,
    "Type without equality",
    "'{0}.{1}' is json, which cannot be compared: SELECT DISTINCT, GROUP BY and UNION over it fail.",
    "It is text that is parsed anew each time it is read.",
    "Use jsonb."))
{
    public override void Check(LintContext context)
    {
        foreach (var column in context.Columns)
            if (column.ElementType == "json")
                context.Add(Rule, column.Place, column.TypeField, column.Table, column.Name);
    }
}
