using PgRoll.Build.LocalPostgres;

namespace PgRoll.Build.Testing;

/// <summary>A cache folder (XDG_CACHE_HOME) for the kept servers of one test; binaries that were fetched before are in it.</summary>
sealed class ServerCache : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pgroll-cache-");

    public ServerCache()
    {
        // The server may run as another user.
        if (!OperatingSystem.IsWindows())
            _folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var binaries = SearchScope.FromEnvironment().CacheFolder;
        if (Directory.Exists(binaries))
            Directory.CreateSymbolicLink(System.IO.Path.Combine(_folder.CreateSubdirectory("pgroll-build").FullName, System.IO.Path.GetFileName(binaries)), binaries);
    }

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
