using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests;

/// <summary>A role without any rights, for one test: roles belong to the server, not to the test's database.</summary>
sealed class TestRole : IAsyncDisposable
{
    readonly TestDatabase _database;

    TestRole(TestDatabase database, string name)
    {
        _database = database;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = name, Password = name }.ConnectionString;
    }

    /// <summary>Needs no quotes.</summary>
    public string Name { get; }

    public string ConnectionString { get; }

    public static async Task<TestRole> CreateAsync(TestDatabase database)
    {
        var role = new TestRole(database, $"role_{Guid.NewGuid():n}");
        await database.ExecuteAsync($"CREATE ROLE {role.Name} LOGIN PASSWORD '{role.Name}'");
        return role;
    }

    public async ValueTask DisposeAsync() => await _database.ExecuteAsync($"DROP OWNED BY {Name}; DROP ROLE {Name}");
}
