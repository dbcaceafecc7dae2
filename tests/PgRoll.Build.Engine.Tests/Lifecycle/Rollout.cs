using Npgsql;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>A database of its own, and a runner on it.</summary>
sealed class Rollout : IAsyncDisposable
{
    readonly TestDatabase _database;

    Rollout(TestDatabase database)
    {
        _database = database;
        Options = new(database.ConnectionString);
    }

    public RunnerOptions Options { get; }

    public TestDatabase Database => _database;

    public MigrationRunner Runner => new(Options);

    public static async Task<Rollout> CreateAsync(int? major = null)
    {
        var rollout = new Rollout(await TestDatabase.CreateAsync(major));
        await rollout.Runner.InitializeAsync();
        return rollout;
    }

    /// <summary>A database at the case's start: its earlier migrations complete, its rows inserted.</summary>
    public static async Task<Rollout> PrepareAsync(Case @case, int? major = null)
    {
        var rollout = await CreateAsync(major);
        foreach (var file in @case.Before)
            await rollout.ApplyAsync(file);
        if (@case.Seed.Length > 0)
            await rollout.Database.ExecuteAsync(@case.Seed);
        return rollout;
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

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
