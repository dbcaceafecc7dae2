using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Engine;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Benchmarks;

/// <summary>What benchmarks have in common: a server on disk with durable settings, started when the first one asks, and how often they measure.</summary>
sealed class Bench(BenchOptions options) : IAsyncDisposable
{
    readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartAsync(new PostgresOptions
    {
        Major = options.Major,
        Durable = true,
        // Files of the log are used again, as on a server that has been busy for a while; a young one makes them first, and everybody waits.
        Settings = new Dictionary<string, string> { ["min_wal_size"] = "1GB" },
    }));

    public BenchOptions Options => options;

    /// <summary>Null as long as no benchmark needed one.</summary>
    public PostgresServer? Server => _server.IsValueCreated && _server.Value.IsCompletedSuccessfully ? _server.Value.Result : null;

    /// <summary>Drawn beside the report, by name.</summary>
    public Dictionary<string, string> Charts { get; } = [];

    public IEnumerable<int> Rounds => Enumerable.Range(0, options.Rounds);

    /// <summary>A database that each round begins with a copy of: initialised, and at its first version.</summary>
    /// <param name="migration">Makes the first version.</param>
    /// <param name="fill">SQL that runs then.</param>
    /// <param name="then">A migration after it: what the SQL made of the schema is known from then on, and no drift.</param>
    public async Task<PostgresDatabase> TemplateAsync(string migration, string fill, string? then = null) => await (await _server.Value).CreateTemplateAsync(async (source, ct) =>
    {
        var runner = new MigrationRunner(new(source.ConnectionString));
        await runner.InitializeAsync(ct);
        await runner.StartAsync([File("01_base", migration)], ct);
        await runner.CompleteAsync(ct);
        await ExecuteAsync(source.ConnectionString, fill);
        if (then is not null)
        {
            await runner.StartAsync([File("01_then", then)], ct);
            await runner.CompleteAsync(ct);
        }
        await ExecuteAsync(source.ConnectionString, "VACUUM (FREEZE, ANALYZE)");
    });

    /// <summary>The copy is on disk before anything is measured.</summary>
    public async Task<PostgresDatabase> CopyAsync(PostgresDatabase template)
    {
        var copy = await (await _server.Value).CreateDatabaseAsync(template);
        await ExecuteAsync(copy.ConnectionString, "CHECKPOINT");
        return copy;
    }

    public static MigrationFile File(string name, string operations) => new(name + ".yaml", operations);

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        // A session that lingers in a pool keeps a template from being copied.
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is { } server)
            await server.DisposeAsync();
    }
}

/// <summary>What the command line asks for.</summary>
/// <param name="Major">The server's major version; null for whichever is found.</param>
/// <param name="Rounds">How often each thing is measured.</param>
/// <param name="Rows">Rows of the large table.</param>
sealed record BenchOptions(int? Major, int Rounds, int Rows);
