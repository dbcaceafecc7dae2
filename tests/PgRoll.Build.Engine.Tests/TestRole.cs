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
        ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = name, Password = "secret" }.ConnectionString;
    }

    /// <summary>Needs no quotes, unless the test wants it to.</summary>
    public string Name { get; }

    public string Quoted => new SqlText.Ident(Name).ToString();

    public string ConnectionString { get; }

    /// <param name="database">The database whose server it is for.</param>
    /// <param name="ending">More of its name, which then may need quotes.</param>
    public static async Task<TestRole> CreateAsync(TestDatabase database, string ending = "")
    {
        var role = new TestRole(database, $"role_{Guid.NewGuid():n}{ending}");
        await database.ExecuteAsync($"CREATE ROLE {role.Quoted} LOGIN PASSWORD 'secret'");
        return role;
    }

    /// <summary>A role that may create in the base schema and in the database, as one that migrates does; it owns nothing yet.</summary>
    public static async Task<TestRole> CreateOwnerAsync(TestDatabase database)
    {
        var role = await CreateAsync(database);
        await database.ExecuteAsync(
            $"""
             GRANT CREATE ON DATABASE "{new NpgsqlConnectionStringBuilder(database.ConnectionString).Database}" TO {role.Name};
             GRANT CREATE, USAGE ON SCHEMA public TO {role.Name};
             """);
        return role;
    }

    /// <summary>Runs SQL as this role.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var source = TestDatabase.SourceOf(ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await _database.ExecuteAsync($"DROP OWNED BY {Quoted} CASCADE; DROP ROLE {Quoted}");
}
