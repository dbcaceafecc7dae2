using Npgsql;

namespace PgRoll.Build.LocalPostgres;

/// <summary>A database of its own; disposing drops it, whoever is still connected.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    readonly PostgresServer _server;

    internal PostgresDatabase(PostgresServer server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>The database's name, in need of no quotes.</summary>
    public string Name { get; }

    /// <summary>Connects the superuser to it.</summary>
    public string ConnectionString { get; }

    /// <summary>Drops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await _server.ExecuteAsync($"DROP DATABASE {Name} WITH (FORCE)", CancellationToken.None);
    }
}
