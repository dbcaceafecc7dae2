using System.Diagnostics;
using NpgsqlTypes;
using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// Keeps backfills from running away from the server's replicas, standbys and subscriptions alike: while one of them is further behind
/// than it may be, all workers wait. One that is gone is not waited for.
/// </summary>
sealed class ReplicaLag(RunnerOptions options)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), ReportInterval = TimeSpan.FromMinutes(1);

    /// <summary>A base backup is no replica, and what only stores the log (pg_receivewal) replays nothing.</summary>
    const string Replicas =
        """
        SELECT pg_catalog.concat_ws(' at ', coalesce(nullif(application_name, ''), pg_catalog.format('process %s', pid)), pg_catalog.host(client_addr)), replay_lsn, replay_lag
        FROM pg_catalog.pg_stat_replication
        WHERE state <> 'backup' AND replay_lsn IS NOT NULL
        """;

    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly System.Threading.Lock _lock = new();
    Task _look = Task.CompletedTask;
    TimeSpan _next;

    // replay_lag is the lag of what was replayed last: it stands still, or is NULL, while a replica is stuck. So we note when we saw the
    // log end where: what a replica lacks is as old as the first end beyond it. Of what was there before, replay_lag says how old it was.
    readonly List<(TimeSpan Seen, NpgsqlLogSequenceNumber End)> _ends = [];

    /// <summary>Looks once a second, and as long as it must; called by each worker before each batch, when it holds nothing.</summary>
    public Task WaitAsync(Session session, string table, CancellationToken ct)
    {
        if (options.MaxReplicaLag is not { } limit)
            return Task.CompletedTask;
        lock (_lock)
        {
            // The others wait for the one that looks.
            if (_look.IsCompleted && _watch.Elapsed >= _next)
                _look = LookAsync(session, table, limit, ct);
            return _look;
        }
    }

    async Task LookAsync(Session session, string table, TimeSpan limit, CancellationToken ct)
    {
        for (var report = TimeSpan.Zero; await FurthestAsync(session, ct) is { } replica && replica.Lag > limit; await Task.Delay(Interval, ct))
            if (_watch.Elapsed >= report)
            {
                options.Report(new BackfillPaused(table, replica.Name, replica.Lag, limit));
                report = _watch.Elapsed + ReportInterval;
            }
        _next = _watch.Elapsed + Interval;
    }

    async Task<Replica?> FurthestAsync(Session session, CancellationToken ct)
    {
        var end = await session.ScalarAsync<NpgsqlLogSequenceNumber>("SELECT pg_catalog.pg_current_wal_flush_lsn()", ct);
        var now = _watch.Elapsed;
        if (_ends is [] || _ends[^1].End < end)
            _ends.Add((now, end));
        var replicas = await session.QueryAsync(Replicas,
            row => new Replica(row.GetString(0), Lag(now, row.GetFieldValue<NpgsqlLogSequenceNumber>(1), row.IsDBNull(2) ? TimeSpan.Zero : row.GetTimeSpan(2))), ct);
        return replicas.MaxBy(r => r.Lag);
    }

    TimeSpan Lag(TimeSpan now, NpgsqlLogSequenceNumber replayed, TimeSpan before) => _ends.FindIndex(e => e.End > replayed) switch
    {
        < 0 => TimeSpan.Zero,
        0 when before > now - _ends[0].Seen => before,
        var first => now - _ends[first].Seen,
    };

    sealed record Replica(string Name, TimeSpan Lag);
}
