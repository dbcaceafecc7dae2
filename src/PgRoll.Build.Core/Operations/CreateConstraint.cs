using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>Adds a constraint. The running version is not to be bound by it, so each version has its own copy of the columns until complete.</summary>
/// <param name="Table">The table.</param>
/// <param name="Constraint">The constraint; of a check, the columns that the file lists.</param>
/// <param name="Up">Each column's value for the new version, from a row of the old one.</param>
/// <param name="Down">Each column's value for the old version, from a row of the new one.</param>
public sealed record CreateConstraint(
    string Table, Constraint Constraint, IReadOnlyDictionary<string, SqlExpression> Up, IReadOnlyDictionary<string, SqlExpression> Down) : Operation
{
    /// <inheritdoc/>
    public override string Name => "create_constraint";

    /// <summary>Whether the new version's values are the old one's.</summary>
    internal bool LeavesValues => Constraint.Columns.Count > 0 && Constraint.Columns.All(column => Up.TryGetValue(column, out var up) && up.IsSameColumn(column));

    internal static OperationGuide Guide { get; } = new(
        "Adds a constraint to a table in use. `up` and `down` are needed for each of its columns.",
        """
        table: customers
        name: customers_orders_check
        type: check
        columns: [orders]
        check: orders >= 0
        up: { orders: "greatest(orders, 0)" }
        down: { orders: orders }
        """);

    internal static Operation Read(FieldReader fields) => new CreateConstraint(
        fields.RequiredString("table"),
        // Of what is no constraint, a stand-in that nobody will use.
        ConstraintSpec.ReadForExisting(fields) ?? new UniqueConstraint("") { Columns = [] },
        fields.RequiredExpressionMap("up"),
        fields.RequiredExpressionMap("down"));

    internal override void Validate(Schema before, Report report)
    {
        foreach (var column in Constraint.Columns)
        {
            if (!Up.ContainsKey(column))
                report.NeedsUp($"Column '{column}' of the constraint", column, "up");
            if (!Down.ContainsKey(column))
                report.NeedsDown($"Column '{column}' of the constraint", column, "down");
        }
        if (report.Table(before, Table) is not { } table)
            return;
        report.NewConstraint(before, table, Constraint.Name, Constraint.HasIndex, "name");
        if (Constraint is UniqueConstraint { IsPrimaryKey: true } && table.PrimaryKey is not null)
            report.Add(ReferenceRules.AlreadyExists, "type", "The primary key of", Table, "a table has one; make a unique constraint instead");
        for (var i = 0; i < Constraint.Columns.Count; i++)
        {
            var at = $"columns[{i}]";
            if (Constraint.Columns.Take(i).Contains(Constraint.Columns[i]))
                report.Add(ReferenceRules.AlreadyExists, at, "In the list, column", Constraint.Columns[i], "name it once");
            else if (report.Column(before, table, Constraint.Columns[i], at) is { } column)
            {
                report.Copy(before, table, column, at);
                report.CopyInPartitions(before, table, column, at);
            }
        }
        report.Parts(before, Constraint, table);
        ColumnMappings.Validate(before, table, Constraint.Columns, Up, Down, report);
        if (Constraint is not CheckConstraint)
            report.NotPartitioned(table, "type", "of all constraints, only a check can be added to the whole of it while clients write");
    }

    internal override Schema Apply(Schema before)
    {
        if (before.Find(Table) is not { } table || Constraint.Columns.Any(c => table.Find(c) is null))
            return before;
        var isKey = Constraint is UniqueConstraint { IsPrimaryKey: true };
        return ColumnMappings.Apply(before, table, Constraint.Columns, column => isKey ? column with { IsNullable = false } : column, Up, Down, (schema, t) => t with
        {
            Constraints = [.. t.Constraints, schema.Place(Constraint is CheckConstraint check ? check with { Columns = t.ColumnsIn(check.Expression) } : Constraint, t)],
        });
    }
}
