using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0502.</summary>
sealed class ForeignKeyMayFail() : LintRule(new("PGR0502", "foreign-key-may-fail", Severity.Warning,
    "Rows may point to nothing",
    "`start` fails if a row of '{0}' points with {1} to no row of '{2}', which '{3}' forbids.",
    "The key is validated before `start` returns. Once it is there, the old version's writes of such rows are refused as well.",
    "Look for orphans first, or let `up` give NULL, or another row, in their place."))
{
    public override void Check(LintContext context)
    {
        foreach (var alter in context.All<AlterColumn>())
            if (alter.Operation is { References: { } key, Up: { } up } column && up.IsSameColumn(column.Column))
                Check(alter.Place, "references", column.Table, [column.Column], key.Table, key.Name);
        foreach (var create in context.All<CreateConstraint>())
            if (create.Operation is { Constraint: ForeignKey key, LeavesValues: true } constraint)
                Check(create.Place, "references", constraint.Table, key.Columns, key.ReferencedTable, key.Name);
        foreach (var add in context.All<AddColumn>())
            if (add.Operation is { Column.References: { } key, Up: { } up } column
                && add.Before.Find(column.Table)?.Columns.FirstOrDefault(other => up.IsSameColumn(other.Name)) is { } from)
                Check(add.Place, "column.references", column.Table, [from.Name], key.Table, key.Name);

        void Check(LintedOperation place, string field, string name, IReadOnlyList<string> columns, string referenced, string key)
        {
            if (place.Before.Find(name) is { IsNew: false } table && !Points(table, columns, referenced)
                && !(context.Before.Find(name) is { } old && Points(old, columns, referenced)))
                context.Add(Rule, place, field, name, string.Join(", ", columns.Select(column => $"'{column}'")), referenced, key);
        }
    }

    static bool Points(Table table, IReadOnlyList<string> columns, string referenced) =>
        table.Constraints.OfType<ForeignKey>().Any(key => key.IsValid && key.ReferencedTable == referenced && key.Columns.SequenceEqual(columns));
}
