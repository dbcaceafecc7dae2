using Npgsql;

namespace PgRoll.Build.Engine.Sessions;

/// <summary>
/// Looks, from a connection of its own, at who keeps a session waiting. The moment it waits is the only one at which the server can
/// tell; afterwards the wait is over.
/// </summary>
sealed class BlockerWatch : IAsyncDisposable
{
    const string Description =
        """
        pg_catalog.format('process %s (%s, user %s, in transaction for %s): %s',
          a.pid, coalesce(nullif(a.application_name, ''), 'no application name'), a.usename,
          coalesce(pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - a.xact_start)::text, '-'), pg_catalog.left(a.query, 200))
        """;

    const string Blockers =
        $"""
        SELECT {Description}
        FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids($1)) AS b(pid)
        JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
        """;

    static readonly TimeSpan UnlimitedInterval = TimeSpan.FromMilliseconds(250);

    const string HoldersOf =
        $"""
        SELECT DISTINCT {Description}
        FROM pg_catalog.pg_locks l
        JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
        WHERE l.granted AND l.pid <> $1 AND l.relation = ANY (SELECT pg_catalog.to_regclass(name)::oid FROM pg_catalog.unnest($2::text[]) AS r(name))
        """;

    readonly CancellationTokenSource _end = new();
    readonly Task<IReadOnlyList<string>> _seen;

    public BlockerWatch(RunnerOptions options, int processId) => _seen = WatchAsync(options, processId);

    /// <summary>Who holds locks on relations now; asked from a connection of its own, since the one that waited has failed.</summary>
    public static async Task<string> HoldersAsync(RunnerOptions options, int processId, IReadOnlyList<string> relations, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(options, ct);
        return Join(await session.QueryAsync(HoldersOf, static row => row.GetString(0), ct, processId, relations.ToArray()));
    }

    public async Task<string> DescribeAsync()
    {
        await _end.CancelAsync();
        return Join(await _seen);
    }

    static string Join(IReadOnlyList<string> sessions) =>
        sessions.Count == 0 ? "a transaction that has ended since" : string.Join("; ", sessions);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _seen;
        _end.Dispose();
    }

    async Task<IReadOnlyList<string>> WatchAsync(RunnerOptions options, int processId)
    {
        IReadOnlyList<string> last = [];
        // Half the lock timeout: late enough to stay away from the usual, immediate success, early enough to see a wait.
        var interval = options.LockTimeout > TimeSpan.Zero ? options.LockTimeout / 2 : UnlimitedInterval;
        try
        {
            await Task.Delay(interval, _end.Token);
            await using var session = await Session.OpenAsync(options, _end.Token);
            while (true)
            {
                var now = await session.QueryAsync(Blockers, static row => row.GetString(0), _end.Token, processId);
                last = now.Count > 0 ? now : last;
                await Task.Delay(interval, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return last;
        }
        catch (Exception error) when (error is NpgsqlException or PgRollException)
        {
            // Whoever waits reports the failure of its own connection; naming the blocker is a courtesy.
            return last;
        }
    }
}
