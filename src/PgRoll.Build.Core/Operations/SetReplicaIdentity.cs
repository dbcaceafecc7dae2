using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>
/// Sets what the server logs of a changed row's old version. Done at complete, unlike in pgroll: replicas of the running version would
/// notice it at start, and after a rollback nobody would take it back.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Identity">The replica identity.</param>
public sealed record SetReplicaIdentity(string Table, ReplicaIdentity Identity) : Operation
{
    static readonly string[] Kinds = ["NOTHING", "DEFAULT", "INDEX", "FULL"];

    /// <inheritdoc/>
    public override string Name => "set_replica_identity";

    internal static OperationGuide Guide { get; } = new(
        "Sets at complete what replicas are told of a changed row's old version.",
        """
        table: customers
        identity: { type: full }
        """);

    internal static Operation Read(FieldReader fields) =>
        new SetReplicaIdentity(fields.RequiredString("table"), fields.RequiredMapping("identity", ReadIdentity));

    internal override void Validate(Schema before, Report report)
    {
        if (report.Table(before, Table) is not { } table)
            return;
        if (Identity == table.ReplicaIdentity)
            report.Add(ReferenceRules.NoEffectiveChange, "identity", $"the replica identity of '{Table}' is that already");
        report.NotPartitioned(table, "table", "each partition has a replica identity of its own, which this release does not set");
        if (Identity.Index is { } index && Columns(table, index) is var (columns, problem))
        {
            if (problem is not null)
                report.Add(DocumentRules.InvalidStructure, "identity.index", Name, $"'{index}' cannot identify rows: {problem}.");
            else if (columns.FirstOrDefault(c => table.Find(c) is { IsNullable: true }) is { } nullable)
                report.Add(DocumentRules.InvalidStructure, "identity.index", Name, $"'{index}' cannot identify rows: '{nullable}' may be NULL.");
        }
        else if (Identity.Index is { } unknown && !before.IsPartlyUnknown)
            report.Add(ReferenceRules.UnknownIndexOrConstraint, "identity.index", "Index", unknown,
                Checks.DidYouMean(unknown, table.Indexes.Select(i => i.Name).Concat(table.Constraints.Where(c => c.HasIndex).Select(c => c.Name))));
    }

    internal override Schema Apply(Schema before) =>
        before.Find(Table) is { } table ? before.Replace(table, t => t with { ReplicaIdentity = Identity }) : before;

    /// <summary>The columns of an index, and what keeps it from telling rows apart; null where the table has no such index.</summary>
    static (IReadOnlyList<string> Columns, string? Problem)? Columns(Table table, string index) =>
        table.FindConstraint(index) is UniqueConstraint key ? (key.Columns, key.Deferral == Deferral.NotDeferrable ? null : "its constraint is deferrable")
        : table.FindConstraint(index) is ExclusionConstraint ? ([], "it is not unique")
        : table.Indexes.FirstOrDefault(i => i.Name == index) is not { } plain ? null
        : (plain.Columns, !plain.IsUnique ? "it is not unique" : plain.IsPartial ? "it does not hold every row" : null);

    static ReplicaIdentity ReadIdentity(FieldReader fields)
    {
        var (kind, index) = (fields.RequiredWord("type", Kinds, ignoreCase: true), fields.OptionalString("index"));
        if (kind == "INDEX" && string.IsNullOrEmpty(index))
            fields.Fail("index", "the type 'index' needs its name.");
        return kind switch
        {
            "INDEX" => new(ReplicaIdentityKind.Index, index),
            "FULL" => new(ReplicaIdentityKind.Full),
            "NOTHING" => new(ReplicaIdentityKind.Nothing),
            _ => ReplicaIdentity.Default,
        };
    }
}
