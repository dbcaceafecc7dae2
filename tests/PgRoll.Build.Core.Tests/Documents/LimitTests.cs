using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class LimitTests
{
    const int Hang = 120_000; // milliseconds; the cases take some tens

    static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    [TestMethod]
    public void Depth_is_limited_in_both_notations()
    {
        foreach (var file in new[] { "m.yaml", "m.json" })
        {
            Reading.Valid($"{{\"a\": {Repeat("[", DocumentLimits.Depth - 2)}1{Repeat("]", DocumentLimits.Depth - 2)}}}", file);
            StringAssert.Contains(
                Reading.Finding($"{{\"a\": {Repeat("[", DocumentLimits.Depth)}1{Repeat("]", DocumentLimits.Depth)}}}", file),
                $"{file}(1,106): error PGR0101: Not valid {(file == "m.json" ? "JSON" : "YAML")}: nested deeper than 100 levels");
        }
    }

    [TestMethod]
    public void Size_is_limited_in_both_notations()
    {
        foreach (var file in new[] { "m.yaml", "m.json" })
        {
            var text = $"{{\"a\": \"{new string('x', DocumentLimits.Length - 9)}\"}}";
            Assert.AreEqual(DocumentLimits.Length, Reading.Valid(text, file).Root.Find("a")!.Value is ScalarNode value ? value.Text.Length + 9 : 0);
            StringAssert.StartsWith(Reading.Finding(text + " ", file), $"{file}(1,1): error PGR0101");
        }
    }

    [TestMethod]
    public void Aliases_of_aliases_do_not_grow_without_end()
    {
        var laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
            + string.Concat(Enumerable.Range(1, 20).Select(i => $"a{i}: &a{i} [{Repeat($"*a{i - 1},", 9)}]\n"));
        StringAssert.Contains(Reading.Finding(laughs), "stand for more than 100000 values");

        var merges = "a0: &a0 {x: 1}\n" + string.Concat(Enumerable.Range(1, 1000).Select(i => $"a{i}: &a{i} {{<<: *a{i - 1}, k{i}: 1}}\n"));
        StringAssert.Contains(Reading.Finding(merges), "stand for more than 100000 values");

        var deep = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 150).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n"));
        StringAssert.Contains(Reading.Finding(deep), "nested deeper than 100 levels");
    }

    [TestMethod]
    [Timeout(Hang)]
    [DataRow("[")]
    [DataRow("{")]
    [DataRow("[{a: ")]
    [DataRow("- ")]
    [DataRow("? ")]
    [DataRow("a: ")]
    [DataRow("\"a\": ")]
    [DataRow("&a ")]
    [DataRow("- &a b\n")]
    [DataRow("!a ")]
    [DataRow("x")]
    [DataRow("x ")]
    [DataRow("x, ")]
    [DataRow("x\t")]
    [DataRow("\t")]
    [DataRow("\t\n")]
    [DataRow("\n")]
    [DataRow("#")]
    [DataRow("#\n")]
    [DataRow("'")]
    [DataRow("\"")]
    [DataRow("\\n")]
    [DataRow("|\n")]
    [DataRow("> \n x\n")]
    [DataRow("a: b # c\n")]
    [DataRow("a: |\n b\n")]
    [DataRow("---\n")]
    [DataRow("...\n")]
    [DataRow("\u2028")]
    public void A_pattern_repeated_to_the_limit_is_read_or_refused_but_does_not_stall(string pattern)
    {
        foreach (var file in new[] { "m.yaml", "m.json" })
            foreach (var (head, tail) in new[] { ("", ""), ("a: ", ""), ("a:\n  ", ""), ("a: [", "]"), ("{", "}"), ("{\"a\": \"", "\"}"), ("x: &a {b: 1}\na: '", "'") })
            {
                var report = new Report();
                var text = head + Repeat(pattern, (DocumentLimits.Length - 30) / pattern.Length) + tail;
                if (NodeReader.Read(file, text, report) is { } document)
                {
                    var fields = new FieldReader(document.Root, "migration", report.For(document));
                    fields.RequiredString("a");
                    fields.Done();
                }
                else
                    Assert.IsTrue(report.HasErrors);
            }
    }
}
