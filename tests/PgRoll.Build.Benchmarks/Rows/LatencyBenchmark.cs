using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Benchmarks.Reports;
using PgRoll.Build.Engine;
using PgRoll.Build.LocalPostgres;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>How long clients wait for a write while a start fills the table they write to. The last round is drawn.</summary>
sealed class LatencyBenchmark : Benchmark
{
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(6);

    public override string Name => "latency";

    public override string Description => "single-row writes of four clients, 400 a second, while start runs, against none running";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        await using var template = await bench.TemplateAsync(Items.Create, Items.Fill(bench.Options.Rows));
        List<Series> before = [], during = [];
        List<double> seconds = [];
        foreach (var _ in bench.Rounds)
        {
            await using var copy = await bench.CopyAsync(template);
            var (quiet, busy, took) = await RoundAsync(bench, copy);
            before.Add(quiet);
            during.Add(busy);
            seconds.Add(took);
        }
        Series At(IEnumerable<Series> rounds, double part) => new([.. rounds.Select(r => r.Percentile(part))]);
        var figures = new List<Figure>();
        foreach (var part in new[] { 0.99, 0.5 })
        {
            var (busy, quiet) = (At(during, part), At(before, part));
            var detail = $"{Figure.Short(busy.Median)} ms against {Figure.Short(quiet.Median)} ms";
            figures.Add(part == 0.99
                ? Figure.AtMost("p99 of single-row writes during `start`, against none running", busy, quiet, 3, detail)
                : Figure.Told("median of single-row writes during `start`", busy, "ms") with { Detail = detail });
        }
        figures.Add(Figure.Told("longest single-row write during `start`", At(during, 1), "ms"));
        figures.Add(Figure.Told("`start` meanwhile", new(seconds), "s"));
        return figures;
    }

    static async Task<(Series Quiet, Series Busy, double Seconds)> RoundAsync(Bench bench, PostgresDatabase database)
    {
        await using var writers = new Writers(database.ConnectionString, bench.Options.Rows);
        writers.Start();
        // The first second belongs to connecting.
        await Task.Delay(Quiet + TimeSpan.FromSeconds(1));
        var progress = new Curve(() => writers.Now);
        var from = writers.Now;
        await new MigrationRunner(new(database.ConnectionString) { Progress = progress }).StartAsync([Bench.File("02_change", Items.Change)]);
        var to = writers.Now;
        await Task.Delay(TimeSpan.FromSeconds(2));
        bench.Charts["rollout"] = RolloutChart.Draw(progress.Points, [.. writers.Writes], from, to);
        return (writers.Between(from - Quiet, from), writers.Between(from, to), (to - from).TotalSeconds);
    }

    /// <summary>How many rows were filled when.</summary>
    sealed class Curve(Func<TimeSpan> now) : IProgress<RunnerProgress>
    {
        public List<(TimeSpan At, long Rows)> Points { get; } = [];

        public void Report(RunnerProgress value)
        {
            if (value is BackfillAdvanced batch)
                Points.Add((now(), batch.Rows));
        }
    }
}
