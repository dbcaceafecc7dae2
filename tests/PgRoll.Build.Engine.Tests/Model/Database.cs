using Npgsql;
using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>A database in which stories happen one after another, each in a schema of its own, and a role whose path is set by ALTER ROLE.</summary>
sealed class Database : IAsyncDisposable
{
    readonly Rollout _rollout;
    readonly TestRole _role;
    readonly List<NpgsqlDataSource> _sources = [];
    int _stories;

    Database(Rollout rollout, TestRole role)
    {
        _rollout = rollout;
        _role = role;
    }

    public static async Task<Database> CreateAsync(int major)
    {
        var rollout = await Rollout.CreateAsync(major);
        return new(rollout, await TestRole.CreateAsync(rollout.Database));
    }

    /// <summary>Plays a story to its end.</summary>
    /// <exception cref="ModelException">The database and the oracle do not agree.</exception>
    public async Task<Play> PlayAsync(Story story)
    {
        var schema = $"m{++_stories}";
        var play = new Play(story, story.Sql(schema, isActive: false), _rollout.Options, await OpenAsync(_rollout.Database.ConnectionString, path: null), OpenAsync, _role.Name);
        try
        {
            await play.RunAsync();
            return play;
        }
        catch (Exception error) when (error is PostgresException or PgRollException)
        {
            throw new ModelException($"{error.Message}{(error is PostgresException { Detail: { } detail } ? $" ({detail})" : "")}");
        }
        finally
        {
            await play.DisposeAsync();
            await _rollout.Database.ExecuteAsync(string.Join(";", (await _rollout.Database.QueryAsync(
                "SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace WHERE nspname = $1 OR starts_with(nspname, $1 || '_')", schema)).Select(row => row[0])));
        }
    }

    /// <summary>A connection whose path comes from how it was opened.</summary>
    async Task<NpgsqlConnection> OpenAsync(Manner manner, string path)
    {
        if (manner == Manner.StartupOption)
            return await OpenAsync(_rollout.Database.ConnectionString, $"\"{path}\"");
        await _rollout.Database.ExecuteAsync($"ALTER ROLE {_role.Name} SET search_path = \"{path}\"");
        return await OpenAsync(_role.ConnectionString, null);
    }

    async Task<NpgsqlConnection> OpenAsync(string connectionString, string? path)
    {
        // Paths are many, and the driver would read the types anew for each.
        var source = TestDatabase.SourceOf(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            SearchPath = path,
            Timezone = "UTC",
            IncludeErrorDetail = true,
        }.ConnectionString);
        _sources.Add(source);
        return await source.OpenConnectionAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources)
            await source.DisposeAsync();
        await _role.DisposeAsync();
        await _rollout.DisposeAsync();
    }
}
