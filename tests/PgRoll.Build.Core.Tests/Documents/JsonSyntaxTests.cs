using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class JsonSyntaxTests
{
    [TestMethod]
    [DataRow("", 1, 1, "no content")]
    [DataRow("{\"a\": 1,}", 1, 8, "comma")]
    [DataRow("{\"a\": [1,\n]}", 1, 9, "comma")]
    [DataRow("{,}", 1, 2, "expected a key")]
    [DataRow("{\"a\\u0000\": 1}", 1, 4, "the character NUL")]
    [DataRow("{\"a\": \"b\\u0000\"}", 1, 9, "the character NUL")]
    [DataRow("{'a': 1}", 1, 2, "double quotes")]
    [DataRow("{\"a\": 'b'}", 1, 7, "double quotes")]
    [DataRow("{a: 1}", 1, 2, "double quotes")]
    [DataRow("// c\n{}", 1, 1, "no comments")]
    [DataRow("{\"a\": /* c */ 1}", 1, 7, "no comments")]
    [DataRow("{\"a\": 1} # c", 1, 10, "no comments")]
    [DataRow("{\"a\": 01}", 1, 7, "start with 0")]
    [DataRow("{\"a\": -01}", 1, 7, "start with 0")]
    [DataRow("{\"a\": -}", 1, 7, "not complete")]
    [DataRow("{\"a\": 1.}", 1, 7, "not complete")]
    [DataRow("{\"a\": 1e+}", 1, 7, "not complete")]
    [DataRow("{\"a\": .5}", 1, 7, "unexpected character '.'")]
    [DataRow("{\"a\": +5}", 1, 7, "unexpected character '+'")]
    [DataRow("{\"a\": NaN}", 1, 7, "'NaN' is no JSON value")]
    [DataRow("{\"a\": True}", 1, 7, "'True' is no JSON value")]
    [DataRow("{\"a\": }", 1, 7, "'}' stands where a value should")]
    [DataRow("{\"a\" 1}", 1, 6, "expected ':' after the key 'a'")]
    [DataRow("{\"a\": 1 \"b\": 2}", 1, 9, "expected ',' or '}'")]
    [DataRow("{\"a\": [1 2]}", 1, 10, "expected ',' or ']'")]
    [DataRow("{\n\"a\": [1", 2, 8, "the '[' of line 2 is still open")]
    [DataRow("{\"a\":", 1, 6, "the file ends")]
    [DataRow("{", 1, 2, "the '{' of line 1 is still open")]
    [DataRow("{\"a\": 1, ", 1, 10, "the '{' of line 1 is still open")]
    [DataRow("{\"a\": [1,", 1, 10, "the '[' of line 1 is still open")]
    [DataRow("{} x", 1, 4, "after the end")]
    [DataRow("{}\n{}", 2, 1, "after the end")]
    [DataRow("{\"a\": \"b", 1, 7, "does not end on its line")]
    [DataRow("{\"a\": \"b\nc\"}", 1, 7, "does not end on its line")]
    [DataRow("{\"a\": \"b\tc\"}", 1, 9, "\\u0009")]
    [DataRow("{\"a\": \"b\u0001c\"}", 1, 9, "\\u0001")]
    [DataRow("{\"a\": \"\\x41\"}", 1, 8, "unknown escape")]
    [DataRow("{\"a\": \"\\u00g0\"}", 1, 8, "four hexadecimal digits")]
    [DataRow("{\"a\": \"\\u12", 1, 8, "four hexadecimal digits")]
    [DataRow("{\"a\": \"\\ud83d\"}", 1, 8, "surrogate")]
    [DataRow("{\"a\": \"\\ud83d\\u0041\"}", 1, 8, "surrogate")]
    [DataRow("{\"a\": \"\\ude00\"}", 1, 8, "surrogate")]
    [DataRow("{\"a\": 1,\n \"\\u0061\": 2}", 2, 2, "'a' is already set in line 1")]
    [DataRow("{\"a\": \"\0\"}", 1, 8, "UTF-16")]
    [DataRow("\u00A0{}", 1, 1, "unexpected character")]
    public void What_is_not_strict_json_is_reported_where_it_is(string text, int line, int column, string reason)
    {
        var finding = Reading.Finding(text, "m.json");
        StringAssert.StartsWith(finding, $"m.json({line},{column}): error PGR0101: Not valid JSON: ");
        StringAssert.Contains(finding, reason);
    }

    [TestMethod]
    public void What_yaml_changes_in_strings_json_keeps()
    {
        const string text = "\uFEFF{\"a\": \"x\u0085 \u2028\u2029 y\u007f\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"}";
        Assert.AreEqual("x\u0085 \u2028\u2029 y\u007f/\b\f\n\r\té😀", ((ScalarNode)Reading.Valid(text, "m.json").Root.Find("a")!.Value).Text);
    }

    [TestMethod]
    public void Numbers_and_booleans_are_no_strings()
    {
        var root = Reading.Valid("""{"a": -0.5E+3, "b": true, "c": false, "d": null, "e": "null", "f": "y", "y": "1"}""", "m.json").Root;
        Assert.AreEqual(
            "Number True False Null String String String",
            string.Join(" ", root.Entries.Select(static e => ((ScalarNode)e.Value).Kind)));
        Assert.AreEqual("-0.5E+3", ((ScalarNode)root.Find("a")!.Value).Text);
    }

    [TestMethod]
    public void Text_from_a_database_is_json_whatever_its_name()
    {
        var report = new Report();
        Assert.IsNotNull(NodeReader.Read("01_init", "{\"a\": 1}", DocumentFormat.Json, report));
        Assert.IsNull(NodeReader.Read("01_init", "a: 1", DocumentFormat.Json, report));
        StringAssert.StartsWith(report.Diagnostics.Single().ToString(), "01_init(1,1): error PGR0101: Not valid JSON");
    }
}
