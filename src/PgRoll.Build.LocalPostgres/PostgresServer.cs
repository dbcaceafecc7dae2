using Npgsql;

namespace PgRoll.Build.LocalPostgres;

/// <summary>A throw-away PostgreSQL server: given, found, in a container, or fetched, in this order.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    readonly Func<ValueTask> _stop;

    PostgresServer(string source, string connectionString, int major, bool isKept, Func<ValueTask> stop)
    {
        Source = source;
        ConnectionString = connectionString;
        Major = major;
        IsKept = isKept;
        _stop = stop;
    }

    /// <summary>The majors PGROLL_TEST_POSTGRES_VERSION lists; none when it is not set.</summary>
    public static IReadOnlyList<int> WantedMajors => SearchScope.Majors(Environment.GetEnvironmentVariable(SearchScope.VersionVariable));

    /// <summary>The server's major version.</summary>
    public int Major { get; }

    /// <summary>Connects the superuser to database <c>postgres</c>, unless the user gave another.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether its databases will be there when the next asks for a kept server.</summary>
    public bool IsKept { get; }

    /// <summary>Where the server came from, for people.</summary>
    public string Source { get; }

    /// <summary>Starts a server, or connects to the given one; throws <see cref="PostgresUnavailableException"/> with all reasons.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<PostgresServer> StartAsync(PostgresOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(options ?? new PostgresOptions(), SearchScope.FromEnvironment(), cancellationToken);

    internal static Task<PostgresServer> StartAsync(PostgresOptions options, SearchScope scope, CancellationToken cancellationToken) =>
        new ServerSearch(options, scope).StartAsync(cancellationToken);

    internal static async Task<PostgresServer> ConnectAsync(
        string source, string connectionString, Func<ValueTask> stop, CancellationToken cancellationToken, bool isKept = false)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            return new PostgresServer(source, connectionString, connection.PostgreSqlVersion.Major, isKept, stop);
        }
        catch
        {
            await stop();
            throw;
        }
    }

    /// <summary>Creates an empty database, or a copy of a template, with a name nobody else has.</summary>
    /// <param name="template">What <see cref="CreateTemplateAsync"/> returned.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PostgresDatabase> CreateDatabaseAsync(PostgresDatabase? template = null, CancellationToken cancellationToken = default)
    {
        var database = new PostgresDatabase(this, $"pgroll_{Guid.NewGuid():N}");
        // Copying the files of a small database is quicker than logging its pages; 14 knows no other way and has no clause for it.
        var strategy = Major >= 15 ? " STRATEGY file_copy" : "";
        await ExecuteAsync($"CREATE DATABASE {database.Name} TEMPLATE {template?.Name ?? "template0"}{strategy}", cancellationToken);
        return database;
    }

    /// <summary>Creates and fills a database that others are copied from.</summary>
    /// <param name="fill">Fills it; its sessions are closed afterwards.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PostgresDatabase> CreateTemplateAsync(
        Func<NpgsqlDataSource, CancellationToken, Task> fill, CancellationToken cancellationToken = default)
    {
        var template = await CreateDatabaseAsync(cancellationToken: cancellationToken);
        try
        {
            await using (var source = NpgsqlDataSource.Create(template.ConnectionString))
                await fill(source, cancellationToken);
            // An open session on the template makes the copy wait for five seconds and then fail.
            await ExecuteAsync($"ALTER DATABASE {template.Name} ALLOW_CONNECTIONS false", cancellationToken);
            return template;
        }
        catch
        {
            await template.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server and removes its data, unless it is kept; a server that was given is left alone.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await _stop();
    }

    internal async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
