using System.Diagnostics;
using System.Runtime.InteropServices;
using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>How long a command takes that does nothing.</summary>
sealed class StartUpBenchmark : Benchmark
{
    public override string Name => "startup";

    public override string Description => "the runner's --version, compiled ahead (ReadyToRun)";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        var folder = Directory.CreateTempSubdirectory("pgroll-benchmark-").FullName;
        try
        {
            await Processes.DotNetAsync(Repository.Root, "publish", "src/PgRoll.Build.Cli", "-c", "Release", "-nologo", "--self-contained", "false",
                "-r", RuntimeInformation.RuntimeIdentifier, "-p:PublishReadyToRun=true", "-p:ArtifactsPath=" + Path.Combine(folder, "artifacts"), "-o", Path.Combine(folder, "tool"));
            List<double> version = [], help = [];
            var tool = Path.Combine(folder, "tool", "dotnet-pgroll");
            for (var i = 0; i < bench.Options.Rounds * 4; i++)
            {
                version.Add((await Processes.RunAsync(new ProcessStartInfo(tool, ["--version"]))).Seconds * 1_000);
                help.Add((await Processes.RunAsync(new ProcessStartInfo(tool, ["--help"]))).Seconds * 1_000);
            }
            return
            [
                Figure.AtMost("`dotnet pgroll --version`, ReadyToRun, process and all", new(version), "ms", 80),
                Figure.Told("`dotnet pgroll --help`", new(help), "ms"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
