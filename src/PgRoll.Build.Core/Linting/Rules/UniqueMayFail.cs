using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0501.</summary>
sealed class UniqueMayFail() : LintRule(new("PGR0501", "unique-may-fail", Severity.Warning,
    "Rows may hold duplicates",
    "`start` fails if rows of '{0}' have the same {1}, which '{2}' forbids.",
    "The index is built while clients write, and cannot be built over equal values. Once it is there, the old version's writes of such rows are refused as well.",
    "Look for duplicates first, or let `up` make the values differ."))
{
    public override void Check(LintContext context)
    {
        foreach (var create in context.All<CreateIndex>())
            if (create.Operation is { IsUnique: true } index)
                Check(create.Place, "unique", index.Table, index.Index, [.. index.Keys.Select(key => key.Column)], null);
        foreach (var create in context.All<CreateConstraint>())
            if (create.Operation is { Constraint: UniqueConstraint unique } constraint)
                Check(create.Place, "columns", constraint.Table, unique.Name, unique.Columns, constraint.LeavesValues ? null : constraint.Up.Values);
        foreach (var alter in context.All<AlterColumn>())
            if (alter.Operation is { Unique: { } unique } column)
                Check(alter.Place, "unique", column.Table, unique, [column.Column], column.Up is { } up && !up.IsSameColumn(column.Column) ? [up] : null);
        foreach (var add in context.All<AddColumn>())
            if (add.Operation is { Column: { IsUnique: true, Identity: null, Type.SerialOf: null } column } && (add.Operation.Up ?? column.Default) is { } value)
                Check(add.Place, "column.unique", add.Operation.Table, column.Name, [column.Name], [value]);

        void Check(LintedOperation place, string field, string name, string constraint, IReadOnlyList<string> columns, IEnumerable<SqlExpression>? values)
        {
            if (place.Before.Find(name) is { IsNew: false } table
                && !(values?.Any(value => MakesUnique(value, table)) ?? (IsUnique(table, columns) || context.Before.Find(name) is { } old && IsUnique(old, columns))))
                context.Add(Rule, place, field, name, string.Join(", ", columns.Select(column => $"'{column}'")), constraint);
        }
    }

    /// <summary>Whether a key says so, that of a constraint which this one takes the place of included, or a sequence makes the numbers.</summary>
    static bool IsUnique(Table table, IReadOnlyList<string> columns) =>
        columns.Any(column => table.Find(column) is { OwnSequence: not null })
        || table.Constraints.OfType<UniqueConstraint>().Any(key => key.Columns.All(columns.Contains))
        || table.Indexes.Any(index => index is { IsUnique: true, IsPartial: false } && index.Columns.All(columns.Contains));

    /// <summary>Whether a value is another's that is unique, or drawn for each row from so many that two are hardly the same.</summary>
    static bool MakesUnique(SqlExpression value, Table table) =>
        table.Columns.Any(column => value.IsSameColumn(column.Name) && IsUnique(table, [column.Name]))
        || value.Calls().Any(call =>
            call.Name is "nextval" or "random" or "gen_random_uuid" or "uuidv4" or "uuidv7" || call.Name.StartsWith("uuid_generate_", StringComparison.Ordinal));
}
