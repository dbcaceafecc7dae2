using System.Diagnostics;

namespace PgRoll.Build.LocalPostgres.Tests;

/// <summary>Another process that uses the library, on a server of its own.</summary>
static class HostProcess
{
    public static Process Start(params IEnumerable<string> arguments)
    {
        var command = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "PgRoll.Build.LocalPostgres.Host.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        command.Environment.Remove(SearchScope.ConnectionVariable);
        return Process.Start(command)!;
    }
}
