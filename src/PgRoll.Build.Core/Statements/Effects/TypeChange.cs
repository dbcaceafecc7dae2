using System.Globalization;
using System.Text.RegularExpressions;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Effects;

/// <summary>Which changes of a type leave every stored value as it is, so that the server touches no row.</summary>
static class TypeChange
{
    static readonly Regex modifier = new(@"\((?<first>\d+)(?:,\s*(?<second>-?\d+))?\)", RegexOptions.CultureInvariant);

    public static bool IsFree(SqlType from, SqlType to)
    {
        if (SqlType.SameType(from, to))
            return true;
        var (a, b) = (modifier.Match(from.Canonical), modifier.Match(to.Canonical));
        return (Name(from), Name(to)) switch
        {
            ("character varying", "text") => true,
            ("text", "character varying") => Number(b, "first") is null,
            ("character varying", "character varying") or ("bit varying", "bit varying") => Number(b, "first") is not { } limit || Number(a, "first") <= limit,
            ("numeric", "numeric") => Number(b, "first") is not { } precision
                || (Number(a, "first") <= precision && (Number(a, "second") ?? 0) == (Number(b, "second") ?? 0)),
            ("cidr", "inet") => true,
            (var name, var other) when name == other && HasDigits(name) => Number(b, "first") is not { } digits || Number(a, "first") <= digits,
            _ => false,
        };
    }

    static bool HasDigits(string name) => name.StartsWith("time", StringComparison.Ordinal) || name == "interval";

    static string Name(SqlType type) => modifier.Replace(type.Canonical, "");

    static int? Number(Match match, string name) => int.TryParse(match.Groups[name].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
