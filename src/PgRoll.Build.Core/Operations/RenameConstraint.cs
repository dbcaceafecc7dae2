using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>Renames a constraint at complete, and the index behind it.</summary>
/// <param name="Table">The table.</param>
/// <param name="From">The constraint.</param>
/// <param name="To">Its new name.</param>
public sealed record RenameConstraint(string Table, string From, string To) : Operation
{
    /// <inheritdoc/>
    public override string Name => "rename_constraint";

    internal static OperationGuide Guide { get; } = new(
        "Renames a constraint at complete, and the index behind it.",
        """
        table: customers
        from: customers_email_key
        to: customers_email_unique
        """);

    internal static Operation Read(FieldReader fields) =>
        new RenameConstraint(fields.RequiredString("table"), fields.RequiredString("from"), fields.RequiredName("to"));

    internal override void Validate(Schema before, Report report)
    {
        if (report.Table(before, Table) is not { } table)
            return;
        var constraint = report.Constraint(before, table, From, "from");
        report.NewConstraint(before, table, To, constraint is { HasIndex: true }, "to");
        if (constraint is CheckConstraint)
            report.NotShared(table, "from");
    }

    internal override Schema Apply(Schema before) => before.Find(Table) is not { } table ? before : before.Replace(table, t => t with
    {
        Constraints = [.. t.Constraints.Select(c => c.Name == From ? c with { Name = To, Physical = t.IsNew ? before.Place(c with { Name = To }, t).Physical : c.Physical } : c)],
        ReplicaIdentity = t.ReplicaIdentity.Rename(From, To),
    });
}
