using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.Catalog;

/// <summary>
/// Whether the server's lock table has room for what <c>complete</c> locks in its one transaction. Ordinary tables need a handful of
/// locks each; a partitioned one needs them for every partition.
/// </summary>
sealed class LockRoom(Session session, RunnerOptions options)
{
    // The partition, its TOAST table and the two triggers.
    const int OfEachPartition = 4;

    public async Task RefuseAsync(Plan plan, CancellationToken ct)
    {
        var partitions = await session.QueryAsync(
            """
            SELECT c.relname, (SELECT pg_catalog.count(*) FROM pg_catalog.pg_partition_tree(c.oid))
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname::text = ANY ($2) AND c.relkind = 'p'
            """, static row => (Table: row.GetString(0), Count: row.GetInt64(1)), ct, options.Schema, plan.TouchedTables.ToArray());
        // Each check that is validated is dropped, or stays in place of another that is.
        var checks = plan.Start.Where(stage => stage.Kind == StageKind.Validate).SelectMany(stage => stage.Steps).ToLookup(step => step.Lock?.Table.Name.Name);
        var needed = partitions.Sum(p => p.Count * (OfEachPartition + checks[p.Table].Count()));
        if (needed == 0)
            return;
        var (perTransaction, holders) = (await session.QueryAsync(
            """
            SELECT pg_catalog.current_setting('max_locks_per_transaction')::bigint,
                   pg_catalog.current_setting('max_connections')::bigint + pg_catalog.current_setting('max_prepared_transactions')::bigint
            """, static row => (row.GetInt64(0), row.GetInt64(1)), ct))[0];
        if (needed > perTransaction * holders)
            throw new PgRollException(ExitReason.NotNow,
                $"complete would lock about {needed} objects of {string.Join(", ", partitions.Select(p => $"'{p.Table}' ({p.Count} partitions)"))} at once, and the server has room for {perTransaction * holders}. "
                + $"Set max_locks_per_transaction to {(needed / holders) + perTransaction} and restart the server.");
    }
}
