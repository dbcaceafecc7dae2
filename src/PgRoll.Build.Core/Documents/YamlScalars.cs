using System.Text.RegularExpressions;

namespace PgRoll.Build.Documents;

/// <summary>The type of a plain (unquoted) YAML scalar: the words and numbers of YAML 1.1, as pgroll's reader takes them.</summary>
static class YamlScalars
{
    static readonly Regex _number = new(
        @"\A(?:[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+"
        + @"|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN))\z",
        RegexOptions.CultureInvariant);

    public static ScalarKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => ScalarKind.True,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => ScalarKind.False,
        _ when plain[0] is '+' or '-' or '.' or (>= '0' and <= '9') && _number.IsMatch(plain.Replace("_", "")) => ScalarKind.Number,
        _ => ScalarKind.String,
    };
}
