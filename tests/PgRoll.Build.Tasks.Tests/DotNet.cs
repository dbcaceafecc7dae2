using System.Diagnostics;

namespace PgRoll.Build.Tasks.Tests;

/// <summary>Runs the SDK as a user would, except that nothing is left running and nothing of the test's own build leaks in.</summary>
static class DotNet
{
    /// <summary>Far above what any run takes: a hanging build becomes a failed test.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    static readonly string[] Leaks = ["MSBUILD", "PGROLL", "PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE"];

    public static Task<(int ExitCode, string Output)> RunAsync(string folder, params IEnumerable<string> arguments) =>
        RunAsync(folder, new Dictionary<string, string>(), arguments);

    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder, IReadOnlyDictionary<string, string> variables, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var leak in start.Environment.Keys.Where(name => Leaks.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
            start.Environment.Remove(leak);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["SharedCompilationId"] = CompilerServer.Id;
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["NUGET_PACKAGES"] = Path.Combine(PackageUnderTest.Root, "packages");

        foreach (var (name, value) in variables)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var texts = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(timeout.Token),
                process.StandardError.ReadToEndAsync(timeout.Token));
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, string.Concat(texts));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end within {Patience}.");
        }
    }
}
