using PgRoll.Build.Benchmarks.Rows;

namespace PgRoll.Build.Benchmarks;

/// <summary>All benchmarks, in the order of the report.</summary>
static class BenchmarkCatalog
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new BackfillBenchmark(),
        new IndexBenchmark(),
        new WriteBenchmark(),
        new LatencyBenchmark(),
        new TablesBenchmark(),
        new OfflineBenchmark(),
        new LongSqlBenchmark(),
        new BuildBenchmark(),
        new StartUpBenchmark(),
        new VerifyBenchmark(),
        new MemoryBenchmark(),
        new PublishedBenchmark(),
    ];
}
