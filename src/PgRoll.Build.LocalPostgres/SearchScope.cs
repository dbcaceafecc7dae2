using System.Globalization;

namespace PgRoll.Build.LocalPostgres;

/// <summary>The places a server is looked for.</summary>
internal sealed record SearchScope
{
    public const string ConnectionVariable = "PGROLL_TEST_POSTGRES";
    public const string VersionVariable = "PGROLL_TEST_POSTGRES_VERSION";

    public string? ConnectionString { get; init; }
    public int? Major { get; init; }
    public required IReadOnlyList<string> BinaryFolders { get; init; }
    public required Uri DockerEngine { get; init; }
    public ContainerStarter? Containers { get; init; }
    public required IReadOnlyList<EmbeddedPackage> Packages { get; init; }
    public required string CacheFolder { get; init; }
    public required string KeptFolder { get; init; }

    public static SearchScope FromEnvironment() => new()
    {
        ConnectionString = Environment.GetEnvironmentVariable(ConnectionVariable),
        Major = PostgresServer.WantedMajors is [var first, ..] ? first : null,
        BinaryFolders = LocalBinaries.UsualFolders(),
        DockerEngine = DockerEngineProbe.Address(Environment.GetEnvironmentVariable("DOCKER_HOST")),
        Containers = PostgresContainers.Starter,
        Packages = PinnedPackages.ForThisMachine(),
        CacheFolder = Cached("postgres"),
        KeptFolder = Cached("servers"),
    };

    /// <summary>The variable may hold a list: tests then run once for each.</summary>
    public static IReadOnlyList<int> Majors(string? list)
    {
        var words = (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new FormatException($"{VersionVariable}={list}: '{word}' is no major version; give one like 17, or a list like 15,17."))];
    }

    // root's own home is closed to the user the server runs as.
    static string Cached(string folder) => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : ServerUser.Name is not null ? "/var/cache"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "pgroll-build", folder);
}
