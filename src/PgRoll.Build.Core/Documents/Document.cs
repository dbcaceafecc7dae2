using System.Runtime.CompilerServices;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>A parsed migration file: a tree with positions, and the comments beside it.</summary>
public sealed class Document
{
    readonly SourceText _source;
    readonly ConditionalWeakTable<ScalarNode, ScalarPosition> _positions = new();

    internal Document(string file, SourceText source, MappingNode root, IReadOnlyList<Comment> comments)
    {
        File = file;
        _source = source;
        Root = root;
        Comments = comments;
    }

    /// <summary>The file as it was given, or the migration's name where it was read from a database.</summary>
    public string File { get; }

    internal MappingNode Root { get; }

    internal IReadOnlyList<Comment> Comments { get; }

    /// <summary>A document without content, for findings about a file that could not be read.</summary>
    internal static Document Empty(string file) => new(file, new(""), new([], TextSpan.Start), []);

    /// <summary>
    /// What a person would edit at <paramref name="path"/>: a single value itself, the key of a mapping or list, the start of a list item;
    /// of what does not exist, the nearest parent that does.
    /// </summary>
    public TextSpan Locate(string path)
    {
        var (span, _) = Find(path);
        return span;
    }

    /// <summary>
    /// Where <paramref name="length"/> characters of the string at <paramref name="path"/> stand in the file, <paramref name="offset"/>
    /// characters into its value: a word of an SQL expression, past indentation and escapes.
    /// </summary>
    public TextSpan Locate(string path, int offset, int length)
    {
        var (span, node) = Find(path);
        return node is ScalarNode { Kind: ScalarKind.String } scalar && PositionsIn(scalar).Find(offset, length) is { } inside
            ? inside
            : span;
    }

    ScalarPosition PositionsIn(ScalarNode scalar) => _positions.GetValue(scalar, node => new(_source, node));

    (TextSpan Span, Node? Node) Find(string path)
    {
        Node node = Root;
        var span = TextSpan.Start;
        foreach (var step in DocumentPath.Steps(path))
            if (step.Key is { } key && node is MappingNode mapping && mapping.Find(key) is { } entry)
            {
                node = entry.Value;
                span = node is ScalarNode && IsVisible(node.Span) ? node.Span : entry.Key.Span;
            }
            else if (step.Key is null && node is SequenceNode sequence && step.Index >= 0 && step.Index < sequence.Items.Count)
            {
                node = sequence.Items[step.Index];
                span = Head(node);
            }
            else
                return (span, null);
        return (span, node);
    }

    /// <summary>A list item by its first line: nobody wants a whole operation underlined.</summary>
    static TextSpan Head(Node item) => item switch
    {
        { Span: var span } when span.Line == span.EndLine => span,
        MappingNode { Entries: { Count: > 0 } entries } mapping when IsSameStart(entries[0].Key.Span, mapping.Span) => entries[0].Key.Span,
        ScalarNode { Span: var span } => span,
        { Span: var span } => span with { EndLine = span.Line, EndColumn = span.Column + 1 },
    };

    static bool IsVisible(TextSpan span) => span.Line < span.EndLine || span.Column < span.EndColumn;

    static bool IsSameStart(TextSpan a, TextSpan b) => a.Line == b.Line && a.Column == b.Column;
}
