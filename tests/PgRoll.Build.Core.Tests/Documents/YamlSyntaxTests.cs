using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class YamlSyntaxTests
{
    [TestMethod]
    [DataRow("", 1, 1, "no content")]
    [DataRow(" \r\n\t\n", 1, 1, "no content")]
    [DataRow("# only\n", 1, 1, "no content")]
    [DataRow("---\n", 1, 1, "no content")]
    [DataRow("\"a\\0\": 1", 1, 1, "the character NUL")]
    [DataRow("a:\n- \"b\\x00\"", 2, 3, "the character NUL")]
    [DataRow("a:\n\tb: 1\n", 2, 1, "tab")]
    [DataRow("\ta: 1\n", 1, 1, "tab")]
    [DataRow("a:\n  b: x\n \tc: 1\n", 3, 2, "tab")]
    [DataRow("a: b\nc: d\na: e", 3, 1, "'a' is already set in line 1")]
    [DataRow("a: { \"b\": 1, b: 2 }", 1, 14, "'b' is already set in line 1")]
    [DataRow("a: b\n---\nc: d", 2, 1, "second document")]
    [DataRow("a: b\n...\nc: d", 3, 1, "second document")]
    [DataRow("a: !secret b", 1, 4, "tag '!secret'")]
    [DataRow("a: !!binary aGk=", 1, 4, "tag 'tag:yaml.org,2002:binary'")]
    [DataRow("a: !!int x", 1, 4, "tag")]
    [DataRow("a: !!seq {}", 1, 4, "tag")]
    [DataRow("a: !<> b", 1, 7, "makes no sense")]
    [DataRow("...\na: b", 2, 3, "makes no sense")]
    [DataRow("a:\n  - {b: 1\n  - c: 2", 3, 3, "brackets")]
    [DataRow("a: *x", 1, 4, "no anchor '&x'")]
    [DataRow("a: &x [*x]", 1, 8, "no anchor '&x'")]
    [DataRow("a: *", 1, 4, "quotes")]
    [DataRow("? [a]\n: b", 1, 3, "key must be a name")]
    [DataRow("{a: 1}: b", 1, 1, "key must be a name")]
    [DataRow(": b", 1, 1, "key must be a name")]
    [DataRow("~: b", 1, 1, "key must be a name")]
    [DataRow("a: 'now'::text", 1, 9, "closing quote")]
    [DataRow("a: b: c", 1, 5, "quotes")]
    [DataRow("a: @b", 1, 4, "'@' cannot start a value")]
    [DataRow("a: 'b", 1, 4, "never closed")]
    [DataRow("a: \"\\q\"", 1, 4, "escape")]
    [DataRow("a: \"\\ud83d\"", 1, 4, "surrogate")]
    [DataRow("a: [1,\n", 2, 1, "value is missing")]
    [DataRow("a: [1\n", 2, 1, "the bracket of line 1 is still open", DisplayName = "open bracket")]
    [DataRow("a: [1,,2]", 1, 7, "value is missing")]
    [DataRow("a: - b", 1, 4, "line of its own")]
    [DataRow("a: |x", 1, 4, "only a comment")]
    [DataRow("a: |\n    x\n  y", 3, 3, "indentation")]
    [DataRow("- a\nb: c", 2, 1, "'- '")]
    [DataRow("%YAML 2.0\n---\na: 1", 1, 1, "version of YAML")]
    [DataRow("a\0: b", 1, 2, "UTF-16")]
    [DataRow("a: \u0007", 1, 4, "U+0007")]
    public void What_is_not_yaml_is_reported_where_it_is(string text, int line, int column, string reason)
    {
        var finding = Reading.Finding(text);
        StringAssert.StartsWith(finding, $"m.yaml({line},{column}): error PGR0101: Not valid YAML: ");
        StringAssert.Contains(finding, reason);
    }

    [TestMethod]
    public void Half_a_surrogate_pair_is_no_text() // nor can it stand in an attribute
    {
        StringAssert.StartsWith(Reading.Finding("a: b\n\ud83d"), "m.yaml(2,1): error PGR0101: Not valid YAML: half of");
        StringAssert.StartsWith(Reading.Finding("a: \ude00\ud83d"), "m.yaml(1,4): error PGR0101: Not valid YAML: half of");
        StringAssert.StartsWith(Reading.Finding("{\"a\": \"\ud83d\"}", "m.json"), "m.json(1,8): error PGR0101: Not valid JSON: half of");
    }

    [TestMethod]
    public void A_key_beyond_the_limit_of_the_grammar_is_called_too_long() =>
        StringAssert.Contains(Reading.Finding($"{new string('k', 1100)}: v"), "longer than 1024");

    [TestMethod]
    public void Every_duplicate_is_reported()
    {
        var report = new Report();
        Assert.IsNull(NodeReader.Read("m.yml", "a: 1\na: 2\nb: { c: 1, c: 2 }\n", report));
        Assert.HasCount(2, report.Diagnostics);
    }

    [TestMethod]
    [DataRow("[]", "a list")]
    [DataRow("a:b", "the string 'a:b'")]
    [DataRow("5", "the number 5")]
    public void A_file_that_holds_no_mapping_has_the_wrong_structure(string text, string what)
    {
        foreach (var file in new[] { "m.yaml", "m.json" })
            if (file == "m.yaml" || text != "a:b")
                StringAssert.Contains(Reading.Finding(text, file), $"{file}(1,1): error PGR0102: migration: a migration is a mapping with the key 'operations', not {what}");
    }

    [TestMethod]
    [DataRow("y Y yes Yes YES true True TRUE on On ON", nameof(ScalarKind.True))]
    [DataRow("n N no No NO false False FALSE off Off OFF", nameof(ScalarKind.False))]
    [DataRow("~ null Null NULL", nameof(ScalarKind.Null))]
    [DataRow("0 -1 +1 1_000 0x1F -0b1 0o17 017 089 1. .5 1.5e-3 .inf -.Inf .NaN 99999999999999999999", nameof(ScalarKind.Number))]
    [DataRow("yEs t nil 1a 0xG 2024-01-31 12:30 1e . + -- e5 .x 1.2.3 _1 -.nan now() ''", nameof(ScalarKind.String))]
    [DataRow("'y' \"5\" '~' \"\" !!str 5 ! no", nameof(ScalarKind.String), DisplayName = "quoted")]
    public void Plain_scalars_have_the_types_that_pgroll_gives_them(string words, string kind)
    {
        foreach (var word in words.Replace("!!str ", "!!str_").Replace("! ", "!_").Split(' '))
        {
            var text = word.Replace("!!str_", "!!str ").Replace("!_", "! ");
            Assert.AreEqual(kind, ((ScalarNode)Reading.Valid($"a: {text}").Root.Find("a")!.Value).Kind.ToString(), text);
        }
    }

    [TestMethod]
    [DataRow("!!int 5", nameof(ScalarKind.Number))]
    [DataRow("!!float '5'", nameof(ScalarKind.Number))]
    [DataRow("!!bool yes", nameof(ScalarKind.True))]
    [DataRow("!!null ''", nameof(ScalarKind.Null))]
    public void Core_tags_may_be_written_out(string value, string kind) =>
        Assert.AreEqual(kind, ((ScalarNode)((SequenceNode)Reading.Valid($"!!map {{ a: !!seq [ {value} ] }}").Root.Find("a")!.Value).Items[0]).Kind.ToString());
}
