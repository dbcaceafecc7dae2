using System.Collections.Concurrent;
using Npgsql;
using PgRoll.Build.LocalPostgres;

namespace PgRoll.Build.Testing;

/// <summary>A fresh database for one test, on a server that all tests of the process share.</summary>
sealed class TestDatabase : IAsyncDisposable
{
    static readonly ConcurrentDictionary<int, Lazy<Task<PostgresServer>>> Servers = new();

    readonly PostgresDatabase _database;

    static TestDatabase()
    {
#if TESTCONTAINERS
        LocalPostgres.Testcontainers.TestcontainersServers.Register();
#endif
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopServers();
    }

    TestDatabase(PostgresServer server, PostgresDatabase database)
    {
        Server = server;
        _database = database;
        DataSource = SourceOf(database.ConnectionString + ";Include Error Detail=true");
    }

    /// <summary>The majors to run on: PGROLL_TEST_POSTGRES_VERSION (a list is allowed), else one, and two in a long run.</summary>
    public static IReadOnlyList<int> SupportedMajors { get; } = PostgresServer.WantedMajors is { Count: > 0 } wanted ? wanted : IsLong ? [15, 17] : [15];

    /// <summary>For tests that must hold on every supported server: PGROLL_TEST_POSTGRES_VERSION, else all of them.</summary>
    public static IReadOnlyList<int> EveryMajor { get; } = PostgresServer.WantedMajors is { Count: > 0 } wanted ? wanted : [14, 15, 16, 17, 18];

    /// <summary>PGROLL_TEST_LONG=1: every row of every test on every server, and more of what is drawn or repeated.</summary>
    public static bool IsLong => LongRun.IsOn;

    public PostgresServer Server { get; }

    public int Major => Server.Major;

    public string ConnectionString => _database.ConnectionString;

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Where one row of a table of tests runs: on one of the servers that can, on all of them in a long run.</summary>
    /// <param name="row">Says which one, so that another row changes nothing for this one.</param>
    /// <param name="since">The first server that knows what the row is about.</param>
    public static IEnumerable<int> MajorsFor(string row, int since = 14)
    {
        List<int> able = [.. EveryMajor.Where(major => major >= since)];
        return IsLong || able.Count < 2 ? able : [able[LongRun.Hash(row) % able.Count]];
    }

    /// <summary>
    /// Whether the usual run has a row of a table in one of several tests that meet the same rows: each of them takes its part, and a long
    /// run all of them.
    /// </summary>
    /// <param name="row">Says which one, so that another row changes nothing for this one.</param>
    /// <param name="part">The test's part, from 0.</param>
    /// <param name="of">How many parts there are.</param>
    public static bool IsUsual(string row, int part, int of) => IsLong || LongRun.PartOf(row, of) == part;

    /// <param name="major">The first of <see cref="SupportedMajors"/> when the test does not mind.</param>
    /// <param name="template">Copied; what <see cref="CreateTemplateAsync"/> returned for the same major.</param>
    public static async Task<TestDatabase> CreateAsync(int? major = null, PostgresDatabase? template = null)
    {
        var server = await ServerAsync(major);
        return new TestDatabase(server, await server.CreateDatabaseAsync(template));
    }

    /// <summary>Reads none of the database's types: in a new one that takes longer than most of what a test asks of it.</summary>
    public static NpgsqlDataSource SourceOf(string connectionString) =>
        new NpgsqlDataSourceBuilder(connectionString).ConfigureTypeLoading(static types => types.EnableTypeLoading(false)).Build();

    /// <summary>A database that many tests copy: keep it in a static field; it goes with the server.</summary>
    public static async Task<PostgresDatabase> CreateTemplateAsync(string sql, int? major = null) =>
        await (await ServerAsync(major)).CreateTemplateAsync(async (source, cancellationToken) =>
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        });

    /// <summary>Starts the server at the first call; a failure is every test's failure.</summary>
    public static Task<PostgresServer> ServerAsync(int? major = null) =>
        Servers.GetOrAdd(major ?? SupportedMajors[0], wanted => new(() => PostgresServer.StartAsync(new PostgresOptions { Major = wanted, Settings = new Dictionary<string, string> { ["max_prepared_transactions"] = "10" } }))).Value;

    public async Task ExecuteAsync(string sql, params IEnumerable<object?> parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> ScalarAsync<T>(string sql, params IEnumerable<object?> parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async Task<IReadOnlyList<object?[]>> QueryAsync(string sql, params IEnumerable<object?> parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await _database.DisposeAsync();
    }

    NpgsqlCommand Command(string sql, IEnumerable<object?> parameters)
    {
        var command = DataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter ?? DBNull.Value });
        return command;
    }

    static void StopServers()
    {
        foreach (var server in Servers.Values.Where(server => server.IsValueCreated && server.Value.IsCompletedSuccessfully))
            server.Value.Result.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
