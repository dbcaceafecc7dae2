using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Verification;

/// <summary>
/// Notes which locks against clients the transactions of a command hold when they are about to be committed, on tables that were there before it.
/// A lock that is let go before cannot be: they all last as long as their transaction.
/// </summary>
sealed class LockWatch
{
    const string Held =
        """
        SELECT l.relation::int8, l.mode FROM pg_catalog.pg_locks l
        WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted
          AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
          AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
        """;

    readonly HashSet<(string Relation, string Mode)> _taken = [];
    Dictionary<long, string> _tables = [];

    /// <summary>Relation and mode of each lock, strongest last.</summary>
    public IEnumerable<(string Relation, string Mode)> Taken => _taken.OrderBy(t => t.Relation, StringComparer.Ordinal).ThenBy(t => t.Mode, StringComparer.Ordinal);

    /// <summary>Begins anew, with the tables that are there now.</summary>
    public async Task BeginAsync(Session session, RunnerOptions options, CancellationToken ct)
    {
        _taken.Clear();
        var tables = await session.QueryAsync(
            """
            SELECT c.oid::int8, n.nspname || '.' || c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            -- Partitions are locked with their parent, which is told.
            WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> $1
            """, static row => (row.GetInt64(0), row.GetString(1)), ct, options.StateSchema);
        _tables = tables.ToDictionary();
    }

    /// <summary>Looks at the transaction that the session is in.</summary>
    public async Task LookAsync(Session session, CancellationToken ct)
    {
        foreach (var (relation, mode) in await session.QueryAsync(Held, static row => (row.GetInt64(0), row.GetString(1)), ct))
            if (_tables.TryGetValue(relation, out var name))
                lock (_taken)
                    _taken.Add((name, Words(mode)));
    }

    /// <summary>As SQL says it.</summary>
    static string Words(string mode) => mode switch
    {
        "ShareLock" => "SHARE",
        "ShareRowExclusiveLock" => "SHARE ROW EXCLUSIVE",
        "ExclusiveLock" => "EXCLUSIVE",
        _ => "ACCESS EXCLUSIVE",
    };
}
