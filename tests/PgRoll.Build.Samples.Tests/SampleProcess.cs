using System.Diagnostics;
using System.Text;

namespace PgRoll.Build.Samples.Tests;

/// <summary>The sample as it was built, run from a copy in a folder with blanks and from another current directory.</summary>
sealed class SampleProcess : IDisposable
{
    /// <summary>Far above what any run takes: a hanging run becomes a failed test.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    static readonly string Built = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "../../Rollout", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))));

    readonly string _folder = Directory.CreateTempSubdirectory("pgroll sample ").FullName;
    readonly StringBuilder _output = new();

    public SampleProcess()
    {
        foreach (var file in Directory.EnumerateFiles(Built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(Built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>What it has printed.</summary>
    public string Output => _output.ToString();

    public void Edit(string file, string old, string @new)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>Runs it to its end, interrupting it as Ctrl+C does when it prints a line that begins so.</summary>
    public async Task<int> RunAsync(IEnumerable<string> arguments, string? server = null, string? interruptAt = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_folder, "Rollout.dll"), .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (server is not null)
            start.Environment["PGROLL_TEST_POSTGRES"] = server;
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                _output.AppendLine(line);
                if (interruptAt is not null && line.StartsWith(interruptAt, StringComparison.Ordinal))
                    using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
                        await kill.WaitForExitAsync(timeout.Token);
            }
            _output.Append(await errors);
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The sample did not end within {Patience}:\n{Output}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
