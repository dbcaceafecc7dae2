using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Effects;

/// <summary>DROP.</summary>
static class DropEffects
{
    public static IEnumerable<TableEffect> Of(DropObjects drop, Schema schema) => drop switch
    {
        { Kind: ObjectKind.Table } => drop.Names.SelectMany(table => Table(table, schema)),
        { Kind: ObjectKind.Index } => drop.Names.SelectMany(index => Index(index, schema, LockOnIndexed(drop))),
        { Kind: ObjectKind.Trigger or ObjectKind.Rule or ObjectKind.Policy, On: { } table } => [new(table, TableLock.AccessExclusive)],
        _ => [],
    };

    /// <summary>What DROP INDEX takes on the index's table.</summary>
    public static TableLock LockOnIndexed(DropObjects drop) => drop.Concurrently ? TableLock.ShareUpdateExclusive : TableLock.AccessExclusive;

    static IEnumerable<TableEffect> Table(ObjectName table, Schema schema)
    {
        yield return new(table, TableLock.AccessExclusive);
        if (Known.Table(table, schema) is { } known)
            foreach (var key in known.Constraints.OfType<ForeignKey>())
                yield return new(Known.Name(key.ReferencedTable, key.ReferencedSchema, table), TableLock.AccessExclusive);
    }

    static IEnumerable<TableEffect> Index(ObjectName index, Schema schema, TableLock held) =>
        (index.Schema ?? schema.Name) == schema.Name && schema.FindIndexOwner(index.Name) is { } owner
            ? [new(Known.Name(owner.Name, null, index), held)]
            : [];
}
