using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Engine.Preflight;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// Fills the new version's columns of rows that are there already. It reads the table in physical order, a range of heap blocks a
/// batch, so it needs no key and no index, and computes the values in the UPDATE itself; the sync trigger knows the update by the
/// marker and stays out. Users' triggers stay out too, or are let in; then it is the sync trigger that computes. A row that a client
/// touched meanwhile has been filled by the trigger and is skipped by the marker, wherever it moved. A last look at the whole table
/// proves that no row is left.
/// A partitioned table is filled one leaf of its tree after the other. Leaves may come and go meanwhile: each pass asks for them anew.
/// Large tables have several workers, the first of which is the runner's own session.
/// </summary>
sealed class Backfiller(Session session, StateStore state, RunnerOptions options, ReplicaLag lag)
{
    /// <summary>What a further worker is worth a connection for: 128 MB.</summary>
    const long BytesForWorker = 128L << 20;

    const int MostWorkers = 2;

    readonly LockRetry _retry = new(options);
    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly System.Threading.Lock _reporting = new();
    long _rows;

    public async Task RunAsync(BackfillStep step, CancellationToken ct)
    {
        if (!await IsAnyLeftAsync(step, ct))
            return;
        // As when it was planned; but another role may go on with it, and triggers may have come.
        var triggers = new UserTriggers(session);
        var mode = await triggers.ModeAsync(step, ct);
        if (mode.Harmful.Count > 0 && !step.FiresUserTriggers)
            throw new PgRollException(ExitReason.NotNow, $"Rows of '{step.Table.Name.Name}' cannot be filled. {await triggers.AdviceAsync(mode, ct)} An update of your own fills them as well.");
        // A batch lets go long before the server could look for deadlocks, whoever it is in one with.
        var longest = TimeSpan.FromMilliseconds(await session.ScalarAsync<long>("SELECT setting::bigint / 3 FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'", ct));
        var pace = new Pace(options, lag, step.Table.Name.Name);
        try
        {
            long? left = null;
            do
            {
                await PassAsync(step, isFirst: left is null, session => new(session, options, pace, mode.AsReplica, longest), ct);
                left = await DecreasedAsync(step, left, ct);
            }
            while (left > 0);
        }
        catch (PostgresException error)
        {
            error.Concerns(step);
            throw;
        }
    }

    /// <summary>Goes through all leaves once; the first time each from where an interrupted run stopped.</summary>
    async Task PassAsync(BackfillStep step, bool isFirst, Func<Session, BackfillWorker> workerOn, CancellationToken ct)
    {
        List<(Leaf Leaf, BlockRanges Ranges)> leaves = [];
        foreach (var leaf in await LeavesAsync(step, ct))
            leaves.Add((leaf, new(await state.BeginBackfillAsync(leaf.Name, leaf.Blocks, goesOn: isFirst, ct), leaf.Blocks)));
        var all = leaves.Sum(l => l.Leaf.Blocks);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var workers = new List<Task> { WorkAsync(workerOn(session)) };
        var wanted = options.BackfillWorkers ?? (int)Math.Min(MostWorkers, 1 + leaves.Sum(l => l.Leaf.Bytes) / BytesForWorker);
        while (workers.Count < wanted)
            workers.Add(HelpAsync());
        await AllAsync(workers);

        async Task HelpAsync()
        {
            Session own;
            try
            {
                own = await Session.OpenAsync(options, end.Token);
            }
            catch (PgRollException error)
            {
                Log.WorksAlone(options.Logger, step.Table.Name.Name, error.Message);
                return;
            }
            await using (own)
                await WorkAsync(workerOn(own));
        }

        async Task WorkAsync(BackfillWorker worker)
        {
            try
            {
                foreach (var (leaf, ranges) in leaves)
                    try
                    {
                        await worker.RunAsync(step with { Table = leaf.Name }, ranges, Filled, end.Token);
                    }
                    catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable && leaf.Name != step.Table)
                    {
                        // Dropped, or under another name by now: what is left of it shows when the whole table is looked at.
                    }
            }
            catch
            {
                await end.CancelAsync();
                throw;
            }
        }

        void Filled(long rows)
        {
            lock (_reporting)
                options.Report(new BackfillAdvanced(step.Table.Name.Name, (double)leaves.Sum(l => l.Ranges.Passed) / all, _rows += rows, _watch.Elapsed));
        }
    }

    /// <summary>Waits for all. One that failed has ended the others: its error is the one to hear of.</summary>
    static async Task AllAsync(IReadOnlyList<Task> workers)
    {
        await Task.WhenAll(workers).ContinueWith(static _ => { }, TaskScheduler.Default);
        foreach (var worker in workers.OrderBy(w => w.IsFaulted ? 0 : 1))
            await worker;
    }

    static Ident Marker { get; } = new(Model.GeneratedNames.Marker);

    /// <summary>The table, or the leaves of its tree, each with its size in heap blocks now.</summary>
    async Task<IReadOnlyList<Leaf>> LeavesAsync(BackfillStep step, CancellationToken ct)
    {
        var leaves = await ReadAsync(step,
            """
            SELECT n.nspname, c.relname, coalesce(pg_catalog.pg_relation_size(c.oid), 0), pg_catalog.current_setting('block_size')::bigint, c.relkind = 'f'
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind <> 'p' AND (c.oid = pg_catalog.to_regclass($1) OR c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1))))
            ORDER BY n.nspname, c.relname
            """, static row => new Leaf(QualifiedName.Of(row.GetString(0), row.GetString(1)), row.GetInt64(2), row.GetInt64(2) / row.GetInt64(3), row.GetBoolean(4)), ct, step.Table.ToString());
        if (leaves.FirstOrDefault(leaf => leaf.IsForeign) is { } foreign)
            throw new PgRollException(ExitReason.DatabaseError, $"{foreign.Name} has become a partition of {step.Table}. It is a foreign table, whose rows cannot be filled.");
        return leaves;
    }

    /// <summary>How many rows are left; that a whole pass leaves no fewer than the one before it means that none ever will.</summary>
    async Task<long> DecreasedAsync(BackfillStep step, long? before, CancellationToken ct)
    {
        if (!await IsAnyLeftAsync(step, ct))
            return 0;
        var left = (await ReadAsync(step, $"SELECT pg_catalog.count(*) FROM {await WholeAsync(step, ct)} WHERE {Marker}", static row => row.GetInt64(0), ct))[0];
        return left < (before ?? long.MaxValue) ? left : throw new PgRollException(ExitReason.DatabaseError,
            $"{left} rows of '{step.Table.Name.Name}' cannot be filled: the server does not update them. Look for a BEFORE trigger that returns NULL, a rule, or a disabled trigger '{Model.GeneratedNames.UpdateTrigger}'.");
    }

    /// <summary>At one moment, wherever rows are: moved between leaves, or in a leaf that came meanwhile.</summary>
    async Task<bool> IsAnyLeftAsync(BackfillStep step, CancellationToken ct) =>
        (await ReadAsync(step, $"SELECT EXISTS (SELECT FROM {await WholeAsync(step, ct)} WHERE {Marker})", static row => row.GetBoolean(0), ct))[0];

    /// <summary>The table with its partitions, but without tables that inherit from it.</summary>
    async Task<string> WholeAsync(BackfillStep step, CancellationToken ct)
    {
        var isPartitioned = await ReadAsync(step, "SELECT relkind = 'p' FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1)", static row => row.GetBoolean(0), ct, step.Table.ToString());
        return isPartitioned is [true] ? $"{step.Table}" : $"ONLY {step.Table}";
    }

    /// <summary>Again and again where it comes upon another's DDL.</summary>
    async Task<IReadOnlyList<T>> ReadAsync<T>(BackfillStep step, string query, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] parameters)
    {
        IReadOnlyList<T> rows = [];
        await _retry.RunAsync(session, step.Why, async () => rows = await session.QueryAsync(query, read, ct, parameters), ct);
        return rows;
    }

    sealed record Leaf(QualifiedName Name, long Bytes, long Blocks, bool IsForeign);
}
