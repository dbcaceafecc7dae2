namespace PgRoll.Build.Benchmarks;

/// <summary>What the rounds of a measurement gave.</summary>
sealed record Series(IReadOnlyList<double> Values)
{
    public double Median => Percentile(0.5);

    public double Least => Values.Min();

    public double Most => Values.Max();

    /// <summary>Round by round: what disturbed the machine in one of them disturbed both.</summary>
    public Series Over(Series baseline) => new([.. Values.Zip(baseline.Values, static (value, other) => value / other)]);

    public Series Times(double factor) => new([.. Values.Select(value => value * factor)]);

    /// <summary>The value that this part of the values does not exceed.</summary>
    public double Percentile(double part)
    {
        double[] sorted = [.. Values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Ceiling((sorted.Length - 1) * part)];
    }
}
