using System.Diagnostics;
using System.Text;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Samples.Tests;

/// <summary>The folder of the sample, in which somebody types: the application as it was built, on a port of its own, and the command line.</summary>
sealed class WebSample(string database, bool qualifyTables = false) : IAsyncDisposable
{
    /// <summary>Far above what any command takes: one that hangs becomes a failed test.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    static readonly string Folder = Repository.Combine("samples", "Web");

    readonly StringBuilder _output = new();
    Process? _application;

    public HttpClient Client { get; } = new() { Timeout = Patience };

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>What the README tells to type.</summary>
    public static IReadOnlyList<string> ReadmeLines() =>
        File.ReadAllText(Path.Combine(Folder, "README.md")).Split("```sh\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command of `dotnet pgroll` to its end.</summary>
    public async Task RunAsync(string line)
    {
        Assert.StartsWith("dotnet pgroll ", line);
        using var process = Start([Built("PgRoll.Build.Cli", "dotnet-pgroll.dll"), .. line.Split(' ')[2..]]);
        using var timeout = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(timeout.Token);
        Assert.AreEqual(0, process.ExitCode, $"{line}\n{Output}");
    }

    /// <summary>Starts the application, and waits until it listens.</summary>
    public async Task StartAsync()
    {
        var listening = new TaskCompletionSource<string>();
        _application = Start([Built("Web", "Web.dll"), "--urls", "http://127.0.0.1:0"], line =>
        {
            if (line.Split("Now listening on: ") is [_, var address])
                listening.TrySetResult(address);
        });
        Client.BaseAddress = new(await listening.Task.WaitAsync(Patience));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_application is null)
            return;
        _application.Kill();
        await _application.WaitForExitAsync();
        _application.Dispose();
    }

    Process Start(IEnumerable<string> arguments, Action<string>? read = null)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGROLL_PG_URL"] = start.Environment["ConnectionStrings__Shop"] = database;
        start.Environment["QualifyTables"] = $"{qualifyTables}";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Take(e.Data, read);
        process.ErrorDataReceived += (_, e) => Take(e.Data, null);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    void Take(string? line, Action<string>? read)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        read?.Invoke(line);
    }

    /// <summary>What the build of the tests has built as well, in the same configuration.</summary>
    static string Built(string project, string file) => Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "../..", project, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), file));
}
