using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>A value of a document and the place it was read from.</summary>
/// <param name="Span">Where a person sees the value: of an alias, the alias; of what hangs below it, the text behind the anchor.</param>
abstract record Node(TextSpan Span)
{
    public bool IsNull => this is ScalarNode { Kind: ScalarKind.Null };

    /// <summary>The value in a sentence: its type, and what it is if that is short.</summary>
    public string Describe() => this switch
    {
        SequenceNode => "a list",
        MappingNode => "a mapping",
        ScalarNode { Kind: ScalarKind.Number } number => $"the number {number.Text}",
        ScalarNode { Kind: ScalarKind.True or ScalarKind.False } boolean => $"the boolean {boolean.Text}",
        ScalarNode { Kind: ScalarKind.String } text => $"the string {Quoted.Short(text.Text)}",
        _ => "null",
    };

    /// <summary>The end of a sentence that asked for a string and met what is one but for its quotes.</summary>
    public string QuoteHint() =>
        this is ScalarNode { Kind: ScalarKind.Number or ScalarKind.True or ScalarKind.False } scalar
            ? $"; quote it: \"{scalar.Text}\""
            : "";
}

/// <summary>Names with values, in the order of the file; no name occurs twice.</summary>
sealed record MappingNode : Node
{
    readonly Dictionary<string, MappingEntry> _byKey;

    public MappingNode(IReadOnlyList<MappingEntry> entries, TextSpan span) : base(span)
    {
        Entries = entries;
        _byKey = new(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
            _byKey.Add(entry.Key.Text, entry);
    }

    public IReadOnlyList<MappingEntry> Entries { get; }

    public MappingEntry? Find(string key) => _byKey.TryGetValue(key, out var entry) ? entry : null;
}

/// <summary>One name of a mapping and its value.</summary>
sealed record MappingEntry(ScalarNode Key, Node Value);

/// <summary>Values in order.</summary>
sealed record SequenceNode(IReadOnlyList<Node> Items, TextSpan Span) : Node(Span);

/// <summary>A single value.</summary>
/// <param name="Text">The text, unescaped and without quotes.</param>
/// <param name="Kind">What the text is: quoted text is a string whatever it looks like.</param>
/// <param name="Span">Where it stands, quotes included.</param>
sealed record ScalarNode(string Text, ScalarKind Kind, TextSpan Span) : Node(Span);

/// <summary>The types a single value may have.</summary>
enum ScalarKind
{
    String,
    Number,
    True,
    False,
    Null,
}
