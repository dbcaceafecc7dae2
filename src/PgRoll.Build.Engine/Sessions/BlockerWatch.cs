using Npgsql;

namespace PgRoll.Build.Engine.Sessions;

/// <summary>
/// Looks, from a connection of its own, at who keeps a session waiting. The moment it waits is the only one at which the server can
/// tell; afterwards the wait is over.
/// </summary>
sealed class BlockerWatch : IAsyncDisposable
{
    /// <summary>
    /// Not what it runs: that may hold secrets, and ends in the log of whoever deploys. A prepared transaction has no process; it is
    /// found by the lock on itself that it holds beside the others.
    /// </summary>
    const string Description =
        """
        CASE WHEN x.gid IS NOT NULL THEN pg_catalog.format('the prepared transaction %L of user %s, prepared %s ago (COMMIT PREPARED or ROLLBACK PREPARED ends it)',
          x.gid, x.owner, pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - x.prepared))
        ELSE pg_catalog.format('process %s (%s, user %s, %s, in transaction for %s)',
          a.pid, coalesce(nullif(a.application_name, ''), 'no application name'), a.usename, coalesce(a.state, 'in the background'),
          coalesce(pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - a.xact_start)::text, '-')) END
        """;

    const string Who =
        """
        LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
        LEFT JOIN LATERAL (
          SELECT p.* FROM pg_catalog.pg_locks t JOIN pg_catalog.pg_prepared_xacts p ON p.transaction = t.transactionid
          WHERE l.pid IS NULL AND t.pid IS NULL AND t.locktype = 'transactionid' AND t.virtualtransaction = l.virtualtransaction) x ON true
        WHERE (a.pid IS NOT NULL OR x.gid IS NOT NULL)
        """;

    /// <summary>The server names a prepared transaction as process 0: then whoever holds what we wait for is looked up by the lock.</summary>
    const string Blockers =
        $"""
        SELECT DISTINCT {Description}
        FROM (
          SELECT b.pid, NULL AS virtualtransaction FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids($1)) AS b(pid) WHERE b.pid > 0
          UNION ALL
          SELECT h.pid, h.virtualtransaction FROM pg_catalog.pg_locks w
          JOIN pg_catalog.pg_locks h ON h.granted AND h.pid IS NULL AND h.locktype = w.locktype AND h.database IS NOT DISTINCT FROM w.database
            AND h.relation IS NOT DISTINCT FROM w.relation AND h.transactionid IS NOT DISTINCT FROM w.transactionid
          WHERE w.pid = $1 AND NOT w.granted
        ) l
        {Who}
        """;

    static readonly TimeSpan UnlimitedInterval = TimeSpan.FromMilliseconds(250);

    const string HoldersOf =
        $"""
        SELECT DISTINCT {Description}
        FROM pg_catalog.pg_locks l
        {Who} AND l.granted AND l.pid IS DISTINCT FROM $1 AND l.relation = ANY (SELECT pg_catalog.to_regclass(name)::oid FROM pg_catalog.unnest($2::text[]) AS r(name))
        """;

    /// <summary>Who changes or locks a row, if it is one transaction; several at once are not looked up.</summary>
    const string HoldersOfRow =
        $"""
        SELECT DISTINCT {Description}
        FROM pg_catalog.pg_locks l
        {Who} AND l.granted AND l.locktype = 'transactionid' AND l.transactionid = (SELECT r.xmax FROM placeholder_table r WHERE r.ctid = $1::tid)
        """;

    readonly CancellationTokenSource _end = new();
    readonly Task<IReadOnlyList<string>> _seen;

    public BlockerWatch(RunnerOptions options, int processId) => _seen = WatchAsync(options, processId);

    /// <summary>Who holds locks on relations now; asked from a connection of its own, since the one that waited has failed.</summary>
    public static async Task<string> HoldersAsync(RunnerOptions options, int processId, IReadOnlyList<string> relations, CancellationToken ct)
    {
        try
        {
            await using var session = await Session.OpenAsync(options, ct);
            return Join(await session.QueryAsync(HoldersOf, static row => Line(row.GetString(0)), ct, processId, relations.ToArray()));
        }
        catch (Exception error) when (error is NpgsqlException or PgRollException)
        {
            // No connection more is to be had, say. Naming the blocker is a courtesy; whoever waits tries again.
            return "somebody, and to ask who it is did not work: " + Line(error.Message);
        }
    }

    /// <summary>Who has a row; asked by the session that did not get it.</summary>
    public static async Task<string> HolderOfRowAsync(Session session, SqlText.QualifiedName table, string tid, CancellationToken ct) => Join(await session.QueryAsync(
        HoldersOfRow.Replace("placeholder_table", $"ONLY {table}", StringComparison.Ordinal), static row => Line(row.GetString(0)), ct, tid));

    /// <summary>Names are other people's: a line of a log stays one line, and a terminal is told nothing.</summary>
    public static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

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
                var now = await session.QueryAsync(Blockers, static row => Line(row.GetString(0)), _end.Token, processId);
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
