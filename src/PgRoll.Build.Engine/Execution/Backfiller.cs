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
/// A batch never makes a client wait for long, and never loses it a deadlock: it gives up on a row lock long before the server looks
/// for deadlocks, lets go of all its rows, and comes back with half as many blocks.
/// </summary>
sealed class Backfiller(Session session, StateStore state, RunnerOptions options)
{
    static readonly TimeSpan Target = TimeSpan.FromMilliseconds(100), RowLockTimeout = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(5);
    const int FirstBlocks = 64, MostBlocks = 16_384;

    readonly LockRetry _retry = new(options);
    readonly Stopwatch _watch = Stopwatch.StartNew();
    int _blocks = options.BackfillBatchSize is null ? FirstBlocks : 1;
    long _rows;
    bool _asReplica;

    public async Task RunAsync(BackfillStep step, CancellationToken ct)
    {
        if (!await IsAnyLeftAsync(step, ct))
            return;
        // As when it was planned; but another role may go on with it, and triggers may have come.
        var triggers = new UserTriggers(session);
        var mode = await triggers.ModeAsync(step, ct);
        if (mode.Harmful.Count > 0 && !step.FiresUserTriggers)
            throw new PgRollException(ExitReason.NotNow, $"Rows of '{step.Table.Name.Name}' cannot be filled. {await triggers.AdviceAsync(mode, ct)} An update of your own fills them as well.");
        _asReplica = mode.AsReplica;
        await session.ExecuteAsync("SELECT pg_catalog.set_config('lock_timeout', $1, false), pg_catalog.set_config('synchronous_commit', 'off', false)", ct, Session.Milliseconds(RowLockTimeout));
        try
        {
            long? left = null;
            do
            {
                await PassAsync(step, isFirst: left is null, ct);
                left = await DecreasedAsync(step, left, ct);
            }
            while (left > 0);
        }
        catch (PostgresException error)
        {
            error.Concerns(step);
            throw;
        }
        finally
        {
            if (session.Connection.State == System.Data.ConnectionState.Open)
                await session.ExecuteAsync(
                    "SELECT pg_catalog.set_config('lock_timeout', $1, false), pg_catalog.set_config('synchronous_commit', 'on', false)",
                    CancellationToken.None, Session.Milliseconds(options.LockTimeout));
        }
    }

    /// <summary>Goes through all leaves once; the first time each from where an interrupted run stopped.</summary>
    async Task PassAsync(BackfillStep step, bool isFirst, CancellationToken ct)
    {
        var leaves = await LeavesAsync(step, ct);
        var (passed, all) = (0L, leaves.Sum(leaf => leaf.Blocks));
        foreach (var leaf in leaves)
        {
            try
            {
                var position = await state.BackfillAsync(leaf.Name, ct);
                await FillAsync(step with { Table = leaf.Name }, isFirst ? position : position with { NextBlock = 0 }, leaf.Blocks,
                    block => options.Report(new BackfillAdvanced(step.Table.Name.Name, (double)(passed + block) / all, _rows, _watch.Elapsed)), ct);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable && leaf.Name != step.Table)
            {
                // Dropped, or under another name by now: what is left of it shows when the whole table is looked at.
            }
            passed += leaf.Blocks;
        }
    }

    async Task FillAsync(BackfillStep step, BackfillPosition position, long end, Action<long> report, CancellationToken ct)
    {
        // Rows that are written from now on are filled by the trigger: blocks that the table grows by need no visit.
        while (position.NextBlock < end)
        {
            ct.ThrowIfCancellationRequested();
            var batch = Stopwatch.StartNew();
            var to = Math.Min(end, position.NextBlock + _blocks);
            if (await TryFillAsync(step, position, to, end, ct) is not { } filled)
            {
                if (_blocks == 1)
                    filled = await FillPatientlyAsync(step, position, to, end, ct);
                else
                {
                    _blocks = Math.Max(1, _blocks / 2);
                    continue;
                }
            }
            var rows = filled.Rows - position.Rows;
            _rows += rows;
            position = filled;
            report(position.NextBlock);
            _blocks = Next(_blocks, rows, batch.Elapsed);
            if (options.BackfillBatchDelay > TimeSpan.Zero)
                await Task.Delay(options.BackfillBatchDelay, ct);
        }
    }

    /// <summary>Null if a row was locked, or all of them took too long: nothing was changed, and nothing is held.</summary>
    async Task<BackfillPosition?> TryFillAsync(BackfillStep step, BackfillPosition position, long to, long end, CancellationToken ct)
    {
        try
        {
            await using var transaction = await BeginAsync(ct);
            // Rows stay locked to the batch's end, and an expression may be slow.
            await session.ExecuteAsync(
                "SELECT pg_catalog.set_config('statement_timeout', (setting::bigint / 3)::text, true) FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'", ct);
            var rows = await session.ExecuteAsync(Update(step, position.NextBlock, to), ct);
            var next = new BackfillPosition(to, position.Rows + rows);
            await state.SetBackfillAsync(step.Table, next, end, ct);
            await transaction.CommitAsync(ct);
            return next;
        }
        catch (PostgresException error) when (
            error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.QueryCanceled)
        {
            return null;
        }
    }

    /// <summary>A block whose rows clients keep locked: row by row, each in a transaction that holds nothing else, until each is done.</summary>
    async Task<BackfillPosition> FillPatientlyAsync(BackfillStep step, BackfillPosition position, long to, long end, CancellationToken ct)
    {
        var rows = 0;
        var tids = await ReadAsync(step, $"SELECT ctid::text FROM ONLY {step.Table} WHERE {Range(position.NextBlock, to)} AND {Marker}", static row => row.GetString(0), ct);
        foreach (var tid in tids)
            rows += await FillRowAsync(step, tid, ct);
        var next = new BackfillPosition(to, position.Rows + rows);
        await state.SetBackfillAsync(step.Table, next, end, ct);
        return next;
    }

    /// <summary>
    /// The row may have been filled, moved or deleted since; then there is nothing to do here. Somebody who keeps it for longer than the
    /// budget ends the command and nothing else: what is filled stays filled.
    /// </summary>
    async Task<int> FillRowAsync(BackfillStep step, string tid, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        for (var pause = Target; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await TryFillRowAsync(step, tid, ct) is { } filled)
                return filled;
            var holder = $"{await BlockerWatch.HolderOfRowAsync(session, step.Table, tid, ct)}, which has row {tid} of {step.Table} locked";
            if (watch.Elapsed > options.LockBudget)
                throw new PgRollException(ExitReason.NotNow,
                    $"A row could not be filled within {options.LockBudget.TotalSeconds:0} s. Held by {holder}. End that transaction and run `start` again, which goes on from here, or run `rollback`.");
            options.Report(new LockWaited(step.Why, holder, pause));
            await Task.Delay(pause, ct);
        }
    }

    async Task<int?> TryFillRowAsync(BackfillStep step, string tid, CancellationToken ct)
    {
        try
        {
            await using var transaction = await BeginAsync(ct);
            var rows = await session.ExecuteAsync($"UPDATE ONLY {step.Table} SET {step.Assignments} WHERE ctid = $1::tid AND {Marker}", ct, tid);
            await transaction.CommitAsync(ct);
            return rows;
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return null;
        }
    }

    async Task<NpgsqlTransaction> BeginAsync(CancellationToken ct)
    {
        var transaction = await session.BeginAsync(ct);
        if (_asReplica)
            await UserTriggers.BecomeReplicaAsync(session, ct);
        return transaction;
    }

    static Ident Marker { get; } = new(Model.GeneratedNames.Marker);

    static string Update(BackfillStep step, long from, long to) => $"UPDATE ONLY {step.Table} SET {step.Assignments} WHERE {Range(from, to)} AND {Marker}";

    static Sql Range(long from, long to) =>
        Sql.Of($"ctid >= CAST({new Literal($"({from},0)")} AS tid) AND ctid < CAST({new Literal($"({to},0)")} AS tid)");

    /// <summary>The next batch's blocks: as many as take the time aimed at, or hold the rows asked for, by what this one took and held.</summary>
    int Next(int blocks, long rows, TimeSpan taken)
    {
        var ratio = options.BackfillBatchSize is { } size
            ? (double)size / Math.Max(1, rows)
            : Target / TimeSpan.FromTicks(Math.Max(1, taken.Ticks));
        return (int)Math.Clamp(blocks * Math.Clamp(ratio, 0.5, 2), 1, MostBlocks);
    }

    /// <summary>The table, or the leaves of its tree, each with its size in heap blocks now.</summary>
    async Task<IReadOnlyList<Leaf>> LeavesAsync(BackfillStep step, CancellationToken ct)
    {
        var leaves = await ReadAsync(step,
            """
            SELECT n.nspname, c.relname, coalesce(pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::bigint, 0), c.relkind = 'f'
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind <> 'p' AND (c.oid = pg_catalog.to_regclass($1) OR c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1))))
            ORDER BY n.nspname, c.relname
            """, static row => new Leaf(QualifiedName.Of(row.GetString(0), row.GetString(1)), row.GetInt64(2), row.GetBoolean(3)), ct, step.Table.ToString());
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

    /// <summary>The lock timeout is that of batches, much too short for whoever comes upon another's DDL.</summary>
    async Task<IReadOnlyList<T>> ReadAsync<T>(BackfillStep step, string query, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] parameters)
    {
        IReadOnlyList<T> rows = [];
        await _retry.RunAsync(session, step.Why, async () => rows = await session.QueryAsync(query, read, ct, parameters), ct);
        return rows;
    }

    sealed record Leaf(QualifiedName Name, long Blocks, bool IsForeign);
}
