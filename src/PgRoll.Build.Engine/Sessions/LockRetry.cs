using Npgsql;

namespace PgRoll.Build.Engine.Sessions;

/// <summary>
/// Repeats a transaction that lost a race for locks. Each attempt lets go of everything before the next, so nobody queues behind it
/// for longer than the lock timeout; the pauses grow, and vary so that two runners do not march in step.
/// </summary>
sealed class LockRetry(RunnerOptions options)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(5);

    public async Task RunAsync(Session session, string why, Func<Task> transaction, CancellationToken ct)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var pause = FirstPause; ; pause = Min(pause * 2, LongestPause))
        {
            string blockers;
            await using (var watcher = new BlockerWatch(options, session.Connection.ProcessID))
                try
                {
                    await transaction();
                    return;
                }
                catch (Exception error) when (IsRace(error))
                {
                    blockers = (error as LockTimeoutException)?.Holders ?? await watcher.DescribeAsync();
                    if (watch.Elapsed > options.LockBudget)
                        throw new PgRollException(ExitReason.DatabaseError,
                            $"No lock within {options.LockBudget.TotalSeconds:0} s for: {why}. Held by {blockers}. End those transactions, or try again when there are fewer.", error);
                }
            var varied = pause * (0.5 + Random.Shared.NextDouble());
            options.Report(new LockWaited(why, blockers, varied));
            await Task.Delay(varied, ct);
        }
    }

    static bool IsRace(Exception error) => error is LockTimeoutException or PostgresException
    {
        SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
    };

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
