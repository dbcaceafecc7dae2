namespace PgRoll.Build.LocalPostgres.Tests;

/// <summary>Places to search that have nothing; a test adds what it is about.</summary>
static class Scopes
{
    public static SearchScope Empty { get; } = new()
    {
        BinaryFolders = [],
        DockerEngine = new Uri("unix:///nowhere/docker.sock"),
        Packages = [],
        CacheFolder = "/nowhere",
        KeptFolder = "/nowhere",
    };

    public static Task<PostgresServer> StartAsync(this SearchScope scope, int? major = null) =>
        PostgresServer.StartAsync(new PostgresOptions { Major = major }, scope, CancellationToken.None);
}
