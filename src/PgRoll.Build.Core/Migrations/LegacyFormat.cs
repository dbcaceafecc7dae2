using System.Text;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Migrations;

/// <summary>
/// What older pgrolls wrote and newer ones refuse: an index's columns as a list of names, or as names with options. Only these words of
/// the file are written anew; its comments, layout and notation stay.
/// </summary>
static class LegacyFormat
{
    /// <summary>The file in today's form; null where it has none of the old ones.</summary>
    public static MigrationFile? Update(MigrationFile file)
    {
        if (NodeReader.Read(file.Path, file.Text, new()) is not { } document || document.Root.Find("operations")?.Value is not SequenceNode operations)
            return null;
        var format = DocumentFormats.Of(file.Path);
        var edits = operations.Items.OfType<MappingNode>()
            .Select(operation => ((operation.Find("create_index")?.Value as MappingNode)?.Find("columns"))?.Value)
            .SelectMany(columns => columns switch
            {
                SequenceNode list => list.Items.OfType<ScalarNode>().Select(name => (name.Span, Text: Text(Key(name, []), format))),
                MappingNode map => [(map.Span, Text(new SequenceNode([.. map.Entries.Select(e => Key(e.Key, e.Value))], map.Span), format))],
                _ => [],
            })
            .OrderByDescending(edit => edit.Span.Line).ThenByDescending(edit => edit.Span.Column).ToList();
        return edits.Count == 0 ? null : file with { Text = Apply(file.Text, edits) };
    }

    static MappingNode Key(ScalarNode name, Node options) => Key(name, options is MappingNode mapping ? mapping.Entries : []);

    static MappingNode Key(ScalarNode name, IEnumerable<MappingEntry> options) =>
        new([new(new("column", ScalarKind.String, name.Span), name), .. options], name.Span);

    static string Apply(string text, IEnumerable<(TextSpan Span, string Text)> edits)
    {
        var source = new SourceText(text);
        var result = new StringBuilder(text);
        foreach (var (span, words) in edits)
        {
            var start = source.Offset(span.Line, span.Column);
            result.Remove(start, source.Offset(span.EndLine, span.EndColumn) - start).Insert(start, words);
        }
        return result.ToString();
    }

    /// <summary>On one line, which fits wherever the old one stood.</summary>
    static string Text(Node node, DocumentFormat format) => node switch
    {
        MappingNode mapping => $"{{{string.Join(", ", mapping.Entries.Select(e => $"{Text(e.Key, format)}: {Text(e.Value, format)}"))}}}",
        SequenceNode sequence => $"[{string.Join(", ", sequence.Items.Select(item => Text(item, format)))}]",
        ScalarNode { Kind: ScalarKind.String } text when format == DocumentFormat.Yaml && IsWord(text.Text) => text.Text,
        ScalarNode { Kind: ScalarKind.String } text => MigrationJson.Quote(text.Text),
        ScalarNode scalar => scalar.Text,
        _ => "",
    };

    static bool IsWord(string text) => text.All(c => c is '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')) && YamlScalars.KindOf(text) == ScalarKind.String;
}
