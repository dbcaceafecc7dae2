using System.Diagnostics;

namespace PgRoll.Build.Benchmarks.Data;

/// <summary>Other processes, run to their end.</summary>
static class Processes
{
    /// <summary>The SDK, as a terminal runs it, but leaving nothing behind.</summary>
    public static Task<Outcome> DotNetAsync(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        // Of the build that started this program.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        return RunAsync(start);
    }

    /// <summary>Throws what the process printed if it failed.</summary>
    public static async Task<Outcome> RunAsync(ProcessStartInfo start)
    {
        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var from = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var texts = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Peak(process));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(10));
        }
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        var output = string.Concat(await texts);
        return process.ExitCode == 0
            ? new(output, seconds, peak)
            : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}:{Environment.NewLine}{output}");
    }

    /// <summary>The system remembers the most it ever was, so looking now and then is enough.</summary>
    static long Peak(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}

/// <param name="Output">What it printed.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="PeakBytes">The most memory it had.</param>
sealed record Outcome(string Output, double Seconds, long PeakBytes);
