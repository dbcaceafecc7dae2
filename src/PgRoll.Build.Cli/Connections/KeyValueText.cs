using System.Text;

namespace PgRoll.Build.Cli.Connections;

/// <summary>libpq's <c>key=value key='other value'</c>: blanks around the equals sign, quotes, a backslash before what would end a value.</summary>
static class KeyValueText
{
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string text)
    {
        List<KeyValuePair<string, string>> pairs = [];
        for (var at = SkipBlanks(text, 0); at < text.Length; at = SkipBlanks(text, at))
        {
            var start = at;
            while (at < text.Length && text[at] != '=' && !char.IsWhiteSpace(text[at]))
                at++;
            var key = text[start..at];
            at = SkipBlanks(text, at);
            if (at == text.Length || text[at] != '=')
                throw new FormatException(
                    "the connection string is not made of key=value pairs. A value that holds a blank needs single quotes around it.");
            at = SkipBlanks(text, at + 1);
            pairs.Add(new(key, at < text.Length && text[at] == '\'' ? Quoted(text, ref at) : Bare(text, ref at)));
        }
        return pairs;
    }

    static string Bare(string text, ref int at)
    {
        var value = new StringBuilder();
        for (; at < text.Length && !char.IsWhiteSpace(text[at]); at++)
            Append(value, text, ref at);
        return value.ToString();
    }

    static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != '\''; at++)
            Append(value, text, ref at);
        if (at++ >= text.Length)
            throw new FormatException("a quoted value of the connection string has no closing quote.");
        return value.ToString();
    }

    static void Append(StringBuilder value, string text, ref int at)
    {
        if (text[at] == '\\' && at + 1 < text.Length)
            at++;
        value.Append(text[at]);
    }

    static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }
}
