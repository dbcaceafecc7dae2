using System.Globalization;
using System.Text.RegularExpressions;

namespace PgRoll.Build.Cli.Settings;

/// <summary>Reads durations: <c>500ms</c>, <c>2s</c>, <c>1m30s</c>; a bare number is milliseconds.</summary>
static partial class Duration
{
    // The longest that the server's timeouts can be.
    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    public static TimeSpan Read(string text)
    {
        if (Shape().Match(text) is not { Success: true } match)
            throw new FormatException($"'{text}' is not a duration. Write it like 500ms, 2s or 1m; a bare number is milliseconds.");
        var numbers = match.Groups["number"].Captures;
        var units = match.Groups["unit"].Captures;
        var milliseconds = 0.0;
        for (var i = 0; i < numbers.Count; i++)
            milliseconds += double.Parse(numbers[i].Value, CultureInfo.InvariantCulture) * (i < units.Count ? Unit(units[i].Value) : 1);
        if (milliseconds > Longest.TotalMilliseconds)
            throw new FormatException($"'{text}' is longer than 24 days.");
        return TimeSpan.FromMilliseconds(match.Groups["minus"].Success ? -milliseconds : milliseconds);
    }

    /// <summary>A duration that cannot be negative.</summary>
    public static TimeSpan ReadPositive(string text) =>
        Read(text) is var time && time >= TimeSpan.Zero ? time : throw new FormatException($"'{text}' is negative.");

    /// <summary>A limit: zero or less is none.</summary>
    public static TimeSpan ReadLimit(string text) => Read(text) is var time && time > TimeSpan.Zero ? time : TimeSpan.Zero;

    static double Unit(string unit) => unit switch { "ms" => 1, "s" => 1_000, "m" => 60_000, _ => 3_600_000 };

    const string Number = @"(?<number>[0-9]+(?:\.[0-9]+)?)";

    [GeneratedRegex($"^(?<minus>-)?(?:{Number}|(?:{Number}(?<unit>ms|s|m|h))+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
