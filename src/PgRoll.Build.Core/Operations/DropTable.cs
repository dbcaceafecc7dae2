using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>Drops a table at complete; until then only the new version is without it.</summary>
/// <param name="Table">The table.</param>
public sealed record DropTable(string Table) : Operation
{
    /// <inheritdoc/>
    public override string Name => "drop_table";

    internal static OperationGuide Guide { get; } = new(
        "Drops a table at complete; until then only the new version is without it.",
        """
        name: customers
        """);

    internal static Operation Read(FieldReader fields) => new DropTable(fields.RequiredString("name"));

    internal override void Validate(Schema before, Report report)
    {
        if (report.Table(before, Table, "name") is null)
            return;
        foreach (var (table, key) in before.ForeignKeysTo(Table))
            if (table.Name != Table)
                report.Add(ReferenceRules.DroppedObjectInUse, "name", Table, $"foreign key '{key.Name}' of '{table.Name}'");
    }

    internal override Schema Apply(Schema before) => before.Find(Table) is not { } table ? before : before.Remove(table).Leave(table,
        [table.Physical, .. table.Indexes.Select(i => i.Physical), .. table.Constraints.Where(c => c.HasIndex).Select(c => c.Physical)]);
}
