using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>The text of a file, and the line and column of every offset in it.</summary>
sealed class SourceText
{
    readonly List<int> _lineStarts = [0];

    public SourceText(string text)
    {
        Text = text;
        // Only what editors count: YAML also breaks lines at U+0085, U+2028 and U+2029, and positions counted its way would be off.
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                _lineStarts.Add(i + 1);
    }

    public string Text { get; }

    public TextSpan Span(int start, int end)
    {
        var (line, column) = Position(start);
        var (endLine, endColumn) = Position(Math.Max(start, end));
        return new(line, column, endLine, endColumn);
    }

    public TextSpan Span(int offset) => Span(offset, offset);

    /// <summary>The offset of a line and column that <see cref="Span(int, int)"/> gave out.</summary>
    public int Offset(int line, int column) => _lineStarts[line - 1] + column - 1;

    /// <summary>The offset behind the last character of the line that holds <paramref name="offset"/>.</summary>
    public int EndOfLine(int offset)
    {
        while (offset < Text.Length && Text[offset] is not ('\n' or '\r'))
            offset++;
        return offset;
    }

    /// <summary>The offset of the first character of the line that holds <paramref name="offset"/>.</summary>
    public int StartOfLine(int offset) => _lineStarts[Position(offset).Line - 1];

    /// <summary>The offset of the line's first character, if only blanks and tabs precede <paramref name="offset"/> in it.</summary>
    public int? StartOfIndentation(int offset)
    {
        while (offset > 0 && Text[offset - 1] is ' ' or '\t')
            offset--;
        return offset == 0 || Text[offset - 1] is '\n' or '\r' ? offset : null;
    }

    (int Line, int Column) Position(int offset)
    {
        offset = Math.Min(offset, Text.Length);
        var line = _lineStarts.BinarySearch(offset);
        if (line < 0)
            line = ~line - 1;
        return (line + 1, offset - _lineStarts[line] + 1);
    }
}
