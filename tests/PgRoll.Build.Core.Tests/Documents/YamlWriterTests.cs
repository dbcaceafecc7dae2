using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Core.Tests.Documents;

[TestClass]
public sealed class YamlWriterTests
{
    [TestMethod]
    [DataRow("plain words")]
    [DataRow("yes")]
    [DataRow("1e3")]
    [DataRow("null")]
    [DataRow("")]
    [DataRow(" blank before and after ")]
    [DataRow("a: b # c")]
    [DataRow("- x")]
    [DataRow("*star &and !bang %percent @at `tick")]
    [DataRow("'single' \"double\" \\ back")]
    [DataRow("two\nlines")]
    [DataRow("ends\n")]
    [DataRow("ends twice\n\n")]
    [DataRow("\nbegins")]
    [DataRow("  indented\nthen not")]
    [DataRow(" SELECT 1\n   FROM t;\n\n-- end \nSELECT 2;\n")]
    [DataRow("tab\there\nand\there")]
    [DataRow("carriage\r\nreturn")]
    [DataRow("é ü 日本 😀\n\u0085\u2028")]
    [DataRow("---\n...\n")]
    public void Whatever_text_is_written_is_read_again(string text)
    {
        var quoted = MigrationJson.Quote(text);
        var tree = Read($"{{\"operations\":[{{\"sql\":{{\"up\":{quoted}}}}},{{{quoted}:[true,null,1.50,{{}}]}}]}}", "x.json");
        var yaml = YamlWriter.Write(tree);
        Assert.AreEqual(MigrationJson.Write(tree), MigrationJson.Write(Read(yaml, "x.yaml")), yaml);
    }

    [TestMethod]
    public void It_is_written_for_people() => Assert.AreEqual(
        """
        operations:
          - create_table:
              name: users
              columns:
                - name: id
                  pk: true
                - name: "yes"
                  default: "''"
              constraints: []
          - sql:
              up: |-
                SELECT 1;
                SELECT 2

        """,
        YamlWriter.Write(Read("""{"operations":[{"create_table":{"name":"users","columns":[{"name":"id","pk":true},{"name":"yes","default":"''"}],"constraints":[]}},{"sql":{"up":"SELECT 1;\nSELECT 2"}}]}""", "x.json")));

    static MappingNode Read(string text, string file)
    {
        var report = new Report();
        var document = NodeReader.Read(file, text, report);
        Assert.IsNotNull(document, $"{text}\n{string.Join('\n', report.Diagnostics)}");
        return document.Root;
    }
}
