namespace PgRoll.Build.Documents;

/// <summary>Finds the comments of a YAML file: what starts with <c>#</c> outside of its values.</summary>
sealed class YamlComments(SourceText source)
{
    readonly List<(int Start, int End)> _values = [];

    /// <summary>Marks a value, in which <c>#</c> is text. Values come in the order of the file.</summary>
    public void Skip(int start, int end, bool isBlock) =>
        _values.Add((isBlock ? Math.Min(source.EndOfLine(start), end) : start, end)); // a comment may follow the '|'

    public IReadOnlyList<Comment> Read(Node root)
    {
        var spans = Find();
        if (spans.Count == 0)
            return [];
        var owners = new CommentOwners(root);
        var header = HeaderLength(spans, root);
        return [.. spans.Select((found, i) => new Comment(
            source.Text.Substring(found.Start + 1, found.End - found.Start - 1).Trim(),
            source.Span(found.Start, found.End),
            owners.Of(source.Span(found.Start, found.End), StandsAlone(found.Start)),
            IsHeader: i < header))];
    }

    List<(int Start, int End)> Find()
    {
        var text = source.Text;
        var found = new List<(int, int)>();
        var at = 0;
        foreach (var (start, end) in _values.Append((text.Length, text.Length)))
        {
            for (; at < start; at++)
                if (text[at] == '#' && MayStartAt(at))
                {
                    var endOfLine = source.EndOfLine(at);
                    if (found.Count == DocumentLimits.Comments)
                        throw new MalformedDocumentException(source.Span(at, endOfLine), DocumentLimits.TooMany("comments", DocumentLimits.Comments));
                    found.Add((at, endOfLine));
                    at = endOfLine;
                }
            at = Math.Max(at, end);
        }
        return found;
    }

    /// <summary>A <c>#</c> inside the name of an anchor or tag is no comment.</summary>
    bool MayStartAt(int at) =>
        at == 0 || char.IsWhiteSpace(source.Text[at - 1]) || source.Text[at - 1] is '[' or ']' or '{' or '}' or ',' or '"' or '\'';

    bool StandsAlone(int comment) => source.StartOfIndentation(comment) is not null;

    int HeaderLength(List<(int Start, int End)> spans, Node root)
    {
        var length = 0;
        for (var line = source.Span(spans[0].Start).Line; length < spans.Count; length++, line++)
        {
            var span = source.Span(spans[length].Start);
            if (span.Line != line || span.Line >= root.Span.Line || !StandsAlone(spans[length].Start))
                break;
        }
        return length;
    }
}
