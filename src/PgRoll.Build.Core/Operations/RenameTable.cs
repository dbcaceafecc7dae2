using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>Renames a table; until complete only the new version's view bears the new name.</summary>
/// <param name="From">The table.</param>
/// <param name="To">Its new name.</param>
public sealed record RenameTable(string From, string To) : Operation
{
    /// <inheritdoc/>
    public override string Name => "rename_table";

    internal static OperationGuide Guide { get; } = new(
        "Renames a table. Each version has its own name for it until complete.",
        """
        from: customers
        to: clients
        """);

    internal static Operation Read(FieldReader fields) => new RenameTable(fields.RequiredString("from"), fields.RequiredName("to"));

    internal override void Validate(Schema before, Report report)
    {
        report.Table(before, From, "from");
        report.NewTable(before, To, "to");
    }

    internal override Schema Apply(Schema before) => before.Find(From) is not { } table ? before : before
        .Replace(table, t => t with { Name = To, Physical = t.IsNew ? before.PhysicalFor(To) : t.Physical })
        .PointForeignKeys(From, key => key with { ReferencedTable = To });
}
