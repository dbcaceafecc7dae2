using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0601.</summary>
sealed class ForeignKeyWithoutIndex() : LintRule(new("PGR0601", "foreign-key-without-index", Severity.Warning,
    "Foreign key without index",
    "'{2}' points to '{3}', but no index of '{0}' begins with {1}.",
    "Each row that is deleted from the table it points to, and each change of a key there, looks through all of this one.",
    "Add `create_index`, in this migration or in a later one."))
{
    public override void Check(LintContext context)
    {
        if (!context.Outlook.IsCertain)
            return;
        foreach (var place in context.Operations)
            foreach (var (table, field, key) in ForeignKeyFields.Of(place.Operation))
                if (context.Outlook.Find(table) is { } atEnd && atEnd.FindConstraint(key.Name) is ForeignKey && !IndexLead.Has(atEnd, key.Columns))
                    context.Add(Rule, place, field, table, string.Join(", ", key.Columns.Select(column => $"'{column}'")), key.Name, key.ReferencedTable);
    }
}
