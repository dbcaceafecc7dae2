using System.Globalization;
using Npgsql;

namespace PgRoll.Build.Engine.Sessions;

/// <summary>
/// One connection whose settings are known, because all of them are made on the very connection that does the work: path, role, lock
/// timeout, and the mark that keeps pgroll's event triggers from recording our DDL as somebody's.
/// Its path holds the server's own names alone. Whoever may create in the base schema could put functions and operators there that fit
/// what our queries say better than the server's do, and the role that runs them is often a superuser. Only what users wrote, and what
/// stands beside it in a plan, runs on the users' path.
/// </summary>
sealed class Session : IAsyncDisposable
{
    /// <summary>The path of our own queries.</summary>
    public const string OwnPath = "pg_catalog, pg_temp";

    readonly NpgsqlDataSource _source;
    readonly NpgsqlConnection _connection;

    readonly Func<Session, CancellationToken, Task>? _beforeCommit;

    Session(NpgsqlDataSource source, NpgsqlConnection connection, int major, Func<Session, CancellationToken, Task>? beforeCommit)
    {
        _beforeCommit = beforeCommit;
        _source = source;
        _connection = connection;
        Major = major;
    }

    public int Major { get; }

    public NpgsqlConnection Connection => _connection;

    /// <summary>The path of what users wrote: the base schema, then where extensions are; last what is temporary, which would come first unnamed.</summary>
    public string UsersPath { get; private set; } = "";

    public bool IsInTransaction { get; private set; }

    public static async Task<Session> OpenAsync(RunnerOptions options, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            // A pooled connection would bring another command's settings along, and keep our advisory lock.
            Pooling = false,
            Enlist = false,
            CommandTimeout = 0,
            // A vanished server or network is noticed while a long statement runs.
            TcpKeepAlive = true,
            KeepAlive = 30,
            IncludeErrorDetail = true,
        };
        settings.ApplicationName ??= "pgroll-build";
        // The driver's own queries would run before ours can set a path; the types that we read are those that it knows by itself.
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString).ConfigureTypeLoading(static types => types.EnableTypeLoading(false)).Build();
        var connection = source.CreateConnection();
        try
        {
            await connection.OpenAsync(ct);
            if (connection.PostgreSqlVersion.Major < 14)
                throw new PgRollException(ExitReason.Usage, $"The server is PostgreSQL {connection.PostgreSqlVersion}; 14 or newer is needed.");
            var session = new Session(source, connection, connection.PostgreSqlVersion.Major, options.BeforeCommit);
            await session.ConfigureAsync(options, ct);
            return session;
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            await source.DisposeAsync();
            throw error is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException ? Unreachable(settings, error) : error;
        }
    }

    public NpgsqlCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object?[] parameters)
    {
        await using var command = WithParameters(sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken ct, params object?[] parameters)
    {
        await using var command = WithParameters(sql, parameters);
        return await command.ExecuteScalarAsync(ct) is T value ? value : default;
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] parameters)
    {
        await using var command = WithParameters(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<T> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Whether a schema is there.</summary>
    public Task<bool> HasSchemaAsync(string name, CancellationToken ct) =>
        ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1)", ct, name);

    public async Task<Transaction> BeginAsync(CancellationToken ct)
    {
        var transaction = await _connection.BeginTransactionAsync(ct);
        IsInTransaction = true;
        return new(transaction, _beforeCommit is null ? null : ct => _beforeCommit(this, ct), () => IsInTransaction = false);
    }

    /// <summary>Sets the path; a transaction that fails takes it back.</summary>
    public Task SetPathAsync(string path, CancellationToken ct) => ExecuteAsync("SELECT pg_catalog.set_config('search_path', $1, false)", ct, path);

    public Task SetLockTimeoutAsync(TimeSpan timeout, CancellationToken ct) =>
        ExecuteAsync("SELECT pg_catalog.set_config('lock_timeout', $1, false)", ct, Milliseconds(timeout));

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }

    internal static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "ms";

    NpgsqlCommand WithParameters(string sql, object?[] parameters)
    {
        var command = Command(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>
    /// Makes the session's settings. How dates, intervals and numbers are printed stays as the database has it for everyone: an expression
    /// may print them, and its clients' triggers compute the same.
    /// </summary>
    public async Task ConfigureAsync(RunnerOptions options, CancellationToken ct)
    {
        // The path first, and with calls by their full names alone: until then it is somebody else's.
        await ExecuteAsync("SELECT pg_catalog.set_config('role', $1, false), pg_catalog.set_config('search_path', $2, false)", ct, options.Role ?? "none", OwnPath);
        UsersPath = (await ScalarAsync<string>(
            """
            SELECT pg_catalog.concat_ws(', ', pg_catalog.quote_ident($1), (
              SELECT pg_catalog.string_agg(DISTINCT pg_catalog.quote_ident(n.nspname), ', ')
              FROM pg_catalog.pg_extension e
              JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace AND n.nspname NOT IN ('pg_catalog', $1)), 'pg_temp')
            """, ct, options.Schema))!;
        await ExecuteAsync(
            """
            SELECT pg_catalog.set_config('lock_timeout', $1, false),
                   pg_catalog.set_config('statement_timeout', '0', false),
                   pg_catalog.set_config('standard_conforming_strings', 'on', false),
                   pg_catalog.set_config('jit', 'off', false),
                   pg_catalog.set_config('row_security', 'off', false),
                   pg_catalog.set_config('idle_in_transaction_session_timeout', $2, false),
                   pg_catalog.set_config('idle_session_timeout', '0', false),
                   pg_catalog.set_config('default_transaction_isolation', 'read committed', false),
                   pg_catalog.set_config('default_transaction_read_only', 'off', false),
                   pg_catalog.set_config('pgroll.no_inferred_migrations', 'TRUE', false)
            """, ct, Milliseconds(options.LockTimeout), Milliseconds(options.Silence));
        if (Major >= 17)
            await ExecuteAsync("SELECT pg_catalog.set_config('transaction_timeout', '0', false)", ct);
        try
        {
            // The server then ends our statement soon after our process ends, instead of holding its locks to the statement's end.
            await ExecuteAsync("SELECT pg_catalog.set_config('client_connection_check_interval', '1s', false)", ct);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            // A server on Windows cannot watch its clients; there a lost runner's statement runs to its end.
        }
    }

    /// <summary>Makes the settings anew after SQL of a user's: whatever it set, and cursors that it left, end with it.</summary>
    public async Task RestoreAsync(RunnerOptions options, CancellationToken ct)
    {
        await ExecuteAsync("RESET SESSION AUTHORIZATION", ct);
        await ExecuteAsync("RESET ALL", ct);
        await ExecuteAsync("CLOSE ALL", ct);
        await ConfigureAsync(options, ct);
    }

    static PgRollException Unreachable(NpgsqlConnectionStringBuilder settings, Exception error)
    {
        var where = $"{settings.Host ?? "localhost"}:{settings.Port}, database '{settings.Database ?? settings.Username}', user '{settings.Username}'";
        var reason = error is PostgresException server ? $"{server.SqlState}: {server.MessageText}" : error.GetBaseException().Message;
        return new(ExitReason.DatabaseError, $"Cannot connect to {where}: {reason.TrimEnd('.')}. Nothing was changed.", error);
    }
}
