namespace PgRoll.Build.Benchmarks;

/// <summary>A row of the report.</summary>
/// <param name="What">What was measured, against what.</param>
/// <param name="Measured">The median of the rounds.</param>
/// <param name="Spread">The least and the most of them.</param>
sealed record Figure(string What, string Measured, string Spread)
{
    /// <summary>Null where none was set.</summary>
    public string? Target { get; private init; }

    public bool IsMet { get; private init; }

    /// <summary>What the ratio is made of, in absolute figures.</summary>
    public string Detail { get; init; } = "";

    /// <summary>So many times the baseline, round by round, and not more than the limit.</summary>
    public static Figure AtMost(string what, Series subject, Series baseline, double limit, string detail) =>
        Ratio(what, subject.Over(baseline), detail) with { Target = $"≤ {limit:0.##}×", IsMet = subject.Over(baseline).Median <= limit };

    /// <summary>So many times faster than the baseline, and not less than the limit.</summary>
    public static Figure Faster(string what, Series subject, Series baseline, double limit, string detail) =>
        Ratio(what, baseline.Over(subject), detail) with { Target = $"≥ {limit:0.##}×", IsMet = baseline.Over(subject).Median >= limit };

    /// <summary>An amount with its unit, and not more than the limit.</summary>
    public static Figure AtMost(string what, Series amount, string unit, double limit, string detail = "") =>
        Told(what, amount, unit) with { Target = $"≤ {limit:0.##} {unit}", IsMet = amount.Median <= limit, Detail = detail };

    /// <summary>An amount that has no target.</summary>
    public static Figure Told(string what, Series amount, string unit) =>
        new(what, $"{Short(amount.Median)} {unit}", $"{Short(amount.Least)}–{Short(amount.Most)}");

    static Figure Ratio(string what, Series ratios, string detail) =>
        new(what, $"{ratios.Median:0.00}×", $"{ratios.Least:0.00}–{ratios.Most:0.00}") { Detail = detail };

    /// <summary>Three digits tell enough.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        >= 100 => $"{value:#,0}",
        >= 10 => $"{value:0.0}",
        _ => $"{value:0.00}",
    };
}
