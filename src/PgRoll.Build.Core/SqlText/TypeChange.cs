using System.Globalization;

namespace PgRoll.Build.SqlText;

/// <summary>What becomes of a column's values when its type changes: the one place that knows.</summary>
static class TypeChange
{
    const string Timestamp = "timestamp without time zone", TimestampWithZone = "timestamp with time zone";

    static readonly string[] numbers = ["smallint", "integer", "bigint", "numeric"];

    /// <summary>Whether any text is a value of it.</summary>
    public static bool IsText(SqlType type) => Name(type) is "text" or "character varying" or "character" or "name" or "citext" or "bpchar" or "\"char\"";

    /// <summary>Whether every stored value stays as it is, so that the server touches no row.</summary>
    public static bool IsFree(SqlType from, SqlType to) => SqlType.SameType(from, to) || (Name(from), Name(to)) switch
    {
        ("character varying", "text") or ("cidr", "inet") => true,
        ("text", "character varying") => Arguments(to).Count == 0,
        (var name, var other) => name == other && (name is "character varying" or "bit varying" or "numeric" or "interval" || name.StartsWith("time", StringComparison.Ordinal)) && Holds(from, to),
    };

    /// <summary>Whether each value is one of the other type, and reads the same there.</summary>
    public static bool IsWidening(SqlType from, SqlType to)
    {
        if (Array.IndexOf(numbers, Name(from)) is >= 0 and var rank && Arguments(from).Count + Arguments(to).Count == 0)
            return Array.IndexOf(numbers, Name(to)) > rank;
        return (Name(from), Name(to)) switch
        {
            ("real", "double precision") or ("character varying", "text") => true,
            ("character varying", "character varying") or ("bit varying", "bit varying") or ("numeric", "numeric") => Holds(from, to),
            _ => false,
        };
    }

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

    /// <summary>Whether the same type with another length, precision or scale takes every value as it is; none is no limit.</summary>
    static bool Holds(SqlType from, SqlType to) => (Arguments(from), Arguments(to)) switch
    {
        (_, []) => true,
        ([var before, ..], [var limit, ..]) => before <= limit && Scale(from) == Scale(to),
        _ => false,
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
