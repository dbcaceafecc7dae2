using System.Diagnostics;
using System.Runtime.Versioning;

namespace PgRoll.Build.LocalPostgres;

/// <summary>Who PostgreSQL runs as: it refuses to run as root.</summary>
internal static class ServerUser
{
    /// <summary><c>null</c> is the current user.</summary>
    public static string? Name => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? "nobody" : null;

    public static ProcessStartInfo Command(string file, params IEnumerable<string> arguments)
    {
        var command = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Name is { } user)
            command.UserName = user;
        return command;
    }

    /// <summary>A closed folder above the binaries would show as a missing library.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void RequireReachable(string folder) => RequireReachable(folder, Name);

    [UnsupportedOSPlatform("windows")]
    public static void RequireReachable(string folder, string? user)
    {
        if (user is null)
            return;
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
            if (place.Exists && !place.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                throw new PostgresUnavailableException(
                    $"'{folder}' cannot be used by user '{user}' (PostgreSQL does not run as root): '{place.FullName}' is closed to others. Make it o+x or use another folder.");
    }
}
