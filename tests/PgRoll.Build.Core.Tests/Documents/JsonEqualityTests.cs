using System.Text;
using System.Text.Json;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class JsonEqualityTests
{
    [TestMethod]
    public void Random_json_means_the_same_to_our_readers_and_to_System_Text_Json()
    {
        var random = new Random(20);
        for (var i = 0; i < 4000; i++)
        {
            var json = new RandomJson(random).Object(depth: 0);
            using var expected = JsonDocument.Parse(json);
            var strict = Reading.Valid(json, "m.json").Root;
            AssertSame(expected.RootElement, strict, json);
            AssertSame(strict, Reading.Valid(json, "m.yaml").Root, json);
        }
    }

    static void AssertSame(JsonElement expected, Node actual, string json)
    {
        switch (expected.ValueKind, actual)
        {
            case (JsonValueKind.Object, MappingNode mapping):
                var properties = expected.EnumerateObject().ToArray();
                CollectionAssert.AreEqual(properties.Select(static p => p.Name).ToArray(), mapping.Entries.Select(static e => e.Key.Text).ToArray(), json);
                foreach (var property in properties)
                    AssertSame(property.Value, mapping.Find(property.Name)!.Value, json);
                break;
            case (JsonValueKind.Array, SequenceNode sequence):
                Assert.AreEqual(expected.GetArrayLength(), sequence.Items.Count, json);
                foreach (var (item, node) in expected.EnumerateArray().Zip(sequence.Items))
                    AssertSame(item, node, json);
                break;
            case (_, ScalarNode scalar):
                Assert.AreEqual(expected.ValueKind.ToString(), scalar.Kind.ToString(), json);
                Assert.AreEqual(expected.ValueKind == JsonValueKind.String ? expected.GetString() : expected.GetRawText(), scalar.Text, json);
                break;
            default:
                Assert.Fail($"{expected.ValueKind} became {actual.GetType().Name}: {json}");
                break;
        }
    }

    static void AssertSame(Node expected, Node actual, string json)
    {
        Assert.AreEqual(expected.Span, actual.Span, json);
        switch (expected, actual)
        {
            case (MappingNode a, MappingNode b):
                Assert.AreEqual(a.Entries.Count, b.Entries.Count, json);
                foreach (var (left, right) in a.Entries.Zip(b.Entries))
                {
                    Assert.AreEqual(left.Key, right.Key, json);
                    AssertSame(left.Value, right.Value, json);
                }
                break;
            case (SequenceNode a, SequenceNode b):
                Assert.AreEqual(a.Items.Count, b.Items.Count, json);
                foreach (var (left, right) in a.Items.Zip(b.Items))
                    AssertSame(left, right, json);
                break;
            default:
                Assert.AreEqual(expected, actual, json);
                break;
        }
    }

    /// <summary>Writes valid JSON with odd blanks, escapes and characters: all that both notations read alike.</summary>
    sealed class RandomJson(Random random)
    {
        static readonly string[] _pieces =
            ["a", "Z", " ", "  ", "é", "😀", "'", "''", "#", " # ", ":", ": ", "- ", ",", "[", "}", "%", "*", "&", "\\\"", "\\\\", "\\/", "\\n", "\\t", "\\r",
             "\\b", "\\f", "\\u0085", "\\u2028", "\\ud83d\\ude00", "\\u00E9", "null", "true", "1", "<<", "---", "?", "!", "|", ">", "@", "`"];

        static readonly string[] _numbers = ["0", "-0", "1", "-17", "3.14", "1e5", "1E-5", "-2.5e+10", "123456789012345678901234567890"];

        public string Object(int depth) => Collection('{', '}', depth, (i, d) => $"{Text($"{i}")}{Blank()}:{Blank(1)}{Value(d)}");

        string Value(int depth) => random.Next(depth > 4 ? 5 : 8) switch
        {
            0 => "true",
            1 => "false",
            2 => "null",
            3 => _numbers[random.Next(_numbers.Length)],
            4 => Text(""),
            5 => Object(depth + 1),
            6 => Collection('[', ']', depth + 1, (_, d) => Value(d)),
            _ => Text(""),
        };

        string Collection(char open, char close, int depth, Func<int, int, string> element) =>
            open + Blank() + string.Join(",", Enumerable.Range(0, random.Next(5)).Select(i => Blank() + element(i, depth) + Blank())) + Blank() + close;

        string Text(string unique)
        {
            var text = new StringBuilder().Append('"').Append(unique);
            for (var n = random.Next(8); n > 0; n--)
                text.Append(_pieces[random.Next(_pieces.Length)]);
            return text.Append('"').ToString();
        }

        string Blank(int atLeast = 0) => string.Concat(Enumerable.Range(0, atLeast + random.Next(3)).Select(_ => random.Next(6) switch
        {
            0 => "\t",
            1 => "\n",
            2 => "\r\n",
            _ => " ",
        }));
    }
}
