using Npgsql;
using Npgsql.Replication;
using NpgsqlTypes;
using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>
/// A server of the test's own, for its replicas are everybody's, with a table that takes a backfill longer than the moment between two
/// looks at the replicas: 400 blocks.
/// </summary>
sealed class ReplicatedServer : IAsyncDisposable
{
    public static readonly MigrationFile Change =
        Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\", down: d }");

    const string Name = "reader";

    readonly PostgresServer _server;
    readonly NpgsqlDataSource _source;

    ReplicatedServer(PostgresServer server, string connectionString)
    {
        _server = server;
        _source = NpgsqlDataSource.Create(connectionString + ";Include Error Detail=true");
        Options = new(connectionString + ";Application Name=runner") { BackfillBatchSize = 1, BackfillBatchDelay = TimeSpan.FromMilliseconds(10), MaxReplicaLag = TimeSpan.FromMilliseconds(500) };
    }

    /// <summary>Batches of a block, slow enough for a second look.</summary>
    public RunnerOptions Options { get; }

    public static async Task<ReplicatedServer> StartAsync(int major)
    {
        var server = await PostgresServer.StartAsync(new() { Major = major, Settings = new Dictionary<string, string> { ["wal_level"] = "logical" } });
        // Databases go with their server: one that a subscription uses cannot be dropped.
        var replicated = new ReplicatedServer(server, (await server.CreateDatabaseAsync()).ConnectionString);
        var runner = new MigrationRunner(replicated.Options);
        await runner.InitializeAsync();
        await runner.StartAsync(
        [
            Yaml.File("01_tables",
                """
                - create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }, { name: filler, type: text }] }
                - create_table: { name: sent, columns: [{ name: id, type: int, pk: true }] }
                """),
        ]);
        await runner.CompleteAsync();
        await replicated.ExecuteAsync("INSERT INTO t SELECT i, nullif(i % 2, 0)::text, repeat('x', 1900) FROM generate_series(1, 1600) i");
        return replicated;
    }

    /// <summary>A subscription whose worker waits for a lock until the result is disposed.</summary>
    public async Task<IAsyncDisposable> SubscribeAndHoldAsync()
    {
        await ExecuteAsync("CREATE PUBLICATION sent FOR TABLE sent");
        await ExecuteAsync($"SELECT pg_create_logical_replication_slot('{Name}', 'pgoutput')");
        var own = new NpgsqlConnectionStringBuilder(_source.ConnectionString);
        var reader = new NpgsqlConnection((await _server.CreateDatabaseAsync()).ConnectionString);
        await reader.OpenAsync();
        await ExecuteAsync(reader, "CREATE TABLE sent (id int PRIMARY KEY)");
        await ExecuteAsync(reader,
            $"""
             CREATE SUBSCRIPTION {Name} CONNECTION 'host={own.Host} port={own.Port} user={own.Username} password=''{own.Password}'' dbname={own.Database}'
             PUBLICATION sent WITH (create_slot = false, copy_data = false)
             """);
        await ExecuteAsync(reader, "BEGIN; LOCK sent");
        await ExecuteAsync("INSERT INTO sent VALUES (1)");
        await UntilAsync(1L, "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation'");
        return reader;
    }

    /// <summary>Receives the log until the result is disposed.</summary>
    /// <param name="replays">Whether it says how far it is: here, and no further. Else it only stores, like pg_receivewal.</param>
    public async Task<IAsyncDisposable> ReceiveAsync(bool replays)
    {
        var connection = new PhysicalReplicationConnection(Options.ConnectionString.Replace("=runner", $"={Name}", StringComparison.Ordinal)) { WalReceiverStatusInterval = TimeSpan.FromMilliseconds(100) };
        await connection.Open();
        var here = (await connection.IdentifySystem()).XLogPos;
        if (replays)
            connection.SetReplicationStatus(here);
        var stop = new CancellationTokenSource();
        var receives = ReceiveAsync(connection, here, stop.Token);
        await UntilAsync(1L, $"SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND reply_time IS NOT NULL AND {replays} = (replay_lsn IS NOT NULL)");
        return new Receiver(connection, stop, receives);
    }

    /// <summary>Until the runner has looked at the replicas twice from now on.</summary>
    public async Task UntilLookedAsync()
    {
        for (var looks = 0; looks < 2; looks++)
        {
            var now = await ScalarAsync<string>("SELECT clock_timestamp()::text");
            await UntilAsync(true, $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'runner' AND query LIKE '%pg_stat_replication%' AND query_start > '{now}')");
        }
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _server.DisposeAsync();
    }

    static async Task ReceiveAsync(PhysicalReplicationConnection connection, NpgsqlLogSequenceNumber from, CancellationToken ct)
    {
        await foreach (var _ in connection.StartReplication(from, ct))
        {
        }
    }

    async Task UntilAsync<T>(T expected, string query)
    {
        while (!Equals(expected, await ScalarAsync<T>(query)))
            await Task.Delay(50);
    }

    async Task ExecuteAsync(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await ExecuteAsync(connection, sql);
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    sealed class Receiver(PhysicalReplicationConnection connection, CancellationTokenSource stop, Task receives) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await receives.ContinueWith(static _ => { }, TaskScheduler.Default);
            await connection.DisposeAsync();
            stop.Dispose();
        }
    }
}
