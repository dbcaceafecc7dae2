using System.Diagnostics;
using System.Text;

namespace PgRoll.Build.Cli.Tests.Processes;

/// <summary>The tool as a process of its own.</summary>
sealed class ToolProcess : IDisposable
{
    readonly Process _process;
    readonly StringBuilder _error = new();
    readonly Task<string> _output;

    ToolProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "dotnet-pgroll.dll");

    public static ToolProcess Start(string? url, params string[] arguments) => new(Process.Start(Command("dotnet", url, [Path, .. arguments]))!);

    /// <summary>With variables besides.</summary>
    public static ToolProcess Start(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var command = Command("dotnet", null, [Path, .. arguments]);
        foreach (var (name, value) in variables)
            command.Environment[name] = value;
        return new(Process.Start(command)!);
    }

    /// <summary>A command in an environment without settings of the tool's or of libpq's.</summary>
    public static ProcessStartInfo Command(string program, string? url, IEnumerable<string> arguments)
    {
        var command = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in command.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal) || name is "NO_COLOR").ToList())
            command.Environment.Remove(name);
        if (url is not null)
            command.Environment["PGROLL_PG_URL"] = url;
        return command;
    }

    /// <summary>Waits for a line on standard error.</summary>
    public async Task<string> ErrorLineAsync(string part)
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _error.AppendLine(line);
            if (line.Contains(part, StringComparison.Ordinal))
                return line;
        }
        Assert.Fail($"The tool ended without saying '{part}':\n{_error}");
        return "";
    }

    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it as nothing can be prepared for, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<Outcome> EndAsync()
    {
        _error.Append(await _process.StandardError.ReadToEndAsync());
        await _process.WaitForExitAsync();
        return new(_process.ExitCode, await _output, _error.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
