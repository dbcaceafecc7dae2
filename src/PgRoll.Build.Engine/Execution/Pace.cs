using System.Collections.Concurrent;
using System.Diagnostics;
using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// How hard a backfill may work. Alone on the database, as hard as it can. Beside clients a batch is short, for they wait for the rows
/// that it has locked and, whenever they commit, for all that it has written to the log by then; and it leaves them as much time again.
/// Where replicas are too far behind, not at all.
/// </summary>
sealed class Pace(RunnerOptions options, ReplicaLag lag, string table)
{
    static readonly TimeSpan Alone = TimeSpan.FromMilliseconds(25), BesideClients = TimeSpan.FromMilliseconds(5), Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Whoever sees others' sessions but not what they do takes them for clients.</summary>
    const string Clients =
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_stat_activity a
          WHERE a.datname = pg_catalog.current_database() AND NOT a.pid = ANY ($1) AND coalesce(a.backend_type, 'client backend') = 'client backend'
            AND (a.state_change IS NULL OR a.state = 'active' OR a.state_change > pg_catalog.clock_timestamp() - interval '2 s'))
        """;

    readonly ConcurrentDictionary<int, bool> _workers = [];
    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly System.Threading.Lock _lock = new();
    TimeSpan _next;
    volatile bool _hasClients = true;

    /// <summary>What a batch aims at.</summary>
    public TimeSpan Target => _hasClients ? BesideClients : Alone;

    /// <summary>Looks around now and then; called by each worker before each batch.</summary>
    public async Task LookAsync(Session session, CancellationToken ct)
    {
        await lag.WaitAsync(session, table, ct);
        _workers.TryAdd(session.Connection.ProcessID, true);
        lock (_lock)
        {
            if (_watch.Elapsed < _next)
                return;
            _next = _watch.Elapsed + Interval;
        }
        _hasClients = await session.ScalarAsync<bool>(Clients, ct, (object)_workers.Keys.ToArray());
    }

    /// <summary>What a worker leaves the others after a batch: together they are at work half of the time.</summary>
    public TimeSpan After(TimeSpan batch) =>
        options.BackfillBatchDelay > TimeSpan.Zero ? options.BackfillBatchDelay
        : _hasClients && options.BackfillBatchSize is null ? batch * (2 * _workers.Count - 1)
        : TimeSpan.Zero;
}
