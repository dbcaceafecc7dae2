using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Core.Tests.Migrations;

[TestClass]
public sealed class MigrationDifferenceTests
{
    const string File =
        """
        operations:
          - alter_column: { table: t, column: c, nullable: false, up: "coalesce(c, '')" } # why
          - add_column:
              table: t
              column: { name: d, type: int, nullable: true, references: { name: fk, table: u, column: id, on_delete: cascade } }
          - drop_column: { table: t, column: e }
        """;

    [TestMethod]
    [DataRow("""{"operations": [{"alter_column": {"up": "coalesce(c, '')", "down": "", "table": "t", "column": "c", "nullable": false}}, {"add_column": {"up": "", "table": "t", "column": {"name": "d", "type": "int", "nullable": true, "pk": false, "default": null, "references": {"name": "fk", "table": "u", "column": "id", "on_delete": "CASCADE", "on_update": "NO ACTION", "match_type": "SIMPLE", "deferrable": false}}}}, {"drop_column": {"table": "t", "column": "e", "down": ""}}], "version_schema": ""}""", DisplayName = "pgroll's words")]
    [DataRow("""{"tool": "PgRoll.Build", "operations": [{"alter_column": {"table": "t", "column": "c", "nullable": false, "up": "coalesce(c, '')"}}, {"add_column": {"table": "t", "column": {"name": "d", "type": "int", "nullable": true, "references": {"name": "fk", "table": "u", "column": "id", "on_delete": "cascade"}}}}, {"drop_column": {"table": "t", "column": "e"}}]}""", DisplayName = "ours")]
    public void The_same_in_other_words_does_not_differ(string row) => Assert.IsNull(Find(File, row));

    [TestMethod]
    [DataRow("column: c, nullable: false", "column: c", "operations[0].alter_column.nullable")]
    [DataRow("column: c, nullable: false", "column: c, nullable: false, default: null", "operations[0].alter_column.default")]
    [DataRow("coalesce(c, '')", "coalesce(c, 'x')", "operations[0].alter_column.up")]
    [DataRow("type: int", "type: bigint", "operations[1].add_column.column.type")]
    [DataRow("nullable: true", "nullable: false", "operations[1].add_column.column.nullable")]
    [DataRow("on_delete: cascade", "on_delete: restrict", "operations[1].add_column.column.references.on_delete")]
    [DataRow(", on_delete: cascade", "", "operations[1].add_column.column.references.on_delete")]
    [DataRow("  - drop_column: { table: t, column: e }", "", "operations[2]")]
    [DataRow("drop_column: { table: t, column: e }", "drop_table: { name: t }", "operations[2].drop_column")]
    [DataRow("operations:", "version_schema: v\noperations:", "version_schema")]
    public void What_changed_is_named(string old, string changed, string place) => Assert.AreEqual(place, Find(File, File.Replace(old, changed, StringComparison.Ordinal)));

    static string? Find(string one, string other) => MigrationDifference.Find(Read(one), Read(other));

    static Document Read(string text)
    {
        var report = new Report();
        return NodeReader.Read(text.StartsWith('{') ? "a.json" : "a.yaml", text, report) ?? throw new InvalidOperationException(string.Join('\n', report.Diagnostics));
    }
}
