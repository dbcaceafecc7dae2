using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace PgRoll.Build.LocalPostgres;

/// <summary>The data folder of a kept server, held by one process at a time.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class KeptData : IDisposable
{
    // Part of what data were made by: another number makes everybody's anew.
    const int Form = 1;
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly FileStream _lock;

    KeptData(string folder, FileStream fileLock) => (Folder, _lock) = (folder, fileLock);

    public string Folder { get; }

    /// <summary>Those of the binaries' major, held from now on.</summary>
    /// <exception cref="IOException">Somebody has them, or there is no place for them.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is another user's.</exception>
    /// <exception cref="PostgresUnavailableException">The server's user could not get there.</exception>
    public static async Task<KeptData> TakeAsync(string parent, LocalBinaries binaries, CancellationToken cancellationToken)
    {
        PackageArchive.CreateFolder(parent);
        ServerUser.RequireReachable(parent);
        var folder = Path.Combine(parent, binaries.Major.ToString(CultureInfo.InvariantCulture));
        var data = new KeptData(Path.Combine(folder, "data"), new($"{folder}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        try
        {
            Make(folder);
            await data.WaitForServerAsync(cancellationToken);
            // Beside the folder, where the server's user cannot put a link in its place.
            data.RequireMaker($"{folder}.maker", $"{Form}\n{binaries.Folder}\n{binaries.Version}\n");
            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Removes what is there: the next server begins with nothing.</summary>
    public void Remove()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    public void Dispose() => _lock.Dispose();

    static void Make(string folder)
    {
        if (Directory.Exists(folder))
            return;
        Directory.CreateDirectory(folder, Private);
        if (ServerUser.Name is not { } user)
            return;
        using var chown = Process.Start("chown", [user, folder]);
        chown.WaitForExit();
    }

    /// <summary>Whoever had the data before is gone, or dead: then its server is still ending.</summary>
    async Task WaitForServerAsync(CancellationToken cancellationToken)
    {
        for (var left = Patience; IsServed(); left -= PollInterval)
        {
            if (left <= TimeSpan.Zero)
                throw new IOException($"a server still runs on '{Folder}'.");
            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    bool IsServed()
    {
        try
        {
            using var server = Process.GetProcessById(int.Parse(File.ReadLines(Path.Combine(Folder, "postmaster.pid")).First(), CultureInfo.InvariantCulture));
            return server.ProcessName == "postgres";
        }
        catch (Exception none) when (none is IOException or InvalidOperationException or ArgumentException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Other binaries may sort or store otherwise.</summary>
    void RequireMaker(string file, string maker)
    {
        if (File.Exists(file) && File.ReadAllText(file) == maker)
            return;
        Remove();
        File.WriteAllText(file, maker);
    }
}
