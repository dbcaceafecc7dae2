using System.Globalization;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>
/// Finds a part of a string's value in the text of the file. Value and text hold the same characters in the same order, but for blanks
/// (indentation, folded lines), quotes and escapes; so only the characters that are no blanks are followed.
/// </summary>
static class ScalarPosition
{
    public static TextSpan? Find(SourceText source, ScalarNode scalar, int offset, int length)
    {
        var value = scalar.Text;
        var at = source.Offset(scalar.Span.Line, scalar.Span.Column);
        var limit = source.Offset(scalar.Span.EndLine, scalar.Span.EndColumn);
        if (offset < 0 || offset >= value.Length || at >= limit)
            return null;
        var style = source.Text[at];
        if (style is '&' or '!' or '*') // anchors, tags and aliases are rare, and the whole value is a fair answer
            return null;
        if (style is '|' or '>')
            at = source.EndOfLine(at);
        else if (style is '"' or '\'')
            at++;

        int? start = null;
        var end = at;
        var until = Math.Min(offset + Math.Max(length, 1), value.Length);
        for (var i = 0; i < until; i++)
        {
            if (char.IsWhiteSpace(value[i]))
                continue;
            int from;
            char character;
            do
            {
                if (at >= limit)
                    return null;
                from = at;
                character = Read(source.Text, ref at, style);
            }
            while (char.IsWhiteSpace(character));
            if (character != value[i])
                return null;
            if (i >= offset)
                start ??= from;
            end = at;
        }
        return source.Span(start ?? end, end);
    }

    static char Read(string text, ref int at, char style)
    {
        var character = text[at++];
        if (style == '\'' && character == '\'')
            at++; // '' is one quote
        if (style != '"' || character != '\\')
            return character;
        var letter = at < text.Length ? text[at++] : ' ';
        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
            return letter is '"' or '\\' or '/' ? letter : ' ';
        var hex = text.Substring(at, Math.Min(digits, text.Length - at));
        at += hex.Length;
        return int.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) ? (char)code : ' ';
    }
}
