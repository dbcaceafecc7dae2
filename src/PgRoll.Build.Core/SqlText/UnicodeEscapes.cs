using System.Text;

namespace PgRoll.Build.SqlText;

/// <summary>The escapes of <c>U&amp;"…"</c>: \XXXX, \+XXXXXX and the doubled escape character.</summary>
static class UnicodeEscapes
{
    /// <summary>Finds <c>UESCAPE 'c'</c> behind a string or name that may have one: the character, and where the clause ends.</summary>
    public static (char Escape, int End)? FindCharacter(string text, int from)
    {
        var word = SkipBlanks(text, from);
        if (string.Compare(text, word, "UESCAPE", 0, 7, StringComparison.OrdinalIgnoreCase) != 0)
            return null;
        var quote = SkipBlanks(text, word + 7);
        return quote + 2 < text.Length && text[quote] == '\'' && text[quote + 2] == '\'' ? (text[quote + 1], quote + 3) : null;
    }

    /// <summary>The text the escapes stand for, or null if one is wrong.</summary>
    public static string? Decode(string text, char escape)
    {
        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != escape)
                decoded.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == escape)
                decoded.Append(text[++i]);
            else
            {
                var (digits, length) = i + 1 < text.Length && text[i + 1] == '+' ? (i + 2, 6) : (i + 1, 4);
                if (CodePoint(text, digits, length) is not { } code)
                    return null;
                // Two escapes may name the halves of one character, so each is kept as it comes.
                decoded.Append(code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code));
                i = digits + length - 1;
            }
        }
        return decoded.ToString();
    }

    static int? CodePoint(string text, int from, int length)
    {
        if (from + length > text.Length)
            return null;
        var code = 0;
        for (var i = from; i < from + length; i++)
        {
            var digit = "0123456789abcdef".IndexOf(char.ToLowerInvariant(text[i]));
            if (digit < 0)
                return null;
            code = code * 16 + digit;
        }
        return code is > 0 and <= 0x10FFFF ? code : null;
    }

    static int SkipBlanks(string text, int from)
    {
        while (from < text.Length && text[from] is ' ' or '\t' or '\n' or '\r' or '\f')
            from++;
        return from;
    }
}
