namespace PgRoll.Build.LocalPostgres;

/// <summary>Where a server keeps its data and its socket.</summary>
internal static class ServerFolder
{
    const string Memory = "/dev/shm";
    const long EnoughMemory = 2L << 30;
    // A socket's path ends at 107 bytes (103 on macOS), and the names below this folder need their part.
    const int LongestParent = 60;

    public static string New(bool durable) =>
        Path.Combine(Parent(durable, FreeMemory(), Path.GetTempPath()), "pgroll-" + Path.GetRandomFileName().Replace(".", ""));

    /// <summary>In memory where there is room; durable data on disk, which a temporary folder need not be.</summary>
    public static string Parent(bool durable, long freeMemory, string temporaryFolder) =>
        durable ? "/var/tmp"
        : freeMemory >= EnoughMemory ? Memory
        : temporaryFolder.Length <= LongestParent ? temporaryFolder
        : "/tmp";

    static long FreeMemory() => new DriveInfo(Memory) is { IsReady: true } drive ? drive.AvailableFreeSpace : 0;
}
