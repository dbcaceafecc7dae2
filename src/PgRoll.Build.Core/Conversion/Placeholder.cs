using PgRoll.Build.Documents;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Conversion;

/// <summary>
/// What stands where an expression is wanted that SQL does not tell. Validation refuses it by name, pgroll's own placeholders as well, so
/// nobody rolls it out.
/// </summary>
static class Placeholder
{
    const string Mark = "TODO: ";

    /// <summary>A placeholder that says what to put in its place.</summary>
    public static string For(string what) => Mark + what;

    /// <summary>The tree with something valid in place of each placeholder, so that the rest of it can be looked at.</summary>
    public static Node Filled(Node node) => node switch
    {
        MappingNode mapping => Filled(mapping),
        SequenceNode sequence => Nodes.List(sequence.Items.Select(Filled)),
        ScalarNode { Kind: ScalarKind.String } scalar when scalar.Text.StartsWith(Mark, StringComparison.Ordinal) => Nodes.Text("NULL"),
        _ => node,
    };

    /// <summary>The same of a mapping.</summary>
    public static MappingNode Filled(MappingNode mapping) => Nodes.Map(mapping.Entries.Select(e => (e.Key.Text, (Node?)Filled(e.Value))));

    /// <summary>A column's own value.</summary>
    public static string Itself(string column) => IsPlain(column) ? column : new Ident(column).ToString();

    static bool IsPlain(string name) => SqlLexer.Tokenize(name) is { Count: 1 } tokens && tokens[0].Kind is TokenKind.Identifier && tokens[0].Value == name && !Keywords.NeedsQuotes(name);
}
