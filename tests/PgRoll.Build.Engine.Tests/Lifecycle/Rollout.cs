using System.Collections.Concurrent;
using Npgsql;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>A database of its own, and a runner on it: a superuser's, or one of a plain role that may create in the base schema and in the database.</summary>
sealed class Rollout : IAsyncDisposable
{
    static readonly ConcurrentDictionary<int, Lazy<Task<PostgresDatabase>>> Initialized = new();

    readonly TestDatabase _database;
    readonly TestRole? _owner;

    Rollout(TestDatabase database, TestRole? owner)
    {
        _database = database;
        _owner = owner;
        Options = new($"{owner?.ConnectionString ?? database.ConnectionString};Include Error Detail=true");
    }

    public RunnerOptions Options { get; }

    public TestDatabase Database => _database;

    /// <summary>The runner's plain role; null where it is the superuser's.</summary>
    public TestRole? Owner => _owner;

    /// <summary>Runs SQL as the runner's plain role.</summary>
    public Task AsOwnerAsync(string sql) => _owner!.ExecuteAsync(sql);

    public MigrationRunner Runner => new(Options);

    public static async Task<Rollout> CreateAsync(int? major = null) => new(await TestDatabase.CreateAsync(major, await InitializedAsync(major)), null);

    /// <summary>What most tests begin with is made once for each server, and copied.</summary>
    static Task<PostgresDatabase> InitializedAsync(int? major) => Initialized.GetOrAdd(major ?? TestDatabase.SupportedMajors[0], static wanted => new(async () =>
        await (await TestDatabase.ServerAsync(wanted)).CreateTemplateAsync(static (source, ct) => new MigrationRunner(new(source.ConnectionString)).InitializeAsync(ct)))).Value;

    /// <summary>With a runner that is neither superuser nor owner of the database.</summary>
    public static async Task<Rollout> CreatePlainAsync(int? major = null)
    {
        var database = await TestDatabase.CreateAsync(major);
        var rollout = new Rollout(database, await TestRole.CreateOwnerAsync(database));
        await rollout.Runner.InitializeAsync();
        return rollout;
    }

    /// <summary>A database at the case's start: its earlier migrations complete, its rows inserted, all of it by a plain role.</summary>
    public static async Task<Rollout> PrepareAsync(Case @case, int? major = null)
    {
        var rollout = await CreatePlainAsync(major);
        await rollout.PrepareAsync(@case, rollout.AsOwnerAsync);
        return rollout;
    }

    /// <summary>The same by a superuser, as pgroll must be one to initialise a database.</summary>
    public static async Task<Rollout> PrepareBySuperuserAsync(Case @case, int? major = null)
    {
        var rollout = await CreateAsync(major);
        await rollout.PrepareAsync(@case, sql => rollout.Database.ExecuteAsync(sql));
        return rollout;
    }

    async Task PrepareAsync(Case @case, Func<string, Task> seed)
    {
        foreach (var file in @case.Before)
            await ApplyAsync(file);
        if (@case.Seed.Length > 0)
            await seed(@case.Seed);
    }

    public async Task ApplyAsync(MigrationFile file)
    {
        await Runner.StartAsync([file]);
        await Runner.CompleteAsync();
    }

    /// <summary>Runs SQL as a client whose search path is the given one; the rows of its last result, columns separated by bars.</summary>
    public async Task<IReadOnlyList<string>> AsAsync(string path, string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await using (var set = new NpgsqlCommand("SELECT set_config('search_path', $1, false)", connection) { Parameters = { new() { Value = path } } })
            await set.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));
        return rows;
    }

    /// <summary>Everything but the state schema, which remembers the history.</summary>
    public Task<string> CatalogAsync() => CatalogDump.ReadAsync(_database.DataSource, Options.StateSchema);

    public Task<Schema> SchemaAsync(string? versionSchema) => ReadSchemaAsync(Options, versionSchema);

    public static async Task<Schema> ReadSchemaAsync(RunnerOptions options, string? versionSchema)
    {
        await using var session = await Session.OpenAsync(options, CancellationToken.None);
        return await new SchemaReader(session).ReadAsync(options.Schema, versionSchema, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_owner is not null)
            await _owner.DisposeAsync();
        await _database.DisposeAsync();
    }
}
