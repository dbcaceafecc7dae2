using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>
/// Drops a constraint. The running version stays bound by it, so each version has its own copy of the columns until complete, and
/// <c>down</c> makes values that satisfy it. Any kind can go; pgroll does not find primary keys and exclusions.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Constraint">The constraint.</param>
/// <param name="Up">Each column's value for the new version; where there is none, the column itself.</param>
/// <param name="Down">Each column's value for the old version; where there is none, the column itself.</param>
public sealed record DropMulticolumnConstraint(
    string Table, string Constraint, IReadOnlyDictionary<string, SqlExpression> Up, IReadOnlyDictionary<string, SqlExpression> Down) : Operation
{
    /// <inheritdoc/>
    public override string Name => "drop_multicolumn_constraint";

    internal static OperationGuide Guide { get; } = new(
        "Drops a constraint of several columns. `down` is needed for each of them, `up` for none.",
        """
        table: customers
        name: customers_name_orders
        down: { name: name, orders: orders }
        """);

    internal static Operation Read(FieldReader fields) => new DropMulticolumnConstraint(
        fields.RequiredString("table"), fields.RequiredString("name"), fields.ExpressionMap("up"), fields.RequiredExpressionMap("down"));

    internal override void Validate(Schema before, Report report)
    {
        if (report.Table(before, Table) is not { } table || report.Constraint(before, table, Constraint, "name") is not { } constraint)
            return;
        foreach (var column in constraint.Columns.Where(c => !Down.ContainsKey(c)))
            report.NeedsDown($"Column '{column}' of the constraint", column, "down");
        foreach (var (field, expressions) in new[] { ("up", Up), ("down", Down) })
            foreach (var column in expressions.Keys.Where(c => !constraint.Columns.Contains(c)))
                report.Add(DocumentRules.InvalidStructure, DocumentPath.Join(field, column), Name, $"'{column}' is not a column of '{Constraint}'.");
        Validate(before, table, constraint, report);
        ColumnMappings.Validate(before, table, constraint.Columns, Up, Down, report);
    }

    internal override Schema Apply(Schema before) => Apply(before, Table, Constraint, Up, Down);

    /// <summary>What is the same however the columns' values are written.</summary>
    internal static void Validate(Schema before, Table table, Constraint constraint, Report report)
    {
        var without = Without(table, constraint);
        report.Unused(before, table, constraint, "name");
        foreach (var column in constraint.Columns)
        {
            report.Copy(before.Replace(table, _ => without), without, table.Find(column)!, "name");
            report.CopyInPartitions(before, without, table.Find(column)!, "name");
        }
    }

    internal static Schema Apply(
        Schema before, string tableName, string name, IReadOnlyDictionary<string, SqlExpression> up, IReadOnlyDictionary<string, SqlExpression> down)
    {
        if (before.Find(tableName) is not { } table || table.FindConstraint(name) is not { } constraint)
            return before;
        var without = Without(table, constraint);
        return ColumnMappings.Apply(
            before.Leave(table, [constraint.Physical]).Replace(table, _ => without), without, constraint.Columns, static c => c, up, down, static (_, t) => t);
    }

    static Table Without(Table table, Constraint constraint) => table with { Constraints = [.. table.Constraints.Where(c => c != constraint)] };
}
