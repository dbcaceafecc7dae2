using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Conversion;

/// <summary>An operation as a file says it.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Body">Its fields.</param>
sealed record OperationNode(string Name, MappingNode Body)
{
    /// <summary>The comments before it, as SQL has them.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>An operation of these fields; those that are null are left out.</summary>
    public static OperationNode Of(string name, params (string Key, Node? Value)[] fields) => new(name, Nodes.Map(fields));

    /// <summary>The item of a migration's list.</summary>
    public MappingNode Item => Nodes.Map((Name, Body));
}

/// <summary>Makes trees that no file was read for.</summary>
static class Nodes
{
    public static MappingNode Map(params (string Key, Node? Value)[] fields) => Map((IEnumerable<(string, Node?)>)fields);

    public static MappingNode Map(IEnumerable<(string Key, Node? Value)> fields) =>
        new([.. fields.Where(f => f.Value is not null).Select(f => new MappingEntry(Text(f.Key), f.Value!))], TextSpan.Start);

    public static ScalarNode Text(string text) => new(text, ScalarKind.String, TextSpan.Start);

    /// <summary>Null for no text, which leaves the field out.</summary>
    public static ScalarNode? Optional(string? text) => text is null ? null : Text(text);

    public static ScalarNode Bool(bool value) => new(value ? "true" : "false", value ? ScalarKind.True : ScalarKind.False, TextSpan.Start);

    /// <summary>Null for false, which leaves the field out.</summary>
    public static ScalarNode? Flag(bool value) => value ? Bool(true) : null;

    public static ScalarNode Null { get; } = new("null", ScalarKind.Null, TextSpan.Start);

    public static SequenceNode List(IEnumerable<Node> items) => new([.. items], TextSpan.Start);

    public static SequenceNode Texts(IEnumerable<string> items) => List(items.Select(Text));

    /// <summary>Null for nothing, which leaves the field out.</summary>
    public static SequenceNode? OptionalTexts(IReadOnlyList<string> items) => items.Count == 0 ? null : Texts(items);
}
