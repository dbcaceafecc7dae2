namespace PgRoll.Build.LocalPostgres;

/// <summary>Starts a container of a major version with these arguments for <c>postgres</c>.</summary>
/// <param name="major">The major version.</param>
/// <param name="serverArguments">Arguments of the server's command line.</param>
/// <param name="cancellationToken">Gives up.</param>
public delegate Task<PostgresContainer> ContainerStarter(int major, IReadOnlyList<string> serverArguments, CancellationToken cancellationToken);

/// <summary>Where the container project makes itself known: it is left out of builds whose package source lacks its dependencies.</summary>
public static class PostgresContainers
{
    internal static ContainerStarter? Starter { get; private set; }

    /// <summary>Lets servers come from containers when a Docker engine answers.</summary>
    /// <param name="starter">Starts one.</param>
    public static void Register(ContainerStarter starter) => Starter = starter;
}
