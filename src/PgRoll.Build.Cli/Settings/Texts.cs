using System.Globalization;

namespace PgRoll.Build.Cli.Settings;

/// <summary>Reads the values of settings that are not durations.</summary>
static class Texts
{
    const int OldestMajor = 14;

    public static bool Switch(string text) => text.ToLowerInvariant() switch
    {
        "true" or "t" or "1" => true,
        "false" or "f" or "0" => false,
        _ => throw new FormatException($"'{text}' is neither true nor false."),
    };

    public static string Name(string text) => text.Length > 0 ? text : throw new FormatException("a name is needed.");

    public static string? OptionalName(string text) => text.Length > 0 ? text : null;

    public static IReadOnlyList<int> Counts(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Count)];

    public static IReadOnlyList<int> Majors(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Major).Distinct()];

    static int Major(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= OldestMajor
        ? major
        : throw new FormatException($"'{text}' is no major version of PostgreSQL from {OldestMajor} on.");

    public static int Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
        ? count
        : throw new FormatException($"'{text}' is not a whole number above 0.");
}
