using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>What several operations check in the same words. Where raw SQL made the schema unknowable, what is missing is not reported.</summary>
static class Checks
{
    static readonly string[] SystemColumns = ["tableoid", "ctid", "xmin", "cmin", "xmax", "cmax"];

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

    /// <summary>A name for a new column. The version's view could have it, but the table could not, and that would be noticed at complete.</summary>
    public static void NewColumnName(this Report report, string name, string at)
    {
        report.NewName(name, at);
        if (SystemColumns.Contains(name))
            report.Taken("System column", name, at);
    }

    public static void NewTable(this Report report, Schema schema, string name, string at)
    {
        report.NewName(name, at);
        report.NewRelation(schema, name, at);
    }

    public static void NewIndex(this Report report, Schema schema, string name, string at)
    {
        report.NewName(name, at);
        report.NewRelation(schema, name, at);
    }

    /// <summary>A name that something has already.</summary>
    public static void Taken(this Report report, string what, string name, string at) =>
        report.Add(ReferenceRules.AlreadyExists, at, what, name, "choose another name, or rename or drop that one in an earlier operation");

    /// <summary>A mapping that is not there, and what it is for.</summary>
    public static void NeedsUp(this Report report, string what, string column, string at) =>
        report.Add(ReferenceRules.MissingMapping, at, what, "up", "what the new version reads of what the old one wrote", column);

    /// <summary>The same in the other direction.</summary>
    public static void NeedsDown(this Report report, string what, string column, string at) =>
        report.Add(ReferenceRules.MissingMapping, at, what, "down", "what the old version reads of what the new one wrote", column);

    /// <summary>A name not taken by what shares one namespace: tables and indexes, those of constraints among them.</summary>
    public static void NewRelation(this Report report, Schema schema, string name, string at)
    {
        if (schema.Find(name) is not null)
            report.Taken("Table", name, at);
        else if (schema.FindIndexOwner(name) is not null)
            report.Taken("Index", name, at);
    }

    public static void NewConstraint(this Report report, Schema schema, Table table, string name, bool hasIndex, string at)
    {
        report.NewName(name, at);
        if (table.FindConstraint(name) is not null)
            report.Taken("Constraint", name, at);
        else if (hasIndex)
            report.NewRelation(schema, name, at);
    }

    public static Constraint? Constraint(this Report report, Schema schema, Table table, string name, string at)
    {
        if (table.FindConstraint(name) is { } constraint)
            return constraint;
        if (!schema.IsPartlyUnknown)
            report.Add(ReferenceRules.UnknownIndexOrConstraint, at, "Constraint", name, DidYouMean(name, table.Constraints.Select(c => c.Name)));
        return null;
    }

    /// <summary>A column that gets a second half, with a copy of everything that names it: what no copy can be made of is named.</summary>
    public static void Copy(this Report report, Schema schema, Table table, Column column, string at)
    {
        if (table.IsNew)
            return;
        void Refuse(string why) => report.Add(ReferenceRules.NoOnlinePath, at, $"'{column.Name}' {why}");
        foreach (var constraint in table.Constraints)
            if (constraint.Uses(column.Name.Equals))
                switch (constraint)
                {
                    case ExclusionConstraint:
                        Refuse($"is part of the exclusion constraint '{constraint.Name}', which cannot be built while clients write");
                        break;
                    case UniqueConstraint { IsWithoutOverlaps: true }:
                        Refuse($"is part of '{constraint.Name}', whose WITHOUT OVERLAPS cannot be built while clients write");
                        break;
                    case UniqueConstraint { Deferral: not Deferral.NotDeferrable }:
                        Refuse($"is part of the deferrable constraint '{constraint.Name}', whose copy would check at once and refuse what clients may write");
                        break;
                }
        foreach (var key in table.Constraints.OfType<ForeignKey>().Where(k => k.Columns.Contains(column.Name))
            .Concat(schema.ForeignKeysTo(table.Name).Select(f => f.Key).Where(k => k.ReferencedColumns.Contains(column.Name))).Distinct())
            if (key.HasSwitchedTriggers)
                Refuse($"is part of the foreign key '{key.Name}', whose triggers somebody disabled; those of its copy would be enabled");
        report.NotInherited(table, at);
        if (column.GeneratedAs is not null)
            Refuse("is a generated column");
        if (column.HasNotNullDomain)
            Refuse($"has the type {column.Type}, a domain that forbids NULL, and its copy has no values yet when it is added");
        if (table.Columns.FirstOrDefault(c => c.GeneratedAs is { } expression && expression.ReferencedNames.Any(n => n.Name == column.Name)) is { } generated)
            report.Add(ReferenceRules.NoOnlinePath, at, $"The generated column '{generated.Name}' is computed from '{column.Name}'");
    }

    /// <summary>The backfill fills the rows of one table, and the trigger that keeps them in step fires for that table alone.</summary>
    public static void NotInherited(this Report report, Table table, string at, string why = "rows of its other tables would not be filled")
    {
        if (table.IsInherited)
            report.Add(ReferenceRules.NoOnlinePath, at, $"'{table.Name}' takes part in inheritance: {why}");
    }

    /// <summary>The server changes it in children as well, whose views say otherwise, and in a parent alone.</summary>
    public static void NotShared(this Report report, Table table, string at) =>
        report.NotInherited(table, at, "what it shares with other tables can be neither dropped nor renamed for one of them. Use raw SQL");

    /// <summary>Names that nothing may use any more when it goes.</summary>
    public static void Unused(this Report report, Schema schema, Table table, Constraint constraint, string at)
    {
        if (constraint.HasIndex && table.ReplicaIdentity.Index == constraint.Name)
            report.Add(ReferenceRules.DroppedObjectInUse, at, constraint.Name, $"the replica identity of '{table.Name}'");
        if (constraint is not UniqueConstraint key)
            return;
        bool Is(ForeignKey foreign, IReadOnlyList<string> columns) => foreign.ReferencedColumns.Count == columns.Count && foreign.ReferencedColumns.All(columns.Contains);
        foreach (var (owner, foreign) in schema.ForeignKeysTo(table.Name))
            if (Is(foreign, key.Columns) && !table.Constraints.OfType<UniqueConstraint>().Any(other => other != key && Is(foreign, other.Columns)))
                report.Add(ReferenceRules.DroppedObjectInUse, at, constraint.Name, $"foreign key '{foreign.Name}' of '{owner.Name}'");
    }

    /// <summary>What a constraint names besides its columns.</summary>
    public static void Parts(this Report report, Schema schema, Constraint constraint, Table table)
    {
        if (constraint is CheckConstraint check)
            report.Columns(schema, check.Expression, table.Name, table.Columns, "new", "check");
        if (constraint is UniqueConstraint { Include: { Count: > 0 } include })
            for (var i = 0; i < include.Count; i++)
                report.Column(schema, table, include[i], $"index_parameters.include_columns[{i}]");
        if (constraint is ForeignKey key)
            report.At("references").ReferencedKey(schema, table, key.ReferencedTable, key.ReferencedColumns, "table", i => $"columns[{i}]");
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
            report.Add(ReferenceRules.ForeignKeyTarget, atColumn(0), $"'{table}' has no unique key of ({string.Join(", ", columns)}) for the foreign key to point to");
    }

    /// <summary>Names that can be nothing but columns must be columns.</summary>
    public static void Columns(this Report report, Schema schema, SqlExpression expression, string table, IReadOnlyList<Column> columns, string version, string at)
    {
        if (expression.Qualifies(table))
            report.Add(ReferenceRules.NotAnExpression, at, at, $"it names columns as {table}.…; write the column's name alone");
        if (schema.IsPartlyUnknown)
            return;
        foreach (var name in expression.DefiniteColumnNames.Select(n => n.Name).Distinct())
            // The table's own name is a whole row.
            if (name != table && columns.All(c => c.Name != name))
                report.Add(ReferenceRules.ExpressionUnknownColumn, at, name, table, version, DidYouMean(name, columns.Select(c => c.Name)));
    }

    /// <summary>The end of a sentence about a name that is not there.</summary>
    public static string DidYouMean(string name, IEnumerable<string> candidates) => Suggestion.Ending(name, candidates);
}
