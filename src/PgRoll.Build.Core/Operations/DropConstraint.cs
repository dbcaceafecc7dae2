using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>Drops a constraint of one column: <see cref="DropMulticolumnConstraint"/> in fewer words.</summary>
/// <param name="Table">The table.</param>
/// <param name="Constraint">The constraint.</param>
/// <param name="Up">The column's value for the new version; null for the column itself.</param>
/// <param name="Down">The column's value for the old version, which the constraint still binds.</param>
public sealed record DropConstraint(string Table, string Constraint, SqlExpression? Up, SqlExpression Down) : Operation
{
    /// <inheritdoc/>
    public override string Name => "drop_constraint";

    internal static OperationGuide Guide { get; } = new(
        "Drops a constraint of one column. `down` is needed: what the old version, which keeps the constraint, reads of what the new one wrote.",
        """
        table: customers
        name: customers_email_key
        down: email
        """);

    internal static Operation Read(FieldReader fields) => new DropConstraint(
        fields.RequiredString("table"), fields.RequiredString("name"), fields.Expression("up"), fields.RequiredExpression("down"));

    internal override void Validate(Schema before, Report report)
    {
        if (report.Table(before, Table) is not { } table || report.Constraint(before, table, Constraint, "name") is not { } constraint)
            return;
        if (constraint.Columns.Count != 1)
        {
            report.Add(DocumentRules.InvalidStructure, "name", Name,
                $"'{Constraint}' is about {(constraint.Columns.Count == 0 ? "no column" : $"several columns ({string.Join(", ", constraint.Columns)})")}; use drop_multicolumn_constraint.");
            return;
        }
        DropMulticolumnConstraint.Validate(before, table, constraint, report);
        if (Up is { } up)
            report.Columns(before, up, Table, table.Columns, "old", "up");
        report.Columns(before, Down, Table, table.Columns, "new", "down");
    }

    internal override Schema Apply(Schema before)
    {
        if (before.Find(Table)?.FindConstraint(Constraint) is not { Columns: { Count: 1 } columns })
            return before;
        return DropMulticolumnConstraint.Apply(before, Table, Constraint, Of(Up), Of(Down));
        Dictionary<string, SqlExpression> Of(SqlExpression? expression) => expression is null ? [] : new() { [columns[0]] = expression };
    }
}
