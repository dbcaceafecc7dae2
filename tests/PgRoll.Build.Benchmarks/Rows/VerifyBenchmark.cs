using System.Diagnostics;
using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>What somebody waits for who has written a migration.</summary>
sealed class VerifyBenchmark : Benchmark
{
    const int History = 60;
    const string New = "0060_required";

    static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "dotnet-pgroll.dll");

    public override string Name => "verify";

    public override string Description => $"verify of one new file on a history of {History}: the first time on a machine that has the server's binaries, and from then on";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        using var project = new Project(History, withPackage: false);
        await File.WriteAllTextAsync(Path.Combine(project.Folder, "migrations", $"{New}.yaml"),
            """
            operations:
              - alter_column:
                  table: table_5
                  column: extra_5
                  nullable: false
                  up: coalesce(extra_5, name)
                  down: extra_5
            """);
        List<double> cold = [], warm = [];
        foreach (var _ in bench.Rounds)
        {
            // Binaries are there: fetching them is npm's time.
            using var cache = new ServerCache();
            cold.Add(await VerifyAsync(project, bench, cache));
            warm.Add(await VerifyAsync(project, bench, cache));
        }
        return
        [
            Figure.AtMost($"`verify` of one new file on {History} others, the first time", new(cold), "s", 60),
            Figure.AtMost("the same with their history kept from an earlier run", new(warm), "s", 15),
        ];
    }

    static async Task<double> VerifyAsync(Project project, Bench bench, ServerCache cache)
    {
        string[] version = bench.Options.Major is { } major ? ["--server-version", $"{major}"] : [];
        var start = new ProcessStartInfo("dotnet", [Tool, "verify", "migrations", "--since", New, .. version]) { WorkingDirectory = project.Folder };
        start.Environment["XDG_CACHE_HOME"] = cache.Path;
        return (await Processes.RunAsync(start)).Seconds;
    }
}
