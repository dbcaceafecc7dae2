using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// Fills ranges of heap blocks, a batch at a time, on a session of its own. A batch aims at a duration (<see cref="Pace"/>). It never makes a client wait for
/// long, and never loses it a deadlock: it gives up on a row lock long before the server looks for deadlocks, lets go of all its rows, and
/// comes back with half as many blocks.
/// </summary>
sealed class BackfillWorker(Session session, RunnerOptions options, Pace pace, bool asReplica, TimeSpan longestStatement)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), RowLockTimeout = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(5);
    const int FirstBlocks = 16, MostBlocks = 16_384;

    readonly StateStore _state = new(session, options);
    readonly LockRetry _retry = new(options);

    long _unrecorded;
    int _blocks = options.BackfillBatchSize is null ? FirstBlocks : 1;

    // Rows stay locked to the batch's end, and an expression may be slow. A batch that is lost with the server is done again. What
    // follows the UPDATE on the users' path finds its operators by exact types.
    string Settings(TimeSpan statement) =>
        $"""
         SELECT pg_catalog.set_config('search_path', {new Literal(session.UsersPath)}, true),
                pg_catalog.set_config('lock_timeout', '{Session.Milliseconds(RowLockTimeout)}', true), pg_catalog.set_config('synchronous_commit', 'off', true),
                pg_catalog.set_config('statement_timeout', '{Session.Milliseconds(statement)}', true)
                {(asReplica ? ", pg_catalog.set_config('session_replication_role', 'replica', true)" : "")}
         """;

    static Ident Marker { get; } = new(Model.GeneratedNames.Marker);

    /// <summary>Goes through what is left of a leaf.</summary>
    /// <param name="step">With the leaf as its table.</param>
    /// <param name="ranges">What is left.</param>
    /// <param name="filled">Told how many rows a batch filled.</param>
    /// <param name="ct">Ends the work after a batch.</param>
    public async Task RunAsync(BackfillStep step, BlockRanges ranges, Action<long> filled, CancellationToken ct)
    {
        while (ranges.Take(_blocks) is { } range)
            while (range.From < range.To)
            {
                ct.ThrowIfCancellationRequested();
                await pace.LookAsync(session, ct);
                var batch = Stopwatch.StartNew();
                var to = Math.Min(range.To, range.From + _blocks);
                if (await TryFillAsync(step, ranges, range, to, ct) is { } rows)
                {
                    _blocks = Next(_blocks, rows, batch.Elapsed);
                    var pause = pace.After(batch.Elapsed);
                    ranges.Advance(range, to);
                    filled(rows);
                    if (pause > TimeSpan.Zero)
                        await Task.Delay(pause, ct);
                }
                else if (_blocks > 1)
                    _blocks /= 2;
                else
                {
                    // What it waited for was not its own work: no pause is owed for it.
                    rows = await FillPatientlyAsync(step, ranges, range, to, ct);
                    ranges.Advance(range, to);
                    filled(rows);
                }
            }
        await RecordAsync(step, ranges.Passed, 0, ct);
    }

    /// <summary>Null if a row was locked, or all of them took too long: nothing was changed, and nothing is held.</summary>
    async Task<long?> TryFillAsync(BackfillStep step, BlockRanges ranges, BlockRanges.Range range, long to, CancellationToken ct)
    {
        try
        {
            // One round trip, which is one transaction: rows stay locked no longer than it takes to fill them. How many rows the UPDATE
            // fills is known after it, and told with the next.
            var update = new NpgsqlBatchCommand($"UPDATE ONLY {step.Table} SET {step.Assignments} WHERE {Within(range.From, to)} AND {Marker}");
            await BatchAsync(longestStatement, [update, _state.AdvanceBackfill(step.Table, ranges.PassedWith(range, to), _unrecorded)], ct);
            _unrecorded = (long)update.Rows;
            return _unrecorded;
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
        await RecordAsync(step, ranges.PassedWith(range, to), rows, ct);
        return rows;
    }

    /// <summary>
    /// The row may have been filled, moved or deleted since; then there is nothing to do here. Somebody who keeps it for longer than the
    /// budget ends the command and nothing else: what is filled stays filled.
    /// </summary>
    async Task<int> FillRowAsync(BackfillStep step, string tid, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
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
            // It holds nothing else, and may be as slow as its expression is.
            var update = new NpgsqlBatchCommand($"UPDATE ONLY {step.Table} SET {step.Assignments} WHERE ctid = {new Literal(tid)}::tid AND {Marker}");
            await BatchAsync(TimeSpan.Zero, [update], ct);
            return (int)update.Rows;
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return null;
        }
    }

    async Task RecordAsync(BackfillStep step, long passed, long rows, CancellationToken ct)
    {
        await _retry.RunAsync(session, step.Why, () => ExecuteAsync([_state.AdvanceBackfill(step.Table, passed, _unrecorded + rows)], ct), ct);
        _unrecorded = 0;
    }

    /// <summary>In one transaction, with settings for it alone: the session may be one that has other things to do as well.</summary>
    Task BatchAsync(TimeSpan longest, IEnumerable<NpgsqlBatchCommand> commands, CancellationToken ct) => ExecuteAsync(commands.Prepend(new(Settings(longest))), ct);

    async Task ExecuteAsync(IEnumerable<NpgsqlBatchCommand> commands, CancellationToken ct)
    {
        await using var batch = session.Connection.CreateBatch();
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(ct);
    }

    static Sql Within(long from, long to) =>
        Sql.Of($"ctid >= CAST({new Literal($"({from},0)")} AS tid) AND ctid < CAST({new Literal($"({to},0)")} AS tid)");

    /// <summary>The next batch's blocks: as many as take the time aimed at, or hold the rows asked for, by what this one took and held.</summary>
    int Next(int blocks, long rows, TimeSpan taken)
    {
        var ratio = options.BackfillBatchSize is { } size
            ? (double)size / Math.Max(1, rows)
            : pace.Target / TimeSpan.FromTicks(Math.Max(1, taken.Ticks));
        return (int)Math.Clamp(blocks * Math.Clamp(ratio, 0.5, 2), 1, MostBlocks);
    }
}
