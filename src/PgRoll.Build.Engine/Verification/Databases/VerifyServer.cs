using Npgsql;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification.Databases;

/// <summary>
/// Makes and drops a run's databases. Whatever ends the run, they go: by itself, or by the next run, which finds nobody that holds their
/// lock. Kept ones take no connections, so they stay as they are; those used last stay longest.
/// </summary>
sealed class VerifyServer : IAsyncDisposable
{
    readonly Session _session;
    readonly RunnerOptions _options;
    readonly SemaphoreSlim _gate = new(1);
    readonly HashSet<string> _made = [];
    readonly int _run = DatabaseNames.NewRun();
    int _count;

    /// <summary>Who does the work, and owns the databases.</summary>
    public string Role { get; private set; } = "";

    VerifyServer(Session session, RunnerOptions options) => (_session, _options) = (session, options);

    public int Major => _session.Major;

    public string Version => _session.Connection.PostgreSqlVersion.ToString();

    public static async Task<VerifyServer> OpenAsync(RunnerOptions options, CancellationToken ct)
    {
        var server = new VerifyServer(await Session.OpenAsync(options, ct), options);
        try
        {
            await server.RequireRightAsync(ct);
            await server._session.ExecuteAsync("SELECT pg_catalog.pg_advisory_lock($1, $2)", ct, DatabaseNames.LockClass, server._run);
            await server.SweepAsync(ct);
            return server;
        }
        catch
        {
            await server._session.DisposeAsync();
            throw;
        }
    }

    /// <summary>How a runner reaches one of the databases.</summary>
    public RunnerOptions Options(string database) => _options with
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(_options.ConnectionString) { Database = database }.ConnectionString,
    };

    /// <param name="template">Copied, which nobody may be connected to; null for a database as the server makes them.</param>
    /// <param name="ct">Cancels.</param>
    public Task<string> CreateAsync(string? template, CancellationToken ct) => AloneAsync(async () =>
    {
        var name = DatabaseNames.Of(_run, ++_count);
        _made.Add(name);
        await _session.ExecuteAsync(template is null ? $"CREATE DATABASE {new Ident(name)}" : $"CREATE DATABASE {new Ident(name)} TEMPLATE {new Ident(template)}", ct);
        return name;
    }, ct);

    public Task DropAsync(string database) => AloneAsync(async () =>
    {
        await DropQuietlyAsync(database, CancellationToken.None);
        return _made.Remove(database);
    }, CancellationToken.None);

    /// <summary>Whether a history is kept under that name; it counts as used.</summary>
    public Task<bool> UseAsync(string kept, CancellationToken ct) => AloneAsync(async () =>
    {
        if (!await _session.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = $1 AND NOT datallowconn)", ct, kept))
            return false;
        await TouchAsync(kept, ct);
        return true;
    }, ct);

    /// <summary>Keeps a database of this run under a name; another run may have been first. Then the oldest go that are too many.</summary>
    public Task KeepAsync(string database, string kept, int most, CancellationToken ct) => AloneAsync(async () =>
    {
        try
        {
            await _session.ExecuteAsync($"ALTER DATABASE {new Ident(database)} WITH ALLOW_CONNECTIONS false", ct);
            await TouchAsync(database, ct);
            await _session.ExecuteAsync($"ALTER DATABASE {new Ident(database)} RENAME TO {new Ident(kept)}", ct);
            _made.Remove(database);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.ObjectInUse)
        {
            return false;
        }
        foreach (var old in (await KeptAsync(ct)).Where(name => name != kept).Skip(most - 1))
            await DropQuietlyAsync(old, ct);
        return true;
    }, ct);

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _made.ToList())
            await DropQuietlyAsync(database, CancellationToken.None);
        await _session.DisposeAsync();
        _gate.Dispose();
    }

    async Task RequireRightAsync(CancellationToken ct)
    {
        (Role, var mayCreate) = (await _session.QueryAsync("SELECT rolname::text, rolsuper OR rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = CURRENT_USER", static row => (row.GetString(0), row.GetBoolean(1)), ct))[0];
        if (!mayCreate)
            throw new PgRollException(ExitReason.Usage,
                $"Role '{Role}' may not create databases on this server, and verify works in databases of its own: ALTER ROLE {new Ident(Role)} CREATEDB.");
    }

    /// <summary>Drops what killed runs left. The lock is looked for in whatever database it was taken.</summary>
    async Task SweepAsync(CancellationToken ct)
    {
        var left = await _session.QueryAsync(
            """
            SELECT d.datname FROM pg_catalog.pg_database d
            WHERE pg_catalog.starts_with(d.datname::text, $1) AND pg_catalog.pg_has_role(d.datdba, 'USAGE') ORDER BY d.datname
            """, static row => row.GetString(0), ct, DatabaseNames.Prefix);
        var runs = (await _session.QueryAsync("SELECT objid::int8 FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND classid::int8 = $1 AND objsubid = 2",
            static row => row.GetInt64(0), ct, (long)DatabaseNames.LockClass)).ToHashSet();
        foreach (var database in left)
            if (DatabaseNames.RunOf(database) is { } run && !runs.Contains(run))
                await DropQuietlyAsync(database, ct);
    }

    Task<IReadOnlyList<string>> KeptAsync(CancellationToken ct) => _session.QueryAsync(
        """
        SELECT d.datname FROM pg_catalog.pg_database d
        WHERE pg_catalog.starts_with(d.datname::text, $1) AND NOT d.datallowconn AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
        ORDER BY pg_catalog.shobj_description(d.oid, 'pg_database') DESC NULLS LAST, d.datname
        """, static row => row.GetString(0), ct, DatabaseNames.KeptPrefix);

    /// <summary>The comment tells when it was used last.</summary>
    async Task TouchAsync(string database, CancellationToken ct)
    {
        var now = await _session.ScalarAsync<string>("SELECT pg_catalog.to_char(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", ct);
        await _session.ExecuteAsync($"COMMENT ON DATABASE {new Ident(database)} IS {new Literal(now!)}", ct);
    }

    /// <summary>Another run may drop it, or copy it at this moment, and a session there may be somebody's whom the role cannot end; then the next one finds it.</summary>
    async Task DropQuietlyAsync(string database, CancellationToken ct)
    {
        try
        {
            await _session.ExecuteAsync($"DROP DATABASE IF EXISTS {new Ident(database)} WITH (FORCE)", ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.ObjectInUse or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.InsufficientPrivilege)
        {
        }
    }

    /// <summary>There is one session for all that is proved at once.</summary>
    async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _gate.Release();
        }
    }
}
