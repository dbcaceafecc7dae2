using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>Adds a column, which only the new version sees.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Up">Its value in rows that are there already and in those that the old version writes; null for its default.</param>
public sealed record AddColumn(string Table, ColumnSpec Column, SqlExpression? Up) : Operation
{
    /// <inheritdoc/>
    public override string Name => "add_column";

    internal static OperationGuide Guide { get; } = new(
        "Adds a column, which only the new version sees. `up` fills it in rows that are there already or come from the old version; without it the default does.",
        """
        table: customers
        column: { name: level, type: int }
        up: orders / 10
        """);

    internal static Operation Read(FieldReader fields) =>
        new AddColumn(fields.RequiredString("table"), fields.RequiredMapping("column", ColumnSpec.Read), fields.Expression("up"));

    internal override void Validate(Schema before, Report report)
    {
        var at = report.At("column");
        at.NewColumnName(Column.Name, "name");
        if (Column.IsPrimaryKey)
            at.Add(ReferenceRules.NoOnlinePath, "pk", "A column cannot become a table's primary key while it is added");
        if (Column.GeneratedAs is not null)
            at.Add(ReferenceRules.NoOnlinePath, "generated", "A generated column is computed for all rows under an exclusive lock");
        if (Up is null && !Column.IsNullable && Column is { Default: null, Type.SerialOf: null, Identity: null, GeneratedAs: null })
            report.Add(ReferenceRules.NotNullWithoutValue, "column", $"'{Table}.{Column.Name}' is NOT NULL, and has neither a default nor `up`: give one of them for the rows that are there already, or `nullable: true`");
        if (report.Table(before, Table) is not { } table)
            return;
        if (table.Find(Column.Name) is not null)
            at.Taken("Column", Column.Name, "name");
        if (!table.IsNew && (Column.Type.SerialOf is not null || Column.Identity is not null || Fill(Column.ToColumn(Table, before)) is not null))
            report.NotInherited(table, "column");
        if (Up is { } up)
            report.Columns(before, up, Table, table.Columns, "old", "up");
        if (Column.Check is { } check)
        {
            at.At("check").NewConstraint(before, table, check.Name, hasIndex: false, "name");
            at.At("check").Columns(before, check.Expression, Table, [.. table.Columns, Column.ToColumn(Table, before)], "new", "constraint");
        }
        Column.References?.Validate(before, table, at.At("references"));
        report.NoForeignPartitions(table, "table");
        if (Column.Identity is not null)
            at.NotPartitioned(table, "generated", "its partitions do not number rows before PostgreSQL 17. A serial column does");
        if (Column.IsUnique)
            at.NotPartitioned(table, "unique", "an index of the whole of it cannot be built while clients write");
        if (Column.References is not null)
            at.NotPartitioned(table, "references", "a foreign key of the whole of it cannot be validated while clients write");
    }

    internal override Schema Apply(Schema before)
    {
        if (before.Find(Table) is not { } table || table.Find(Column.Name) is not null)
            return before;
        var column = Column.ToColumn(Table, before);
        if (!table.IsNew)
            column = column with { Physical = table.PhysicalForNew(Column.Name) };
        var wide = table with { Columns = [.. table.Columns, column] };
        IReadOnlyList<Constraint> constraints =
        [
            .. Column.IsUnique ? [Unique(before, table)] : (Constraint[])[],
            .. Column.Check is { } check ? [before.Place(check.ToConstraint(wide), table)] : (Constraint[])[],
            .. Column.References is { } reference ? [before.Place(reference.ToConstraint(Column.Name), table)] : (Constraint[])[],
        ];
        wide = wide with { Constraints = [.. table.Constraints, .. constraints] };
        return before.Replace(table, _ => table.IsNew ? wide : wide.Map(new ColumnAdded(column, Fill(column), table.Columns)));
    }

    /// <summary>pgroll calls the constraint like the column, which only one table's can be.</summary>
    UniqueConstraint Unique(Schema before, Table table)
    {
        var isTaken = before.Find(Column.Name) is not null || before.FindIndexOwner(Column.Name) is not null || table.Constraints.Any(c => c.Name == Column.Name);
        var name = isTaken ? before.Choose(Table, Column.Name, "key") : Column.Name;
        return new(name) { Columns = [Column.Name], Physical = table.IsNew ? name : before.PhysicalFor(GeneratedNames.UniqueIndex(name)) };
    }

    /// <summary>A default that the server cannot store once for all rows is computed for each row, like an <c>up</c>.</summary>
    SqlExpression? Fill(Column column) =>
        Up ?? (column is { Sequence: null, Default: { Volatility: Volatility.Unknown } value } ? value : null);
}
