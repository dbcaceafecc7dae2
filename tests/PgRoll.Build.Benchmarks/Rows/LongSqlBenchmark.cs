using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>What a build pays for a long baseline: its time is to grow as the file does.</summary>
sealed class LongSqlBenchmark : Benchmark
{
    const int Megabyte = 1_000_000;

    public override string Name => "long-sql";

    public override string Description => "reading, checking and linting 10 MB of SQL in one migration, against 1 MB";

    public override Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        var (one, ten) = (LongScript.Migration(LongScript.Dump(Megabyte)), LongScript.Migration(LongScript.Dump(10 * Megabyte)));
        Check(one);
        List<double> ones = [], tens = [];
        foreach (var _ in bench.Rounds)
        {
            ones.Add(Check(one));
            tens.Add(Check(ten));
        }
        var (small, large) = (new Series(ones), new Series(tens));
        var figure = Figure.AtMost("check and lint of 10 MB of SQL, against 1 MB", large, small, 12, $"{Figure.Short(large.Median)} s against {Figure.Short(small.Median)} s");
        return Task.FromResult<IReadOnlyList<Figure>>([figure]);
    }

    static double Check(string migration) => Bench.SecondsAsync(() =>
    {
        var set = MigrationSet.Check([new MigrationFile("01_baseline.yaml", migration)], Schema.Empty("public")).Lint();
        return set.HasErrors ? throw new InvalidOperationException(set.Diagnostics[0].Message) : Task.CompletedTask;
    }).Result;
}
