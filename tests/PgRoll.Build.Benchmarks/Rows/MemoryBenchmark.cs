using System.Diagnostics;
using PgRoll.Build.Benchmarks.Data;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>The most memory that the runner's process ever had.</summary>
sealed class MemoryBenchmark : Benchmark
{
    const double Megabyte = 1 << 20;

    public override string Name => "memory";

    public override string Description => "the runner's memory in start, by rows and by tables";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        List<Series> byRows = [];
        foreach (var rows in new[] { bench.Options.Rows / 10, bench.Options.Rows })
            byRows.Add(await StartAsync(bench, Items.Create, Items.Fill(rows), Items.Change));
        var tables = await StartAsync(bench, ManyTables.First, ManyTables.Create(2_000), ManyTables.AddColumn("added"));
        return
        [
            Figure.AtMost($"memory of `start` on {bench.Options.Rows:#,0} rows, against {bench.Options.Rows / 10:#,0}", byRows[1], byRows[0], 1.1,
                $"{Figure.Short(byRows[1].Median)} MB against {Figure.Short(byRows[0].Median)} MB"),
            Figure.AtMost("memory of `start` at 2,000 tables", tables, "MB", 120),
        ];
    }

    static async Task<Series> StartAsync(Bench bench, string create, string fill, string change)
    {
        await using var template = await bench.TemplateAsync(create, fill, then: ManyTables.Nothing);
        var folder = Directory.CreateTempSubdirectory("pgroll-benchmark-");
        try
        {
            var file = Path.Combine(folder.FullName, "02_change.yaml");
            await File.WriteAllTextAsync(file, change);
            List<double> megabytes = [];
            foreach (var _ in bench.Rounds)
            {
                await using var copy = await bench.CopyAsync(template);
                var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dotnet-pgroll.dll"), "start", file]);
                start.Environment["PGROLL_PG_URL"] = copy.ConnectionString;
                megabytes.Add((await Processes.RunAsync(start)).PeakBytes / Megabyte);
            }
            return new(megabytes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
