using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class ReadingFuzzTests
{
    static readonly string[] _seeds =
    [
        "# head\noperations:\n  - add_column:\n      table: orders # t\n      column: { name: total, type: \"numeric(12,2)\", nullable: yes }\n      up: |\n        coalesce(\n          total, 0)\n",
        "operations:\n- create_constraint:\n    table: bill\n    name: uq\n    type: unique\n    columns: [a, 'b c']\n    up: {a: a, 'b c': \"b\"}\n    down:\n      a: a\n      ? b c\n      : >-\n        x\n\n        y\n",
        "---\na: &id { name: id, type: int }\nb: *id\nc: { <<: *id, pk: true }\nd: [*id, ~, !!str 5]\n...\n",
        "{\"operations\": [\n\t{\"sql\": {\"up\": \"select '\\u00e9\\ud83d\\ude00' /* \\\"x\\\" */\", \"onComplete\": true, \"n\": [1, -2.5e3, null]}}\n]}\n",
        "%YAML 1.1\n---\r\n'a': \"x\\n\\x41\\\n  y\" # c\r\nb: 'it''s\r\n\r\n  so'\r\nc: !!map\r\n  d: -\r\n",
    ];

    static readonly string[] _pieces =
        ["\n", "\r\n", "\t", " ", "  ", "\n  ", "\n- ", ": ", ":", "- ", "? ", "# ", "#", "[", "]", "{", "}", ",", "'", "\"", "\\", "\\u12", "|", ">-\n", "|2\n", "&a ", "*a", "*id",
         "!x ", "!", "%", "@", "`", "---\n", "...\n", "<<: ", "~", "null", "\0", "\u0007", "\u0085", "\u2028", "\uFEFF", "\ud83d", "\ude00", "😀", "a: b", "\"a\": 1,", "//", "/*"];

    [TestMethod]
    [Timeout(120_000)]
    public void Mutated_documents_are_read_or_refused_with_places_inside_the_text()
    {
        var random = new Random(7);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 6000; i++)
        {
            var text = _seeds[random.Next(_seeds.Length)];
            for (var n = random.Next(1, 4); n > 0; n--)
                text = Mutate(text, random);
            foreach (var file in new[] { "m.yaml", "m.json" })
            {
                var report = new Report();
                var document = NodeReader.Read(file, text, report);
                Assert.AreEqual(document is null, report.HasErrors, text);
                if (document is null)
                    refused++;
                else
                {
                    read++;
                    Visit(document, document.Root, "", text);
                    foreach (var comment in document.Comments)
                    {
                        AssertInside(text, comment.Span);
                        Assert.StartsWith("#", Reading.Covered(WithoutMark(text), comment.Span), text);
                    }
                    ReadFields(new(document.Root, "migration", report.For(document)));
                }
                foreach (var finding in report.Diagnostics)
                    AssertInside(text, finding.Location.Span);
            }
        }
        Assert.IsTrue(read > 1000 && refused > 1000, $"{read} read, {refused} refused: the mutations prove little.");
    }

    static string Mutate(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 12), text.Length - at);
        var piece = random.Next(3) == 0 ? text.Substring(at, length) : _pieces[random.Next(_pieces.Length)];
        return random.Next(4) switch
        {
            0 => text.Remove(at, length),
            1 => text.Remove(at, length).Insert(at, piece),
            _ => text.Insert(random.Next(text.Length + 1), piece),
        };
    }

    static void Visit(Document document, Node node, string path, string text)
    {
        AssertInside(text, node.Span);
        AssertInside(text, document.Locate(path));
        switch (node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping.Entries)
                    Visit(document, entry.Value, DocumentPath.Join(path, entry.Key.Text), text);
                break;
            case SequenceNode sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                    Visit(document, sequence.Items[i], DocumentPath.Join(path, i), text);
                break;
            case ScalarNode scalar:
                for (var i = 0; i <= scalar.Text.Length; i++)
                    AssertInside(text, document.Locate(path, i, 2));
                break;
        }
    }

    static void ReadFields(FieldReader fields)
    {
        fields.OptionalString("a");
        fields.Settable("b");
        fields.StringMap("c");
        fields.RequiredStringList("d");
        fields.RequiredMappingList("operations", static item => item.Choice("operation", ["sql", "add_column"]) is { } choice
            ? choice.Body.Read(static body => body.RequiredString("up") + body.OptionalBool("onComplete") + body.RequiredMapping("column", static c => c.RequiredWord("type", ["int"])))
            : null);
        fields.Done();
    }

    static string WithoutMark(string text) => text.StartsWith('\uFEFF') ? text[1..] : text;

    static void AssertInside(string text, TextSpan span)
    {
        var lines = WithoutMark(text).Replace("\r\n", "\n").Replace('\r', '\n').Split('\n');
        Assert.IsTrue(
            span is { Line: > 0, Column: > 0 } && span.EndLine <= lines.Length && (span.Line < span.EndLine || (span.Line == span.EndLine && span.Column <= span.EndColumn))
                && span.Column <= lines[span.Line - 1].Length + 2 && span.EndColumn <= lines[span.EndLine - 1].Length + 2,
            $"{span} in {text}");
    }
}
