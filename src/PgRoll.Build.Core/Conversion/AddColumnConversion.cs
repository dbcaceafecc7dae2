using PgRoll.Build.Model;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Conversion;

/// <summary>ALTER TABLE … ADD COLUMN.</summary>
static class AddColumnConversion
{
    public static Converted Convert(ConversionContext context, string table, AddColumnAction add)
    {
        var name = add.Column.Name.Text;
        if (add.IfNotExists && context.Find(table, name) is not null)
            return Converted.Nothing($"left out: ADD COLUMN IF NOT EXISTS {name}, which {table} has");
        if ((ColumnConversion.Unsayable(add.Column) ?? add.Constraints.Select(c => ConstraintConversion.Unsayable(c) ?? (c is KeyDefinition ? ConstraintConversion.Unaddable(c) : null)).FirstOrDefault(r => r is not null)) is { } reason)
            return Converted.Sql(reason);
        if (add.Constraints.OfType<KeyDefinition>().Any(k => k.IsPrimaryKey))
            return Converted.Sql("a column cannot become a table's primary key while it is added");
        if (add.Column.GeneratedAs is not null)
            return Converted.Sql("add_column makes no generated column");
        // Of a table that is not known, the constraints' names are what the server would choose on a table without others.
        var schema = context.Schema.Find(table) is null ? context.Schema.Add(new(table)) : context.Schema;
        var after = TableReplay.AddColumn(schema, table, add, context.Place).Find(table)!;
        IReadOnlyList<Constraint> constraints = [.. after.Constraints.Skip(schema.Find(table)!.Constraints.Count)];
        if (constraints.Select(ConstraintConversion.Missing).FirstOrDefault(m => m is not null) is { } missing)
            return Converted.Sql(missing);
        List<Constraint> inline = [], others = [];
        foreach (var constraint in constraints)
            (constraint is CheckConstraint && !inline.OfType<CheckConstraint>().Any() || constraint is ForeignKey { OnDeleteSetColumns.Count: 0 } && !inline.OfType<ForeignKey>().Any() ? inline : others).Add(constraint);
        var isNullable = add.Column.IsNullable is not false && after.Find(name) is { IsNullable: true };
        var hasValue = add.Column.Default is not null && !ColumnConversion.IsNull(add.Column.Default) || after.Find(name) is { OwnSequence: not null };
        if (!hasValue && isNullable)
            context.AddEmptyColumn(table, name);
        var up = isNullable || hasValue ? null : Nodes.Text(Placeholder.For($"the value of '{name}' in rows that are there already"));
        List<OperationNode> operations = [OperationNode.Of("add_column", ("table", Nodes.Text(table)), ("column", ColumnConversion.Of(add.Column, isNullable, inline, null)), ("up", up))];
        // add_column would call a unique constraint like the column.
        operations.AddRange(others.Select(other => ConstraintConversion.Of(context, table, other)));
        return Converted.To([.. operations]) with { Remark = add.IfNotExists ? $"ADD COLUMN IF NOT EXISTS {name}: taken for a column that is not there yet" : null };
    }
}
