using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Replay;

/// <summary>CREATE TABLE, and columns.</summary>
static class TableReplay
{
    /// <summary>Null where a query, another table or a type says which columns it has.</summary>
    public static Schema? Create(Schema schema, CreateTable create, string place)
    {
        // A partition is its table's affair, and a foreign table nothing that a migration changes.
        if (create.PartitionOf is not null || create.IsForeign || schema.Find(create.Table.Name) is not null)
            return schema;
        if (create.IsFromQuery || create.OfType is not null || create.Like.Count > 0 || create.Inherits.Count > 0)
            return null;
        var table = new Table(create.Table.Name)
        {
            Columns = [.. create.Columns.Select(column => ToColumn(schema, create.Table.Name, column))],
            Grants = schema.Defaults.Tables,
        };
        if (create.PartitionBy is { } partitioning)
            table = table with { Partitioning = new(table.ColumnsIn(partitioning)) };
        schema = schema.Add(table);
        return create.Constraints.Aggregate(schema, (all, constraint) => ConstraintReplay.Add(all, table.Name, constraint, place));
    }

    /// <summary>ADD COLUMN.</summary>
    public static Schema AddColumn(Schema schema, string table, AddColumnAction add, string place)
    {
        if (schema.Find(table) is not { } known || known.Find(add.Column.Name.Text) is not null)
            return schema;
        schema = schema.Replace(known, t => t with { Columns = [.. t.Columns, ToColumn(schema, table, add.Column)] });
        return add.Constraints.Aggregate(schema, (all, constraint) => ConstraintReplay.Add(all, table, constraint, place));
    }

    /// <summary>DROP COLUMN, with all that is about it.</summary>
    public static Schema DropColumn(Schema schema, Table table, string column) => schema
        .Replace(table, t => t with
        {
            Columns = [.. t.Columns.Where(c => c.Name != column)],
            Constraints = [.. t.Constraints.Where(c => !c.Uses(column.Equals))],
            Indexes = [.. t.Indexes.Where(i => !i.Columns.Contains(column))],
            Statistics = [.. t.Statistics.Where(s => !s.Columns.Contains(column))],
            Grants = [.. t.Grants.Where(g => g.Column != column)],
        })
        .WithoutForeignKeys(key => key.ReferencedTable == table.Name && key.ReferencedColumns.Contains(column));

    /// <summary>The schema without the foreign keys that point to what is gone.</summary>
    public static Schema WithoutForeignKeys(this Schema schema, Func<ForeignKey, bool> isGone)
    {
        bool IsGone(Constraint constraint) => constraint is ForeignKey { ReferencedSchema: null } key && isGone(key);
        return schema.Change(t => t.Constraints.Any(IsGone) ? t with { Constraints = [.. t.Constraints.Where(c => !IsGone(c))] } : t);
    }

    static Column ToColumn(Schema schema, string table, ColumnDefinition definition)
    {
        var type = definition.Type!;
        var column = new Column(definition.Name.Text, type.SerialOf ?? type)
        {
            Collation = definition.Collation,
            IsNullable = definition.IsNullable is not false && definition.Identity is null && type.SerialOf is null,
            Default = definition.Default?.Value,
            GeneratedAs = definition.GeneratedAs?.Value,
            Identity = definition.Identity,
        };
        return type.SerialOf is null && definition.Identity is null ? column : column.WithSequence(schema.Name, schema.Choose(table, column.Name, "seq"));
    }
}
