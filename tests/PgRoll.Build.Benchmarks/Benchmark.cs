namespace PgRoll.Build.Benchmarks;

/// <summary>Something that is measured, side by side with what it is compared with.</summary>
abstract class Benchmark
{
    /// <summary>What the command line calls it.</summary>
    public abstract string Name { get; }

    /// <summary>What it measures, in a sentence.</summary>
    public abstract string Description { get; }

    public abstract Task<IReadOnlyList<Figure>> RunAsync(Bench bench);
}
