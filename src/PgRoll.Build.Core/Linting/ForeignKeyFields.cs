using PgRoll.Build.Model;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Linting;

/// <summary>The foreign keys that an operation makes.</summary>
static class ForeignKeyFields
{
    /// <summary>Each with its table and the field that describes it.</summary>
    public static IEnumerable<(string Table, string Field, ForeignKey Key)> Of(Operation operation) => operation switch
    {
        CreateTable o =>
            o.Columns.Select((column, i) => (o.Table, $"columns[{i}].references", column.References?.ToConstraint(column.Name)!))
                .Concat(o.Constraints.Select((constraint, i) => (o.Table, $"constraints[{i}].columns", (constraint as ForeignKey)!)))
                .Where(found => found.Item3 is not null),
        AddColumn { Column: { References: { } key } column } o => [(o.Table, "column.references", key.ToConstraint(column.Name))],
        AlterColumn { References: { } key } o => [(o.Table, "references", key.ToConstraint(o.Column))],
        CreateConstraint { Constraint: ForeignKey key } o => [(o.Table, "columns", key)],
        _ => [],
    };
}
