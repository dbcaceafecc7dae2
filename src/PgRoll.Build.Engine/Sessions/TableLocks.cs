using Npgsql;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Sessions;

/// <summary>
/// Takes ACCESS EXCLUSIVE locks on several relations, all of them or none. While we wait for one, clients queue behind those we hold
/// already: so the time limit is for all of them together. It also stays below half of the time after which the server looks for
/// deadlocks: in a crossing with a client we let go long before the client could be chosen as the victim.
/// </summary>
sealed class TableLocks(Session session, RunnerOptions options)
{
    public async Task TakeAsync(IReadOnlyList<QualifiedName> relations, CancellationToken ct)
    {
        var existing = await LockableAsync(relations, ct);
        if (existing.Count == 0)
            return;
        try
        {
            await SendAutovacuumAwayAsync(existing, ct);
            await LimitAsync(await LimitAsync(ct), ct);
            await session.ExecuteAsync($"LOCK TABLE {string.Join(", ", existing)} IN ACCESS EXCLUSIVE MODE", ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable)
        {
            throw new LockTimeoutException(await BlockerWatch.HoldersAsync(options, session.Connection.ProcessID, existing, ct), error);
        }
        await LimitAsync(TimeSpan.Zero, ct);
    }

    /// <summary>
    /// The server ends an autovacuum for whoever waits for its lock, but only after <c>deadlock_timeout</c>: longer than we may keep
    /// clients waiting. So we first wait for the very lock that it holds, SHARE UPDATE EXCLUSIVE, which no client's statement waits for.
    /// </summary>
    public async Task SendAutovacuumAwayAsync(IReadOnlyList<string> relations, CancellationToken ct)
    {
        if (relations.Count == 0)
            return;
        await session.ExecuteAsync(
            "SELECT pg_catalog.set_config('lock_timeout', (setting::bigint + $1)::text, true) FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'",
            ct, 1_000L);
        await session.ExecuteAsync($"LOCK TABLE {string.Join(", ", relations)} IN SHARE UPDATE EXCLUSIVE MODE", ct);
        await session.ExecuteAsync("SELECT pg_catalog.set_config('lock_timeout', $1, true)", ct, Session.Milliseconds(options.LockTimeout));
    }

    /// <summary>
    /// The relations that can be locked by themselves. A view that somebody dropped is one less. A table of another role that we may point
    /// to but not lock waits for the statement that needs it, under the session's lock timeout.
    /// </summary>
    public Task<IReadOnlyList<string>> LockableAsync(IReadOnlyList<QualifiedName> relations, CancellationToken ct) => session.QueryAsync(
        "SELECT name FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS r(name, place) WHERE pg_catalog.has_table_privilege(pg_catalog.to_regclass(name), 'UPDATE, DELETE, TRUNCATE') ORDER BY place",
        static row => row.GetString(0), ct, (object)relations.Select(r => r.ToString()).ToArray());

    async Task<TimeSpan> LimitAsync(CancellationToken ct)
    {
        var half = TimeSpan.FromMilliseconds(await session.ScalarAsync<long>(
            "SELECT setting::bigint / 2 FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'", ct));
        return options.LockTimeout > TimeSpan.Zero && options.LockTimeout < half ? options.LockTimeout : half;
    }

    /// <summary>For the transaction only.</summary>
    async Task LimitAsync(TimeSpan limit, CancellationToken ct) =>
        await session.ExecuteAsync("SELECT pg_catalog.set_config('statement_timeout', $1, true)", ct, Session.Milliseconds(limit));
}

/// <summary>Locks that were not to be had in time.</summary>
sealed class LockTimeoutException(string holders, PostgresException inner) : Exception($"The locks were not to be had in time. Held by {holders}.", inner)
{
    /// <summary>The sessions that hold locks on the relations, readable.</summary>
    public string Holders => holders;
}
