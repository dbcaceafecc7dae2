using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>What sets a table's replica identity.</summary>
static class ReplicaIdentitySql
{
    /// <summary>ACCESS EXCLUSIVE, catalog only.</summary>
    public static SqlStep Set(QualifiedName table, ReplicaIdentity identity) =>
        new("what replicas are told of an old row", Sql.Of($"ALTER TABLE {table} REPLICA IDENTITY {Definition(identity)}"));

    static Sql Definition(ReplicaIdentity identity) => identity switch
    {
        { Index: { } index } => Sql.Of($"USING INDEX {new Ident(index)}"),
        { Kind: ReplicaIdentityKind.Full } => Sql.Of($"FULL"),
        { Kind: ReplicaIdentityKind.Nothing } => Sql.Of($"NOTHING"),
        _ => Sql.Of($"DEFAULT"),
    };
}
