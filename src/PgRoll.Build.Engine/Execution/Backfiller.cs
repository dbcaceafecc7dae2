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
/// marker and stays out. Users' triggers do not fire either, or they are let; then the sync trigger computes. A row that a client touched meanwhile has been filled by the trigger and is skipped by the marker, wherever
/// it moved. A last pass over the whole table proves that no row is left.
/// A batch never makes a client wait for long, and never loses it a deadlock: it gives up on a row lock long before the server looks
/// for deadlocks, lets go of all its rows, and comes back with half as many blocks.
/// </summary>
sealed class Backfiller(Session session, StateStore state, RunnerOptions options)
{
    static readonly TimeSpan Target = TimeSpan.FromMilliseconds(100), RowLockTimeout = TimeSpan.FromMilliseconds(50);
    const int FirstBlocks = 64, MostBlocks = 16_384;

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
        var watch = Stopwatch.StartNew();
        var position = await state.BackfillAsync(step.Table, ct);
        var before = position.Rows;
        await session.ExecuteAsync("SELECT pg_catalog.set_config('lock_timeout', $1, false), pg_catalog.set_config('synchronous_commit', 'off', false)", ct, Session.Milliseconds(RowLockTimeout));
        try
        {
            long? left = null;
            do
            {
                position = await PassAsync(step, position, before, watch, ct);
                position = position with { NextBlock = 0 };
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

    async Task<BackfillPosition> PassAsync(BackfillStep step, BackfillPosition position, long before, Stopwatch watch, CancellationToken ct)
    {
        // Rows that are written from now on are filled by the trigger: blocks that the table grows by need no visit.
        var end = await BlocksAsync(step, ct);
        var blocks = options.BackfillBatchSize is null ? FirstBlocks : 1;
        while (position.NextBlock < end)
        {
            ct.ThrowIfCancellationRequested();
            var batch = Stopwatch.StartNew();
            var to = Math.Min(end, position.NextBlock + blocks);
            if (await TryFillAsync(step, position, to, end, ct) is not { } filled)
            {
                if (blocks == 1)
                    filled = await FillPatientlyAsync(step, position, to, end, ct);
                else
                {
                    blocks = Math.Max(1, blocks / 2);
                    continue;
                }
            }
            var rows = filled.Rows - position.Rows;
            position = filled;
            options.Report(new BackfillAdvanced(step.Table.Name.Name, (double)position.NextBlock / end, position.Rows - before, watch.Elapsed));
            blocks = Next(blocks, rows, batch.Elapsed);
            if (options.BackfillBatchDelay > TimeSpan.Zero)
                await Task.Delay(options.BackfillBatchDelay, ct);
        }
        return position;
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
        var tids = await session.QueryAsync(
            $"SELECT ctid::text FROM ONLY {step.Table} WHERE {Range(position.NextBlock, to)} AND {Marker}", static row => row.GetString(0), ct);
        foreach (var tid in tids)
            // The row may have been filled, moved or deleted since; then there is nothing to do here.
            while (true)
            {
                if (await TryFillRowAsync(step, tid, ct) is { } filled)
                {
                    rows += filled;
                    break;
                }
                options.Report(new LockWaited(step.Why, $"the transaction that has row {tid} of {step.Table} locked", Target));
                await Task.Delay(Target, ct);
            }
        var next = new BackfillPosition(to, position.Rows + rows);
        await state.SetBackfillAsync(step.Table, next, end, ct);
        return next;
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

    async Task<long> BlocksAsync(BackfillStep step, CancellationToken ct) => await session.ScalarAsync<long>(
        "SELECT pg_catalog.pg_relation_size(pg_catalog.to_regclass($1)) / pg_catalog.current_setting('block_size')::bigint", ct, step.Table.ToString());

    /// <summary>How many rows are left; that a whole pass leaves no fewer than the one before it means that none ever will.</summary>
    async Task<long> DecreasedAsync(BackfillStep step, long? before, CancellationToken ct)
    {
        if (!await IsAnyLeftAsync(step, ct))
            return 0;
        var left = await session.ScalarAsync<long>($"SELECT pg_catalog.count(*) FROM ONLY {step.Table} WHERE {Marker}", ct);
        return left < (before ?? long.MaxValue) ? left : throw new PgRollException(ExitReason.DatabaseError,
            $"{left} rows of '{step.Table.Name.Name}' cannot be filled: the server does not update them. Look for a BEFORE trigger that returns NULL, a rule, or a disabled trigger '{Model.GeneratedNames.UpdateTrigger}'.");
    }

    async Task<bool> IsAnyLeftAsync(BackfillStep step, CancellationToken ct) =>
        await session.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM ONLY {step.Table} WHERE {Marker})", ct);
}
