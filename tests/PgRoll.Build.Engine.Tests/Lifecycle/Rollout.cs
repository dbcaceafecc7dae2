using Npgsql;
using PgRoll.Build.Engine;
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
