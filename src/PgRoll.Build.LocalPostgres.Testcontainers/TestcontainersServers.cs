using Testcontainers.PostgreSql;

namespace PgRoll.Build.LocalPostgres.Testcontainers;

/// <summary>Servers from the official PostgreSQL images.</summary>
public static class TestcontainersServers
{
    /// <summary>Makes containers one of the ways to a server.</summary>
    public static void Register() => PostgresContainers.Register(StartAsync);

    static async Task<PostgresContainer> StartAsync(int major, IReadOnlyList<string> serverArguments, CancellationToken cancellationToken)
    {
        // Dynamic, because the builder's base classes speak of the Docker client's types, which a build in mode "compile" does not have.
        dynamic builder = new PostgreSqlBuilder($"postgres:{major}-alpine").WithDatabase("postgres").WithUsername("postgres");
        PostgreSqlContainer container = builder.WithCommand(serverArguments.ToArray()).Build();
        try
        {
            await container.StartAsync(cancellationToken);
            return new PostgresContainer(container.GetConnectionString(), container.DisposeAsync);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }
}
