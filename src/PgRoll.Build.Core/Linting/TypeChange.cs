using System.Globalization;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting;

/// <summary>What becomes of values whose type changes.</summary>
static class TypeChange
{
    const string Timestamp = "timestamp without time zone", TimestampWithZone = "timestamp with time zone";

    /// <summary>Whether any text is a value of it.</summary>
    public static bool IsText(SqlType type) => Name(type) is "text" or "character varying" or "character" or "name" or "citext" or "bpchar" or "\"char\"";

    /// <summary>What is lost without a word, or null.</summary>
    public static string? Loss(SqlType from, SqlType to, bool isCast) => (Name(from), Name(to)) switch
    {
        ("numeric" or "real" or "double precision", "smallint" or "integer" or "bigint") => $"rounds: {to} has no digits behind the point",
        ("numeric", "numeric") when Scale(to) is { } scale && scale < (Scale(from) ?? int.MaxValue) => $"rounds: {to} has fewer digits behind the point than {from}",
        ("double precision" or "numeric", "real") => $"rounds: {to} has six digits",
        (TimestampWithZone or Timestamp, "date") => "drops the time of day",
        (TimestampWithZone or Timestamp, "time without time zone" or "time with time zone") => "drops the day",
        _ when isCast && IsShorter(from, to) => $"cuts what is longer than {to}",
        _ => null,
    };

    /// <summary>Whether a value may be refused for its size.</summary>
    public static bool MayNotFit(SqlType from, SqlType to, bool isCast) => (Name(from), Name(to)) switch
    {
        ("bigint", "integer" or "smallint") or ("integer", "smallint") => true,
        ("numeric", "numeric") => WholeDigits(to) is { } digits && !(WholeDigits(from) <= digits),
        _ => !isCast && IsShorter(from, to),
    };

    static bool IsShorter(SqlType from, SqlType to) =>
        IsText(from) && Name(to) is "character varying" or "character" && Arguments(to) is [var length]
        && !(Name(from) is "character varying" or "character" && Arguments(from) is [var before] && before <= length);

    /// <summary>The type without what stands in parentheses.</summary>
    static string Name(SqlType type)
    {
        var (open, close) = (type.Canonical.IndexOf('('), type.Canonical.IndexOf(')'));
        return open < 0 || close < open ? type.Canonical : type.Canonical.Remove(open, close - open + 1);
    }

    static int? WholeDigits(SqlType type) => Arguments(type) is [var precision, ..] ? precision - Scale(type) : null;

    static int? Scale(SqlType type) => Arguments(type) switch { [_, var scale] => scale, [_] => 0, _ => null };

    static IReadOnlyList<int> Arguments(SqlType type)
    {
        var (open, close) = (type.Canonical.IndexOf('('), type.Canonical.IndexOf(')'));
        return open < 0 || close < open ? [] : [.. type.Canonical.Substring(open + 1, close - open - 1).Split(',').Select(Number).OfType<int>()];
    }

    static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
