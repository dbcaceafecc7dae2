using PgRoll.Build.Diagnostics;
using YamlDotNet.Core;

namespace PgRoll.Build.Documents;

/// <summary>Says in a user's words what the YAML parser says in a grammar's.</summary>
static class YamlErrors
{
    public const string Tab = "a tab indents this line; YAML is indented with blanks.";

    /// <summary>The longest key the YAML grammar allows without a '?' before it; the parser does not say that it was passed.</summary>
    const int LongestKey = 1024;

    const string StrayColon = "': ' is not expected here; put the text in quotes if it belongs to the value, else check the indentation.";

    static readonly (string Part, string Message)[] _wordings =
    [
        ("found invalid mapping", StrayColon),
        ("Mapping values are not allowed", StrayColon),
        ("found character that cannot start any token", "{0} cannot start a value; put the value in quotes."),
        ("scalar, found unexpected end of stream", "the quote that opens here is never closed."),
        ("found unexpected document indicator", "the quote that opens here is not closed before '---' or '...' at the start of a line."),
        ("unknown escape character", "unknown escape in double quotes; write \\\\ for a backslash, or use single quotes."),
        ("invalid Unicode surrogates", "half of a surrogate pair in an escape; write the character itself."),
        ("wrong indentation", "a text in double quotes goes on here, but is not indented deeper than its key."),
        ("did not find expected ',' or ']'", "expected ',' or ']'"),
        ("did not find expected ',' or '}'", "expected ',' or '}'"),
        ("did not find expected key", "expected a key here; check the indentation, and that the value above ends where it should."),
        ("did not find expected '-' indicator", "expected '- ' here: the list above goes on, or this line has the wrong indentation."),
        ("did not find expected node content", "a value is missing here."),
        ("Block sequence entries are not allowed", "'- ' cannot start a list here; put it on a line of its own below the key."),
        ("could not find expected ':'", "expected ':' after this key."),
        ("anchor or alias", "'&' names an anchor and '*' an alias; put the value in quotes if it is meant as text."),
        ("did not find expected comment or line break", "only a comment may follow '|' or '>' on its line; the text starts on the next."),
        ("found more than one anchor", "a value has one anchor; this is the second."),
        ("Unexpected comma at end of tag", "'!' starts a tag; put the value in quotes if it is meant as text."),
        ("scanning a tag", "'!' starts a tag; put the value in quotes if it is meant as text."),
        ("directive", "'%' at the start of a line is a YAML directive, and this one is not valid; migrations need none."),
        ("incompatible YAML document", "the '%YAML' line asks for another version of YAML; remove it."),
        ("expected <document", "the document ends before this place; check the indentation, and that every key is followed by ': '."),
        ("adjacent scalars", "a comment cannot stand inside a value of several lines."),
        ("extra spaces in first line", "the first lines of a text after '|' or '>' must not be indented deeper than the rest."),
        ("more spaces in lines above", "the first lines of a text after '|' or '>' must not be indented deeper than the rest."),
    ];

    public static MalformedDocumentException Explain(
        YamlException error, SourceText source, int lastEnd, IReadOnlyCollection<TextSpan> openBrackets)
    {
        var at = Math.Min((int)error.Start.Index, source.Text.Length);
        if (error.Message.Contains("tab") && IndentingTab(source, lastEnd) is { } tab)
            return new(source.Span(tab, tab + 1), Tab);
        var span = source.Span(at);
        if (span.Column > LongestKey && error.Message.Contains("expected <document"))
            return new(
                span with { Column = 1, EndColumn = span.Column },
                $"a key is longer than {LongestKey} characters, or ':' is missing after it.");

        if (error.Message.Contains("did not find expected") && FollowsQuote(source, at, lastEnd))
            return new(span, "text after the closing quote; put the whole value in double quotes, or double the quotes inside single ones.");

        var message = error.Message;
        foreach (var (part, wording) in _wordings)
            if (error.Message.Contains(part))
            {
                message = wording.Replace("{0}", at < source.Text.Length ? Quoted.Short(source.Text.Substring(at, 1)) : "this");
                break;
            }
        if (message.StartsWith("expected ',' or", StringComparison.Ordinal))
            message += openBrackets.Count > 0 ? $"; the bracket of line {openBrackets.First().Line} is still open." : ".";
        return new(span, message);
    }

    /// <summary>SQL has quotes of its own, and <c>'now'::text</c> is the usual slip.</summary>
    static bool FollowsQuote(SourceText source, int at, int lastEnd) =>
        lastEnd > 0 && source.Text[lastEnd - 1] is '\'' or '"' && at >= lastEnd && at < source.EndOfLine(lastEnd);

    /// <summary>The parser names the start of the value before the tab; the person looks for the tab.</summary>
    static int? IndentingTab(SourceText source, int from)
    {
        for (var line = source.StartOfLine(from); line < source.Text.Length; line = source.EndOfLine(line) + 1)
        {
            var at = line;
            while (at < source.Text.Length && source.Text[at] == ' ')
                at++;
            if (at < source.Text.Length && source.Text[at] == '\t')
                return at;
        }
        return null;
    }
}
