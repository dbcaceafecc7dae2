using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>Drops a column at complete; until then only the new version is without it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Down">Its value for the old version in rows that the new one writes; null for its default.</param>
public sealed record DropColumn(string Table, string Column, SqlExpression? Down) : Operation
{
    /// <inheritdoc/>
    public override string Name => "drop_column";

    internal static OperationGuide Guide { get; } = new(
        "Drops a column at complete. `down` is needed where the column is NOT NULL without default: what the old version reads of rows that the new one writes.",
        """
        table: customers
        column: name
        down: "'unknown'"
        """);

    internal static Operation Read(FieldReader fields) =>
        new DropColumn(fields.RequiredString("table"), fields.RequiredString("column"), fields.Expression("down"));

    internal override void Validate(Schema before, Report report)
    {
        if (report.Table(before, Table) is not { } table || report.Column(before, table, Column) is not { } column)
            return;
        report.NotInPartitionKey(table, Column, "column");
        report.NotShared(table, "column");
        if (Down is not null)
            report.NoForeignPartitions(table, "table");
        if (Down is { } down)
            report.Columns(before, down, Table, [.. table.Columns.Where(c => c.Name != Column)], "new", "down");
        else if (column is { IsNullable: false, Default: null, Identity: null, GeneratedAs: null } && !table.IsNew)
            report.Add(ReferenceRules.NotNullWithoutValue, "column",
                $"'{Table}.{Column}' is NOT NULL without default, and drop_column has no `down`: inserts of the new version would be refused. Give `down`: what the old version reads of what the new one wrote");
        else if (!table.IsNew)
            report.Add(ReferenceRules.DropColumnWithoutDown, "column", Table, Column, column.Default is null ? "NULL" : "its default");
        foreach (var (other, key) in before.ForeignKeysTo(Table))
            if (key.ReferencedColumns.Contains(Column) && !(other.Name == Table && key.Columns.Contains(Column)))
                report.Add(ReferenceRules.DroppedObjectInUse, "column", $"{Table}.{Column}", $"foreign key '{key.Name}' of '{other.Name}'");
        foreach (var generated in table.Columns.Where(c => c.Name != Column))
            if (generated.GeneratedAs is { } expression && expression.ReferencedNames.Any(n => n.Name == Column))
                report.Add(ReferenceRules.DroppedObjectInUse, "column", $"{Table}.{Column}", $"generated column '{generated.Name}'");
        if (table.ReplicaIdentity.Index is { } index
            && (table.FindConstraint(index)?.Columns ?? table.Indexes.FirstOrDefault(i => i.Name == index)?.Columns)?.Contains(Column) == true)
            report.Add(ReferenceRules.DroppedObjectInUse, "column", $"{Table}.{Column}", $"the replica identity of '{Table}'");
        if (table.Columns.Count == 1)
            report.Add(ReferenceRules.DroppedObjectInUse, "column", $"{Table}.{Column}", "the table as its only column");
    }

    internal override Schema Apply(Schema before)
    {
        if (before.Find(Table) is not { } table || table.Find(Column) is not { } column)
            return before;
        IReadOnlyList<Constraint> constraints = [.. table.Constraints.Where(c => c.Uses(Column.Equals))];
        IReadOnlyList<Model.Index> indexes = [.. table.Indexes.Where(i => i.Columns.Contains(Column))];
        var after = table with
        {
            Columns = [.. table.Columns.Where(c => c.Name != Column)],
            Constraints = [.. table.Constraints.Except(constraints)],
            Indexes = [.. table.Indexes.Except(indexes)],
            Statistics = [.. table.Statistics.Where(s => !s.Columns.Contains(Column))],
            Grants = [.. table.Grants.Where(g => g.Column != Column)],
        };
        return before.Leave(table, constraints.Select(c => c.Physical).Concat(indexes.Select(i => i.Physical))).Replace(table, _ => table.IsNew ? after : after.Map(new ColumnDropped(column, Down, after.Columns)));
    }
}
