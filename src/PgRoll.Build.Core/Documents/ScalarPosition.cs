using System.Globalization;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>
/// Finds parts of a string's value in the text of the file. Value and text hold the same characters in the same order, but for blanks
/// (indentation, folded lines), quotes and escapes; so only the characters that are no blanks are followed. Where they are is noted in
/// strides: many findings in a long script do not go through all of it again.
/// </summary>
sealed class ScalarPosition
{
    const int Stride = 1024;

    readonly SourceText source;
    readonly string value;
    readonly int limit;
    readonly char style;

    /// <summary>Where in the file the characters of the value from each stride on are to be looked for, as far as it was gone through.</summary>
    readonly List<int> strides = [];

    public ScalarPosition(SourceText source, ScalarNode scalar)
    {
        (this.source, value) = (source, scalar.Text);
        var at = source.Offset(scalar.Span.Line, scalar.Span.Column);
        limit = source.Offset(scalar.Span.EndLine, scalar.Span.EndColumn);
        style = at < limit ? source.Text[at] : '*';
        strides.Add(style is '|' or '>' ? source.EndOfLine(at) : style is '"' or '\'' ? at + 1 : at);
    }

    public TextSpan? Find(int offset, int length)
    {
        // Anchors, tags and aliases are rare, and the whole value is a fair answer.
        if (offset < 0 || offset >= value.Length || style is '&' or '!' or '*')
            return null;
        lock (strides)
        {
            var stride = Math.Min(offset / Stride, strides.Count - 1);
            var at = strides[stride];
            int? start = null;
            var end = at;
            var until = Math.Min(offset + Math.Max(length, 1), value.Length);
            for (var i = stride * Stride; i < until; i++)
            {
                if (i == strides.Count * Stride)
                    strides.Add(at);
                if (char.IsWhiteSpace(value[i]))
                    continue;
                if (Follow(value[i], ref at) is not { } from)
                    return null;
                if (i >= offset)
                    start ??= from;
                end = at;
            }
            return source.Span(start ?? end, end);
        }
    }

    /// <summary>Goes past the next character that is no blank; null if it is not the one that is looked for.</summary>
    int? Follow(char wanted, ref int at)
    {
        while (at < limit)
        {
            var from = at;
            var character = Read(source.Text, ref at, style);
            if (!char.IsWhiteSpace(character))
                return character == wanted ? from : null;
        }
        return null;
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
