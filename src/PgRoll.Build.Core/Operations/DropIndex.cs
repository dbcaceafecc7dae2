using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>Drops an index after complete, while clients write.</summary>
/// <param name="Index">The index.</param>
public sealed record DropIndex(string Index) : Operation
{
    /// <inheritdoc/>
    public override string Name => "drop_index";

    internal static OperationGuide Guide { get; } = new(
        "Drops an index after complete, while clients write.",
        """
        name: customers_orders_idx
        """);

    internal static Operation Read(FieldReader fields) => new DropIndex(fields.RequiredString("name"));

    internal override void Validate(Schema before, Report report)
    {
        if (before.FindIndexOwner(Index) is not { } table)
        {
            if (!before.IsPartlyUnknown)
                report.Add(ReferenceRules.UnknownIndexOrConstraint, "name", "Index", Index,
                    Checks.DidYouMean(Index, before.Tables.SelectMany(t => t.Indexes).Select(i => i.Name)));
        }
        else if (table.ReplicaIdentity.Index == Index)
            report.Add(ReferenceRules.DroppedObjectInUse, "name", Index, $"the replica identity of '{table.Name}'");
        else if (table.IsPartitioned)
            report.NotPartitioned(table, "name", "its indexes cannot be dropped concurrently as one");
        else if (table.FindConstraint(Index) is not null)
            report.Add(ReferenceRules.DroppedObjectInUse, "name", Index, $"the constraint of that name on '{table.Name}'");
    }

    internal override Schema Apply(Schema before) =>
        before.FindIndexOwner(Index) is not { } table || table.Indexes.FirstOrDefault(i => i.Name == Index) is not { } index ? before : before
            .Leave(table, [index.Physical])
            .Replace(table, t => t with { Indexes = [.. t.Indexes.Where(i => i.Name != Index)] });
}
