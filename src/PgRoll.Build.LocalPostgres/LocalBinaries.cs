using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace PgRoll.Build.LocalPostgres;

/// <summary>A folder with <c>postgres</c> and <c>initdb</c> of one major version.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Major">Its major version.</param>
/// <param name="Version">Another text for other binaries.</param>
internal sealed partial record LocalBinaries(string Folder, int Major, string Version)
{
    static readonly string[] Programs = ["initdb", "postgres", "pg_ctl"];

    /// <summary>Distributions, Homebrew, Postgres.app, then PATH.</summary>
    public static IReadOnlyList<string> UsualFolders() =>
    [
        .. Matching("/usr/lib/postgresql", "*", "bin"),
        .. Matching("/usr", "pgsql-*", "bin"),
        .. Matching("/opt/homebrew/opt", "postgresql*", "bin"),
        .. Matching("/usr/local/opt", "postgresql*", "bin"),
        .. Matching("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>The wanted major, or the newest.</summary>
    [UnsupportedOSPlatform("windows")]
    public static async Task<LocalBinaries> FindAsync(IReadOnlyList<string> folders, int? major, CancellationToken cancellationToken)
    {
        var found = new List<LocalBinaries>();
        foreach (var folder in folders.Distinct().Where(IsComplete))
            if (await AskAsync(folder, cancellationToken) is { } binaries)
                found.Add(binaries);

        var best = found.Where(binaries => major is null || binaries.Major == major).MaxBy(binaries => binaries.Major);
        if (best is null)
            throw new PostgresUnavailableException(found is []
                ? $"no folder holds initdb, postgres and a pg_ctl that tells its version (looked in {string.Join(", ", folders)})."
                : $"found {string.Join(", ", found.Select(binaries => $"{binaries.Major} in {binaries.Folder}"))}, wanted {major}.");
        ServerUser.RequireReachable(best.Folder);
        return best;
    }

    static bool IsComplete(string folder) =>
        Programs.All(program => File.Exists(Path.Combine(folder, program)));

    // The folder's name may lie; the program does not.
    static async Task<LocalBinaries?> AskAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(ServerUser.Command(Path.Combine(folder, "pg_ctl"), "--version"))!;
            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return VersionLine().Match(output) is { Success: true } match
                ? new(folder, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), output.Trim())
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    static IEnumerable<string> Matching(string parent, string pattern, string child) =>
        Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, pattern).Order().Select(folder => Path.Combine(folder, child)) : [];

    [GeneratedRegex(@"^pg_ctl \(PostgreSQL\) (\d+)")]
    private static partial Regex VersionLine();
}
