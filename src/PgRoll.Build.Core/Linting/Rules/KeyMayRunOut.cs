using PgRoll.Build.Diagnostics;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0901.</summary>
sealed class KeyMayRunOut() : LintRule(new("PGR0901", "prefer-bigint-key", Severity.Info,
    "Key of few numbers",
    "The key '{0}.{1}' is {2}, whose numbers end at {3}.",
    "A table that outgrows its key cannot be written to, until every row and every foreign key has a wider one.",
    "Use bigint."))
{
    public override void Check(LintContext context)
    {
        foreach (var column in context.Columns)
            if (column.Place.Operation is CreateTable && column.Place.After.Find(column.Table)?.PrimaryKey?.Columns is [var key] && key == column.Name
                && (column.Type.SerialOf ?? column.Type).Canonical is "integer" or "smallint")
                context.Add(Rule, column.Place, column.TypeField, column.Table, column.Name, column.Type,
                    (column.Type.SerialOf ?? column.Type).Canonical == "integer" ? "2,147,483,647" : "32,767");
    }
}
