using PgRoll.Build.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PgRoll.Build.Documents;

/// <summary>
/// Turns YamlDotNet's events into nodes. Its own tree is of no use here: it has no comments, keeps no position behind an alias, and
/// the events know nothing of duplicate keys, depth or the size of what aliases stand for.
/// </summary>
sealed class YamlReader
{
    readonly SourceText _source;
    readonly Report _report;
    readonly Scanner _scanner;
    readonly Parser _parser;
    readonly Dictionary<string, Node> _anchors = new(StringComparer.Ordinal);
    readonly YamlComments _comments;
    readonly Stack<TextSpan> _openBrackets = [];
    int _lastEnd;
    int _values;
    int _aliasedNodes;

    YamlReader(SourceText source, Report report)
    {
        _source = source;
        _report = report;
        // Comments are found beside the parser: given comment tokens, it refuses some valid files.
        _scanner = new(new StringReader(source.Text), skipComments: true);
        _parser = new(_scanner);
        _comments = new(source);
    }

    public static (Node Root, IReadOnlyList<Comment> Comments) Read(SourceText source, Report report)
    {
        var reader = new YamlReader(source, report);
        var root = reader.ReadDocument();
        return (root, reader._comments.Read(root));
    }

    Node ReadDocument()
    {
        Next(); // stream start
        if (Next() is StreamEnd || ReadNode(Next(), depth: 1) is not { } root || root.IsNull)
            throw TextCheck.NoContent();
        Next(); // document end
        return Next() is DocumentStart second
            ? throw Problem(second.Start, "a second document starts here; a file holds one migration: move this into its own.")
            : root;
    }

    Node ReadNode(ParsingEvent e, int depth)
    {
        if (depth > DocumentLimits.Depth)
            throw Problem(e.Start, $"nested deeper than {DocumentLimits.Depth} levels.");
        if (++_values > DocumentLimits.Values)
            throw Problem(e.Start, DocumentLimits.TooMany("values", DocumentLimits.Values));
        if (e is AnchorAlias alias)
            return ReadAlias(alias, depth);
        Node node = e switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart sequence => ReadSequence(sequence, depth),
            MappingStart mapping => ReadMapping(mapping, depth),
            _ => throw Problem(e.Start, "a value is missing here."),
        };
        if (e is NodeEvent { Anchor.IsEmpty: false } anchored)
            _anchors[anchored.Anchor.Value] = node;
        return node;
    }

    ScalarNode ReadScalar(Scalar scalar)
    {
        var (start, end) = ((int)scalar.Start.Index, (int)scalar.End.Index);
        _comments.Skip(start, end, isBlock: scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded);
        while (end > start && char.IsWhiteSpace(_source.Text[end - 1]))
            end--;
        if (scalar.Value.Contains('\0'))
            throw Problem(scalar.Start, TextCheck.Nul);
        return new(scalar.Value, YamlTags.KindOf(scalar, _source), _source.Span(start, end));
    }

    SequenceNode ReadSequence(SequenceStart e, int depth)
    {
        YamlTags.Check(e, "seq", _source);
        var items = new List<Node>();
        var isFlow = e.Style == SequenceStyle.Flow;
        Open(e, isFlow);
        while (Next() is not SequenceEnd)
            items.Add(ReadNode(_parser.Current!, depth + 1));
        return new(items, Close(e, isFlow));
    }

    MappingNode ReadMapping(MappingStart e, int depth)
    {
        YamlTags.Check(e, "map", _source);
        var entries = new MappingBuilder(_report, DocumentFormat.Yaml);
        var isFlow = e.Style == MappingStyle.Flow;
        TextSpan? firstKey = null;
        Open(e, isFlow);
        while (Next() is not MappingEnd)
        {
            var keyEvent = _parser.Current!;
            if (!isFlow)
                RefuseTabsBefore(keyEvent);
            if (ReadNode(keyEvent, depth + 1) is not ScalarNode key || key.IsNull)
                throw Problem(keyEvent.Start, "a key must be a name; if this is a value, put it in quotes.");
            firstKey ??= key.Span;
            var value = ReadNode(Next(), depth + 1);
            if (keyEvent is Scalar { Style: ScalarStyle.Plain, Value: "<<" })
                Merge(value, key.Span, entries);
            else
                entries.Add(new(key, value));
        }
        var span = Close(e, isFlow);
        // An anchor stands before the first key, often on another line; the mapping itself starts with the key.
        return entries.Build(!isFlow && firstKey is { } first ? span with { Line = first.Line, Column = first.Column } : span);
    }

    /// <summary>pgroll reads merge keys strictly: what is merged must not be set again, so there is no precedence to get wrong.</summary>
    static void Merge(Node value, TextSpan site, MappingBuilder entries)
    {
        var merged = value is SequenceNode sequence ? sequence.Items : [value];
        foreach (var node in merged)
        {
            if (node is not MappingNode mapping)
                throw new MalformedDocumentException(
                    node.Span, "'<<' merges mappings; this is none. If '<<' is meant as a key, put it in quotes.");
            foreach (var entry in mapping.Entries)
                entries.Add(entry, site);
        }
    }

    Node ReadAlias(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
            throw Problem(alias.Start, $"no anchor '&{alias.Value.Value}' before this alias; if '*' is meant as text, put it in quotes.");
        CountAliased(node, depth, alias);
        return node with { Span = _source.Span((int)alias.Start.Index, (int)alias.End.Index) };
    }

    void CountAliased(Node node, int depth, AnchorAlias alias)
    {
        if (++_aliasedNodes > DocumentLimits.AliasedNodes)
            throw Problem(alias.Start, $"the aliases up to here stand for more than {DocumentLimits.AliasedNodes} values.");
        if (depth > DocumentLimits.Depth)
            throw Problem(alias.Start, $"with what this alias stands for, nested deeper than {DocumentLimits.Depth} levels.");
        switch (node)
        {
            case SequenceNode sequence:
                foreach (var item in sequence.Items)
                    CountAliased(item, depth + 1, alias);
                break;
            case MappingNode mapping:
                foreach (var entry in mapping.Entries)
                    CountAliased(entry.Value, depth + 1, alias);
                break;
        }
    }

    void Open(ParsingEvent e, bool isFlow)
    {
        if (isFlow)
            _openBrackets.Push(_source.Span((int)e.Start.Index));
    }

    TextSpan Close(ParsingEvent start, bool isFlow)
    {
        if (!isFlow) // ends with its last value: the event comes only with the next token, lines later
            return _source.Span((int)start.Start.Index, _lastEnd);
        _openBrackets.Pop();
        _lastEnd = (int)_parser.Current!.End.Index + 1;
        return _source.Span((int)start.Start.Index, _lastEnd);
    }

    void RefuseTabsBefore(ParsingEvent key)
    {
        var at = (int)key.Start.Index;
        if (_source.StartOfIndentation(at) is { } line && _source.Text.IndexOf('\t', line, at - line) is >= 0 and var tab)
            throw new MalformedDocumentException(_source.Span(tab, tab + 1), YamlErrors.Tab);
    }

    ParsingEvent Next()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (YamlException error)
        {
            throw YamlErrors.Explain(error, _source, _lastEnd, _openBrackets);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // Slips of the parser: a '{' that the next key's indentation breaks off, a file that starts with '...', an empty verbatim tag.
            throw Problem(_scanner.CurrentPosition, "the text makes no sense up to here; check brackets, quotes and indentation above.");
        }
        var current = _parser.Current!;
        if (current is Scalar or AnchorAlias)
            _lastEnd = Math.Max(_lastEnd, TrimmedEnd(current));
        return current;
    }

    int TrimmedEnd(ParsingEvent e)
    {
        var end = (int)e.End.Index;
        while (end > (int)e.Start.Index && char.IsWhiteSpace(_source.Text[end - 1]))
            end--;
        return end;
    }

    MalformedDocumentException Problem(Mark mark, string message) => new(_source.Span((int)mark.Index), message);
}
