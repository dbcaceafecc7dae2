using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>What several operations check in the same words. Where raw SQL made the schema unknowable, what is missing is not reported.</summary>
static class Checks
{
    public static Table? Table(this Report report, Schema schema, string name, string at = "table")
    {
        if (schema.Find(name) is { } table)
            return table;
        if (!schema.IsPartlyUnknown)
            report.Add(ReferenceRules.UnknownTable, at, name, DidYouMean(name, schema.Tables.Select(t => t.Name)));
        return null;
    }

    public static Column? Column(this Report report, Schema schema, Table table, string name, string at = "column")
    {
        if (table.Find(name) is { } column)
            return column;
        if (!schema.IsPartlyUnknown)
            report.Add(ReferenceRules.UnknownColumn, at, table.Name, name, DidYouMean(name, table.Columns.Select(c => c.Name)));
        return null;
    }

    /// <summary>A name for something new.</summary>
    public static void NewName(this Report report, string name, string at)
    {
        var bytes = GeneratedNames.ByteCount(name);
        if (bytes > GeneratedNames.MaxBytes)
            report.Add(ReferenceRules.IdentifierTooLong, at, name, bytes);
        if (name.StartsWith(GeneratedNames.Prefix, StringComparison.Ordinal))
            report.Add(ReferenceRules.ReservedPrefix, at, name);
    }

    public static void NewTable(this Report report, Schema schema, string name, string at)
    {
        report.NewName(name, at);
        if (schema.Find(name) is not null)
            report.Add(ReferenceRules.AlreadyExists, at, "Table", name);
    }

    public static void NewIndex(this Report report, Schema schema, string name, string at)
    {
        report.NewName(name, at);
        if (schema.FindIndexOwner(name) is not null)
            report.Add(ReferenceRules.AlreadyExists, at, "Index", name);
    }

    public static void NewConstraint(this Report report, Table table, string name, string at)
    {
        report.NewName(name, at);
        if (table.FindConstraint(name) is not null)
            report.Add(ReferenceRules.AlreadyExists, at, "Constraint", name);
    }

    /// <summary>What a foreign key points to: a primary key or unique columns.</summary>
    public static void ReferencedKey(
        this Report report, Schema schema, Table own, string table, IReadOnlyList<string> columns, string atTable, Func<int, string> atColumn)
    {
        var target = table == own.Name ? own : report.Table(schema, table, atTable);
        if (target is null)
            return;
        var known = true;
        for (var i = 0; i < columns.Count; i++)
            known &= report.Column(schema, target, columns[i], atColumn(i)) is not null;
        if (!known || columns.Count == 0 || schema.IsPartlyUnknown)
            return;
        bool IsKey(IReadOnlyList<string> key) => key.Count == columns.Count && key.All(columns.Contains);
        if (!target.Constraints.OfType<UniqueConstraint>().Any(c => IsKey(c.Columns)) && !target.Indexes.Any(i => i.IsUnique && IsKey(i.Columns)))
            report.Add(ReferenceRules.ForeignKeyTarget, atColumn(0), $"'{table}' has no unique key of ({string.Join(", ", columns)}) for the foreign key to point to.");
    }

    /// <summary>The backfill fills the rows of one table, and the trigger that keeps them in step fires for that table alone.</summary>
    public static void OwnRowsOnly(this Report report, Table table, string at)
    {
        if (table.IsPartitioned || table.IsInherited)
            report.Add(ReferenceRules.NoOnlinePath, at, $"'{table.Name}' {(table.IsPartitioned ? "is partitioned" : "takes part in inheritance")}: rows of its other tables would not be filled");
    }

    /// <summary>Names that can be nothing but columns must be columns.</summary>
    public static void Columns(this Report report, Schema schema, SqlExpression expression, string table, IReadOnlyList<Column> columns, string version, string at)
    {
        if (schema.IsPartlyUnknown)
            return;
        foreach (var name in expression.DefiniteColumnNames.Select(n => n.Name).Distinct())
            // The table's own name is a whole row.
            if (name != table && columns.All(c => c.Name != name))
                report.Add(ReferenceRules.ExpressionUnknownColumn, at, name, table, version, DidYouMean(name, columns.Select(c => c.Name)));
    }

    public static string DidYouMean(string name, IEnumerable<string> candidates) =>
        Suggestion.For(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";
}
