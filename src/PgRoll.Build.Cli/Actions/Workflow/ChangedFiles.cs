using System.ComponentModel;
using System.Diagnostics;

namespace PgRoll.Build.Cli.Actions.Workflow;

/// <summary>The files that differ from a commit, as git knows them.</summary>
static class ChangedFiles
{
    /// <summary>Their full paths; null where git cannot tell, with what it said.</summary>
    public static async Task<(IReadOnlySet<string>? Files, string Error)> SinceAsync(string commit, CancellationToken ct)
    {
        // What stands behind --end-of-options is no option, whatever it is spelled like.
        var command = new ProcessStartInfo("git", ["diff", "--name-only", "-z", "--diff-filter=ACMR", "--relative", "--end-of-options", $"{commit}...HEAD", "--"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(command)!;
            var error = git.StandardError.ReadToEndAsync(ct);
            var output = await git.StandardOutput.ReadToEndAsync(ct);
            await git.WaitForExitAsync(ct);
            return git.ExitCode == 0
                ? (output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath).ToHashSet(), "")
                : (null, (await error).Trim());
        }
        catch (Win32Exception error)
        {
            return (null, error.Message);
        }
    }
}
