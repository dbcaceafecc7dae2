using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace PgRoll.Build.Action.Tests;

/// <summary>The shell of a step, as the service starts it.</summary>
static class Shell
{
    public static async Task<(int Code, string Log)> RunAsync(string script, string folder, IEnumerable<KeyValuePair<string, string>> environment, Func<Process, string, Task>? during = null)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, script);
        try
        {
            var command = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", file]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
            foreach (var name in command.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal) || name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("RUNNER_", StringComparison.Ordinal)).ToList())
                command.Environment.Remove(name);
            command.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
            foreach (var (name, value) in environment)
                command.Environment[name] = value;
            using var process = Process.Start(command)!;
            process.StandardInput.Close();
            var log = new StringBuilder();
            await Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
            await process.WaitForExitAsync();
            return (process.ExitCode, log.ToString());

            async Task ReadAsync(StreamReader reader)
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    lock (log)
                        log.Append(line).Append('\n');
                    if (during is not null)
                        await during(process, line);
                }
            }
        }
        finally
        {
            File.Delete(file);
        }
    }
}
