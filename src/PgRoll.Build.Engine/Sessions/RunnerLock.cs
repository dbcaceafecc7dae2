namespace PgRoll.Build.Engine.Sessions;

/// <summary>
/// One runner at a time for a base schema: a session advisory lock, which the server lets go of when the session ends, however it ends.
/// </summary>
static class RunnerLock
{
    // Any constant of our own; the other half of the key is the base schema.
    const long Seed = 0x7067726F6C6C;

    const int SqlShown = 100;

    // A command that has just ended keeps the lock for a moment, which is not worth a word.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), Quiet = TimeSpan.FromSeconds(1);

    /// <summary>Takes the lock, or says who holds it. It waits a little: a runner that was just killed keeps it until the server notices.</summary>
    public static async Task TakeAsync(Session session, RunnerOptions options, CancellationToken ct)
    {
        var schema = options.Schema;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var isTold = false;
        while (!await session.ScalarAsync<bool>("SELECT pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended($1, $2))", ct, schema, Seed))
        {
            if (watch.Elapsed > options.RunnerWait)
                throw new PgRollException(ExitReason.NotNow, $"Another runner works on schema '{schema}': {await HolderAsync(session, schema, ct)}. Wait for it, or end its session.");
            if (!isTold && watch.Elapsed > Quiet)
            {
                options.Report(new LockWaited($"one runner at a time works on schema '{schema}'", await HolderAsync(session, schema, ct), Pause));
                isTold = true;
            }
            await Task.Delay(Pause, ct);
        }
    }

    static async Task<string> HolderAsync(Session session, string schema, CancellationToken ct)
    {
        var holders = await session.QueryAsync(
            """
            WITH key AS (SELECT pg_catalog.hashtextextended($1, $2) AS value)
            -- Whoever may not see others' sessions is not told where they come from, nor what they do.
            SELECT pg_catalog.format('process %s (%s) of user %s', a.pid, coalesce(nullif(a.application_name, ''), 'no application name'), a.usename)
                     || CASE WHEN a.backend_start IS NOT NULL THEN pg_catalog.format(' on %s, connected since %s, running: ',
                          coalesce(pg_catalog.host(a.client_addr), 'the local machine'), pg_catalog.date_trunc('second', a.backend_start)) ELSE '' END,
                   CASE WHEN a.backend_start IS NOT NULL THEN a.query ELSE '' END
            FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            CROSS JOIN key
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.classid::bigint = (key.value >> 32) & 4294967295 AND l.objid::bigint = key.value & 4294967295
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
            """, static row => BlockerWatch.Line(row.GetString(0) + Short(row.GetString(1))), ct, schema, Seed);
        return holders.Count == 0 ? "it has just ended" : string.Join("; ", holders);
    }

    static string Short(string sql)
    {
        var line = string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= SqlShown ? line : $"{line[..SqlShown]}…";
    }
}
