using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class LimitTests
{
    const int Hang = 300_000; // milliseconds; at full length a pattern takes some seconds

    /// <summary>What is repeated: each is the worst of something, or was once.</summary>
    static readonly string[] patterns =
    [
        "[", "{", "[{a: ", "- ", "? ", "a: ", "\"a\": ", "&a ", "- &a b\n", "!a ", "x", "x ", "x, ", "x\t", "\t", "\t\n", " ", "\n", "\n  ", "#", "#\n", "x #", "'", "\"", "\\n", "|\n",
        "> \n x\n", "a: b # c\n", "a: |\n b\n", "---\n", "...\n", "\u2028", "- x\n", "- - x\n", "x\n", "a\r", "[],", "{},", "[x],", "\"x\", ", "'' ", "x: y, ", "*a ", "<<: ", "é",
    ];

    /// <summary>What stands before it and behind it.</summary>
    static readonly (string Head, string Tail)[] frames =
        [("", ""), ("a: ", ""), ("a:\n  ", ""), ("a: [", "]"), ("{", "}"), ("{\"a\": \"", "\"}"), ("x: &a {b: 1}\na: '", "'"), ("a: |\n  ", ""), ("a: >\n  ", "")];

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
    public void The_number_of_values_is_limited_in_both_notations()
    {
        // The root, its key and the list are values as well.
        var values = string.Join(",", Enumerable.Repeat("1", DocumentLimits.Values - 3));
        foreach (var file in new[] { "m.yaml", "m.json" })
        {
            Reading.Valid($"{{\"a\": [{values}]}}", file);
            StringAssert.Contains(Reading.Finding($"{{\"a\": [{values},\n1]}}", file), $"{file}(2,1): error PGR0101: Not valid {(file == "m.json" ? "JSON" : "YAML")}: a file may have 200000 values");
        }
    }

    [TestMethod]
    public void The_number_of_comments_is_limited()
    {
        Reading.Valid($"a: 1\n{Repeat("#\n", DocumentLimits.Comments)}");
        StringAssert.Contains(Reading.Finding($"a: 1\n{Repeat("#\n", DocumentLimits.Comments + 1)}"), $"m.yaml({DocumentLimits.Comments + 2},1): error PGR0101: Not valid YAML: a file may have 200000 comments");
        Reading.Valid($"a: |\n{Repeat("  # not one of them\n", DocumentLimits.Comments + 1)}");
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

    /// <summary>What is allocated tells the work, whatever else the machine does.</summary>
    [TestMethod]
    public void Four_times_the_text_is_four_times_the_work()
    {
        Read("m.yaml", "a: 1");
        Read("m.json", "{}");
        List<string> faster = [];
        foreach (var file in new[] { "m.yaml", "m.json" })
            foreach (var pattern in patterns)
                foreach (var (head, tail) in frames)
                {
                    var (once, fourTimes) = (Work(1 << 14), Work(1 << 16));
                    if (fourTimes > (once * 5) + (1 << 18))
                        faster.Add($"{file} {head}{pattern}…{tail}: {once} bytes, {fourTimes} of four times the text");

                    long Work(int length)
                    {
                        var text = head + Repeat(pattern, length / pattern.Length) + tail;
                        var before = GC.GetAllocatedBytesForCurrentThread();
                        Read(file, text);
                        return GC.GetAllocatedBytesForCurrentThread() - before;
                    }
                }
        Assert.AreEqual("", string.Join("\n", faster));
    }

    [SampledTestMethod(of: 6)]
    [Timeout(Hang)]
    [DynamicData(nameof(Patterns))]
    public void A_pattern_repeated_to_the_limit_is_read_or_refused_but_does_not_stall(string pattern)
    {
        foreach (var file in new[] { "m.yaml", "m.json" })
            foreach (var (head, tail) in frames)
                Read(file, head + Repeat(pattern, ((LongRun.IsOn ? DocumentLimits.Length : 1 << 18) - 30) / pattern.Length) + tail);
    }

    static IEnumerable<object[]> Patterns => patterns.Select(pattern => new object[] { pattern });

    static void Read(string file, string text)
    {
        var report = new Report();
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
