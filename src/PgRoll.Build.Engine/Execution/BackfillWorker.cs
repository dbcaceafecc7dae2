using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Engine.Preflight;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// Fills ranges of heap blocks, a batch at a time, on a session of its own. A batch aims at a duration. It never makes a client wait for
/// long, and never loses it a deadlock: it gives up on a row lock long before the server looks for deadlocks, lets go of all its rows, and
/// comes back with half as many blocks.
/// </summary>
sealed class BackfillWorker(Session session, RunnerOptions options, bool asReplica, TimeSpan longestStatement)
{
    static readonly TimeSpan Target = TimeSpan.FromMilliseconds(100), RowLockTimeout = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(5);
    const int FirstBlocks = 64, MostBlocks = 16_384;

    readonly StateStore _state = new(session, options);
    readonly LockRetry _retry = new(options);
    int _blocks = options.BackfillBatchSize is null ? FirstBlocks : 1;

    static Ident Marker { get; } = new(Model.GeneratedNames.Marker);

    /// <summary>Goes through what is left of a leaf.</summary>
    /// <param name="step">With the leaf as its table.</param>
    /// <param name="ranges">What is left.</param>
    /// <param name="pause">What is waited for before each batch.</param>
    /// <param name="filled">Told how many rows a batch filled.</param>
    /// <param name="ct">Ends the work after a batch.</param>
    public async Task RunAsync(BackfillStep step, BlockRanges ranges, Func<Task> pause, Action<long> filled, CancellationToken ct)
    {
        while (ranges.Take(_blocks) is { } range)
            while (range.From < range.To)
            {
                ct.ThrowIfCancellationRequested();
                await pause();
                var batch = Stopwatch.StartNew();
                var to = Math.Min(range.To, range.From + _blocks);
                var rows = await TryFillAsync(step, ranges, range, to, ct);
                if (rows is null && _blocks > 1)
                {
                    _blocks /= 2;
                    continue;
                }
                rows ??= await FillPatientlyAsync(step, ranges, range, to, ct);
                ranges.Advance(range, to);
                filled(rows.Value);
                _blocks = Next(_blocks, rows.Value, batch.Elapsed);
                if (options.BackfillBatchDelay > TimeSpan.Zero)
                    await Task.Delay(options.BackfillBatchDelay, ct);
            }
    }

    /// <summary>Null if a row was locked, or all of them took too long: nothing was changed, and nothing is held.</summary>
    async Task<long?> TryFillAsync(BackfillStep step, BlockRanges ranges, BlockRanges.Range range, long to, CancellationToken ct)
    {
        try
        {
            await using var transaction = await BeginAsync(ct);
            var rows = await session.ExecuteAsync($"UPDATE ONLY {step.Table} SET {step.Assignments} WHERE {Within(range.From, to)} AND {Marker}", ct);
            await _state.AdvanceBackfillAsync(step.Table, ranges.PassedWith(range, to), rows, ct);
            await transaction.CommitAsync(ct);
            return rows;
        }
        catch (PostgresException error) when (
            error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.QueryCanceled)
        {
            return null;
        }
    }

    /// <summary>A block whose rows clients keep locked: row by row, each in a transaction that holds nothing else, until each is done.</summary>
    async Task<long> FillPatientlyAsync(BackfillStep step, BlockRanges ranges, BlockRanges.Range range, long to, CancellationToken ct)
    {
        var (rows, tids) = (0L, (IReadOnlyList<string>)[]);
        await _retry.RunAsync(session, step.Why, async () => tids = await session.QueryAsync(
            $"SELECT ctid::text FROM ONLY {step.Table} WHERE {Within(range.From, to)} AND {Marker}", static row => row.GetString(0), ct), ct);
        foreach (var tid in tids)
            rows += await FillRowAsync(step, tid, ct);
        await _state.AdvanceBackfillAsync(step.Table, ranges.PassedWith(range, to), rows, ct);
        return rows;
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

    /// <summary>For the transaction alone: the session may be one that has other things to do as well.</summary>
    async Task<NpgsqlTransaction> BeginAsync(CancellationToken ct)
    {
        var transaction = await session.BeginAsync(ct);
        // Rows stay locked to the batch's end, and an expression may be slow. A batch that is lost with the server is done again.
        await session.ExecuteAsync(
            "SELECT pg_catalog.set_config('lock_timeout', $1, true), pg_catalog.set_config('statement_timeout', $2, true), pg_catalog.set_config('synchronous_commit', 'off', true)",
            ct, Session.Milliseconds(RowLockTimeout), Session.Milliseconds(longestStatement));
        if (asReplica)
            await UserTriggers.BecomeReplicaAsync(session, ct);
        return transaction;
    }

    static Sql Within(long from, long to) =>
        Sql.Of($"ctid >= CAST({new Literal($"({from},0)")} AS tid) AND ctid < CAST({new Literal($"({to},0)")} AS tid)");

    /// <summary>The next batch's blocks: as many as take the time aimed at, or hold the rows asked for, by what this one took and held.</summary>
    int Next(int blocks, long rows, TimeSpan taken)
    {
        var ratio = options.BackfillBatchSize is { } size
            ? (double)size / Math.Max(1, rows)
            : Target / TimeSpan.FromTicks(Math.Max(1, taken.Ticks));
        return (int)Math.Clamp(blocks * Math.Clamp(ratio, 0.5, 2), 1, MostBlocks);
    }
}
