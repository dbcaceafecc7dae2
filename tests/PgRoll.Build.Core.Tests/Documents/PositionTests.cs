using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class PositionTests
{
    const string Yaml = """
        # a header
        operations:
          - add_column:
              table: orders
              column: { name: total, type: "numeric(12,2)", check: { name: c } }
              up: |
                coalesce(
                  total, 0)
              comment:
          - drop_table:
              name: 'bill'
        """;

    const string Json = "{\r\n\t\"operations\": [\r\n\t\t{ \"add_column\": { \"table\": \"or\\u0064ers\", \"nullable\": true } }, 7\r\n\t]\r\n}";

    [TestMethod]
    [DataRow("", 1, 1, "")]
    [DataRow("operations", 2, 1, "operations")]
    [DataRow("operations[0]", 3, 5, "add_column")]
    [DataRow("operations[0].add_column", 3, 5, "add_column")]
    [DataRow("operations[0].add_column.table", 4, 14, "orders")]
    [DataRow("operations[0].add_column.column", 5, 7, "column")]
    [DataRow("operations[0].add_column.column.name", 5, 23, "total")]
    [DataRow("operations[0].add_column.column.type", 5, 36, "\"numeric(12,2)\"")]
    [DataRow("operations[0].add_column.column.check", 5, 53, "check")]
    [DataRow("operations[0].add_column.up", 6, 11, "|\n        coalesce(\n          total, 0)")]
    [DataRow("operations[1].drop_table.name", 11, 13, "'bill'")]
    public void A_yaml_path_leads_to_the_value_or_to_the_key_of_a_collection(string path, int line, int column, string covered) =>
        AssertPlace(Yaml.ReplaceLineEndings("\n"), "m.yaml", path, line, column, covered);

    [TestMethod]
    [DataRow("operations[0].add_column.down", "add_column")]
    [DataRow("operations[0].add_column.column.pk", "column")]
    [DataRow("operations[0].add_column.column.pk.deeper[3]", "column")]
    [DataRow("operations[0].add_column.comment", "comment")]
    [DataRow("operations[0].sql", "add_column")]
    [DataRow("operations[0].add_column.table.x", "orders")]
    [DataRow("operations[9]", "operations")]
    [DataRow("operations[]", "operations")]
    [DataRow("nothing", "")]
    public void A_path_to_nothing_leads_to_the_nearest_parent(string path, string covered)
    {
        var text = Yaml.ReplaceLineEndings("\n");
        Assert.AreEqual(covered, Reading.Covered(text, Reading.Valid(text).Locate(path)));
    }

    [TestMethod]
    [DataRow("operations", 2, 2, "\"operations\"")]
    [DataRow("operations[0]", 3, 3, "{ \"add_column\": { \"table\": \"or\\u0064ers\", \"nullable\": true } }")]
    [DataRow("operations[0].add_column", 3, 5, "\"add_column\"")]
    [DataRow("operations[0].add_column.table", 3, 30, "\"or\\u0064ers\"")]
    [DataRow("operations[0].add_column.nullable", 3, 57, "true")]
    [DataRow("operations[1]", 3, 67, "7")]
    public void A_json_path_leads_to_the_same_kinds_of_places(string path, int line, int column, string covered) =>
        AssertPlace(Json, "m.json", path, line, column, covered);

    [TestMethod]
    public void An_item_over_several_lines_is_pointed_at_by_its_bracket()
    {
        var text = "[{\n\"a\": [\n1]}]".Insert(0, "{\"x\":") + "}";
        AssertPlace(text, "m.json", "x[0]", 1, 7, "{");
    }

    [TestMethod]
    [DataRow("a: b\rc: d", "c", 2, 4, DisplayName = "CR")]
    [DataRow("a: b\r\n\r\nc: d", "c", 3, 4, DisplayName = "CRLF")]
    [DataRow("\uFEFFc: d", "c", 1, 4, DisplayName = "byte order mark")]
    [DataRow("a: 😀 # 😀\n😀: { c: \"😀\", d: e }", "😀.d", 2, 19, DisplayName = "emoji count two units")]
    [DataRow("a: x\u2028 y\nc: d", "c", 2, 4, DisplayName = "line breaks only YAML knows")]
    [DataRow("a: >-\n\n  x\n\n   y\n\n\nc: d", "c", 8, 4, DisplayName = "after a folded block")]
    [DataRow("a: 'x\n\n  y'\nc: d", "c", 4, 4, DisplayName = "after a quoted text of three lines")]
    [DataRow("---\nc: d\n...\n", "c", 2, 4, DisplayName = "document markers")]
    [DataRow("{\n\t\"a\": 1,\n\t\t\"c\":\td}", "c", 3, 8, DisplayName = "tabs in flow style")]
    public void Lines_and_columns_are_those_of_an_editor(string text, string path, int line, int column)
    {
        var span = Reading.Valid(text).Locate(path);
        Assert.AreEqual((line, column), (span.Line, span.Column));
    }

    [TestMethod]
    [DataRow("a: x + bad(y)", 1, 8)]
    [DataRow("a: \"x\\n+ \\u0062ad(y)\"", 1, 10)]
    [DataRow("a: 'x''s + bad'", 1, 12)]
    [DataRow("a: |\n  x\n   + bad(y)", 3, 6)]
    [DataRow("a: >2-\r\n    x\r\n  \r\n  + bad", 4, 5)]
    [DataRow("a: x\n\n  +\n  bad", 4, 3)]
    [DataRow("{\"a\": \"\\\"x\\\" \\/ 😀 bad\"}", 1, 20)]
    public void A_word_inside_a_string_is_found_past_quotes_escapes_and_indentation(string text, int line, int column)
    {
        var document = Reading.Valid(text);
        var value = ((ScalarNode)document.Root.Find("a")!.Value).Text;
        var span = document.Locate("a", value.IndexOf("bad", StringComparison.Ordinal), "bad".Length);
        Assert.AreEqual((line, column), (span.Line, span.Column));
    }

    [TestMethod]
    public void Words_of_a_long_text_are_found_in_whatever_order()
    {
        var words = Enumerable.Range(0, 2000).Select(i => $"word{i}{(i % 7 == 0 ? "\n\n     " : i % 3 == 0 ? "\n" : "  ")}").ToList();
        var text = "a: |\n  " + string.Concat(words).Replace("\n", "\n  ") + "\n";
        var document = Reading.Valid(text);
        var value = ((ScalarNode)document.Root.Find("a")!.Value).Text;
        var random = new Random(3);
        for (var i = 0; i < 3000; i++)
        {
            var word = words[random.Next(words.Count)].TrimEnd();
            var at = value.IndexOf(word, StringComparison.Ordinal);
            Assert.AreEqual(word, Reading.Covered(text, document.Locate("a", at, word.Length)));
        }
    }

    [TestMethod]
    public void A_place_outside_of_the_string_leads_to_the_whole_value()
    {
        var document = Reading.Valid("a: text\nb: &x text\nc: *x\nd: [1]");
        Assert.AreEqual(document.Locate("a"), document.Locate("a", 4, 1));
        Assert.AreEqual(document.Locate("b"), document.Locate("b", 0, 2));
        Assert.AreEqual(document.Locate("c"), document.Locate("c", 0, 2));
        Assert.AreEqual(document.Locate("d"), document.Locate("d", 0, 1));
    }

    static void AssertPlace(string text, string file, string path, int line, int column, string covered)
    {
        var span = Reading.Valid(text, file).Locate(path);
        Assert.AreEqual((line, column), (span.Line, span.Column));
        Assert.AreEqual(covered, Reading.Covered(text, span));
    }
}
