using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class FieldReaderTests
{
    sealed record Column(string Name, string Type, bool Nullable, string? Default);

    sealed record AddColumn(string Table, Column Column, string? Up);

    static Column ReadColumn(FieldReader f) =>
        new(f.RequiredString("name"), f.RequiredString("type"), f.Bool("nullable"), f.OptionalString("default"));

    static AddColumn ReadAddColumn(FieldReader f) =>
        new(f.RequiredString("table"), f.RequiredMapping("column", ReadColumn), f.OptionalString("up"));

    [TestMethod]
    public void An_operation_is_read_into_a_record()
    {
        var (value, findings) = Reading.Fields("table: orders\ncolumn: { name: total, type: int, nullable: yes, default: ~ }\n", ReadAddColumn);
        Assert.AreEqual("", findings);
        Assert.AreEqual(new AddColumn("orders", new("total", "int", true, null), null), value);
    }

    [TestMethod]
    public void All_slips_are_reported_at_once_each_at_its_place()
    {
        var (_, findings) = Reading.Fields(
            """
            tabel: orders
            column:
              name: y
              type: [int]
              Nullable: 'true'
              default: 5
              colation: C
            up: { a: b }
            """,
            ReadAddColumn);
        Assert.AreEqual(
            """
            m.yaml(3,9): error PGR0102: op.column: 'name' must be a string, not the boolean y; quote it: "y".
            m.yaml(4,3): error PGR0102: op.column: 'type' must be a string, not a list.
            m.yaml(5,3): error PGR0102: op.column: 'Nullable' must be written 'nullable'.
            m.yaml(5,13): error PGR0102: op.column: 'nullable' must be true or false, not the string 'true'; remove the quotes.
            m.yaml(6,12): error PGR0102: op.column: 'default' must be a string, not the number 5; quote it: "5".
            m.yaml(7,3): error PGR0102: op.column: 'colation' is not known here; known are name, type, nullable, default.
            m.yaml(8,1): error PGR0102: op: 'up' must be a string, not a mapping.
            m.yaml(1,1): error PGR0102: op: 'tabel' is not known here; did you mean 'table'?
            """.ReplaceLineEndings("\n"),
            findings);
    }

    [TestMethod]
    [DataRow("{}", "(1,1): error PGR0102: op: 'table' is missing.", DisplayName = "absent")]
    [DataRow("table:\n", "(1,1): error PGR0102: op: 'table' has no value.", DisplayName = "empty")]
    [DataRow("table: ~", "(1,8): error PGR0102: op: 'table' has no value.", DisplayName = "null")]
    public void A_required_field_must_be_there(string text, string finding) =>
        Assert.AreEqual("m.yaml" + finding, Reading.Fields(text, static f => f.RequiredString("table")).Findings);

    [TestMethod]
    public void What_is_missing_in_a_missing_mapping_is_not_reported_too() => Assert.AreEqual(
        "m.yaml(1,1): error PGR0102: op: 'column' is missing.",
        Reading.Fields("table: orders", ReadAddColumn).Findings);

    [TestMethod]
    public void Findings_carry_the_path_of_what_they_are_about()
    {
        var report = new Report();
        var document = NodeReader.Read("m.yaml", "operations:\n  - add_column: { tabel: x, column: { name: 5 }, up: yes, op: 1 }\n", report)!;
        var migration = new FieldReader(document.Root, "migration", report.For(document));
        migration.RequiredMappingList("operations", static item => item.Choice("operation", ["add_column"])?.Body.Read(ReadAddColumn));
        migration.Done();
        Assert.AreEqual(
            """
            operations[0].add_column.column.name
            operations[0].add_column.column.type
            operations[0].add_column.up
            operations[0].add_column.tabel
            operations[0].add_column.op
            """.ReplaceLineEndings("\n"),
            string.Join("\n", report.Diagnostics.Select(static d => d.Location.Path)));
    }

    [TestMethod]
    [DataRow("{}", false, null)]
    [DataRow("default:", true, null)]
    [DataRow("default: null", true, null)]
    [DataRow("default: ''", true, "")]
    [DataRow("default: \"null\"", true, "null")]
    [DataRow("default: now()", true, "now()")]
    public void A_settable_field_tells_absence_from_null(string text, bool isGiven, string? value)
    {
        Settable read = default;
        Reading.Fields(text, f => { read = f.Settable("default"); return ""; });
        Assert.AreEqual(new Settable(isGiven, value), read);
    }

    [TestMethod]
    public void A_settable_field_is_a_string() => StringAssert.Contains(
        Reading.Fields("default: 5", static f => f.Settable("default").Value ?? "").Findings, "(1,10): error PGR0102: op: 'default' must be a string");

    [TestMethod]
    [DataRow("{}", null)]
    [DataRow("nullable: ~", null)]
    [DataRow("nullable: off", false)]
    [DataRow("nullable: Yes", true)]
    public void A_boolean_may_be_absent(string text, bool? expected)
    {
        bool? read = null;
        Reading.Fields(text, f => { read = f.OptionalBool("nullable"); return ""; });
        Assert.AreEqual(expected, read);
        Reading.Fields(text, f => { read = f.Bool("nullable", otherwise: true); return ""; });
        Assert.AreEqual(expected ?? true, read);
    }

    [TestMethod]
    public void Json_has_no_words_for_booleans_but_true_and_false() => StringAssert.Contains(
        Reading.Fields("{\"nullable\": \"yes\"}", static f => $"{f.OptionalBool("nullable")}", "m.json").Findings,
        "m.json(1,14): error PGR0102: op: 'nullable' must be true or false, not the string 'yes'; remove the quotes.");

    [TestMethod]
    public void Lists_and_maps_keep_the_order_of_the_file()
    {
        var (value, _) = Reading.Fields(
            "columns: [b, a, b]\nup: { z: 1 + 1, we.ird: x, y: y }\ndown: ~\nnames:\n",
            static f => string.Join(
                ";",
                string.Join(",", f.StringList("columns")),
                string.Join(",", f.RequiredStringMap("up").Select(static pair => $"{pair.Key}={pair.Value}")),
                f.StringMap("down").Count,
                f.RequiredStringList("names").Count,
                f.StringList("none").Count));
        Assert.IsNull(value, "y: y is a boolean");
        (value, _) = Reading.Fields(
            "columns: [b, a, b]\nup: { z: 1 + 1, we.ird: x, y: 'y' }\n",
            static f => string.Join(",", f.StringList("columns")) + string.Join(",", f.StringMap("up").Select(static pair => $"{pair.Key}={pair.Value}")));
        Assert.AreEqual("b,a,bz=1 + 1,we.ird=x,y=y", value);
    }

    [TestMethod]
    public void Wrong_items_are_reported_one_by_one()
    {
        var (_, findings) = Reading.Fields(
            "columns: [a, 1, ~, [b]]\nup: { we.ird: 5, b: ~ }\ntables: x\nmore: { a: b }\nitems: [1, { name: x, nam: y }]\nbody: [a]",
            static f =>
            {
                f.RequiredStringList("columns");
                f.RequiredStringMap("up");
                f.StringMap("tables");
                f.StringList("more");
                f.MappingList("items", static item => item.RequiredString("name"));
                f.Mapping("body", static body => body.OptionalString("x"));
                return "";
            });
        Assert.AreEqual(
            """
            m.yaml(1,14): error PGR0102: op: 'columns[1]' must be a string, not the number 1; quote it: "1".
            m.yaml(1,17): error PGR0102: op: 'columns[2]' must be a string, not null.
            m.yaml(1,20): error PGR0102: op: 'columns[3]' must be a string, not a list.
            m.yaml(2,15): error PGR0102: op: 'up' of 'we.ird' must be a string, not the number 5; quote it: "5".
            m.yaml(2,21): error PGR0102: op: 'up' of 'b' must be a string, not null.
            m.yaml(3,9): error PGR0102: op: 'tables' must be a mapping of names to strings, not the string 'x'.
            m.yaml(4,1): error PGR0102: op: 'more' must be a list of strings, not a mapping.
            m.yaml(5,9): error PGR0102: op: 'items[0]' must be a mapping, not the number 1.
            m.yaml(5,23): error PGR0102: op.items[1]: 'nam' is not known here; known are name.
            m.yaml(6,1): error PGR0102: op: 'body' must be a mapping, not a list.
            """.ReplaceLineEndings("\n"),
            findings);
    }

    [TestMethod]
    [DataRow("method: gin", "gin", "")]
    [DataRow("{}", null, "")]
    [DataRow("method: GIN", null, "m.yaml(1,9): error PGR0102: op: 'method' is one of btree, hash, gin, not 'GIN'; did you mean 'gin'?")]
    [DataRow("method: heap", null, "m.yaml(1,9): error PGR0102: op: 'method' is one of btree, hash, gin, not 'heap'.")]
    public void A_word_is_one_of_a_list(string text, string? expected, string finding)
    {
        string? read = null;
        Assert.AreEqual(finding, Reading.Fields(text, f => { read = f.Word("method", ["btree", "hash", "gin"]); return ""; }).Findings);
        Assert.AreEqual(expected, read);
    }

    [TestMethod]
    public void A_word_of_any_case_comes_back_in_the_list_s() => Assert.AreEqual(
        "SET NULL",
        Reading.Fields("on_delete: set Null", static f => f.RequiredWord("on_delete", ["CASCADE", "SET NULL"], ignoreCase: true)).Value);

    [TestMethod]
    [DataRow("- {}", "(2,3): error PGR0102: op.operations[0]: this list item names no operation.")]
    [DataRow("- sql:\n  drop_table: {}", "(3,3): error PGR0102: op.operations[0]: a list item holds one operation; give 'drop_table' an item of its own.")]
    [DataRow("- sqll: {}", "(2,3): error PGR0102: op.operations[0]: 'sqll' is no operation; did you mean 'sql'?")]
    [DataRow("- vacuum: {}", "(2,3): error PGR0102: op.operations[0]: 'vacuum' is no operation.")]
    [DataRow("- sql: select 1", "(2,8): error PGR0102: op.operations[0]: 'sql' must be a mapping, not the string 'select 1'.")]
    [DataRow("- sql:", "(2,3): error PGR0102: sql: 'up' is missing.")]
    [DataRow("- sql: { down: x }", "(2,3): error PGR0102: sql: 'up' is missing.")]
    [DataRow("- x", "(2,3): error PGR0102: op: 'operations[0]' must be a mapping, not the string 'x'.")]
    [DataRow("  {}", "(1,1): error PGR0102: op: 'operations' must be a list, not a mapping.")]
    public void A_choice_names_exactly_one_of_its_kind(string items, string finding) => Assert.AreEqual(
        "m.yaml" + finding,
        Reading.Fields(
            $"operations:\n{items}",
            static f => f.RequiredMappingList("operations", static item => item.Choice("operation", ["sql", "drop_table"]) is { Name: "sql", Body: var body }
                ? body.Read(static sql => sql.RequiredString("up") + sql.OptionalString("down"))
                : null)).Findings);

    [TestMethod]
    [DataRow("operations: []")]
    [DataRow("operations: ~")]
    public void A_required_list_may_be_empty(string text) =>
        Assert.AreEqual("0", Reading.Fields(text, static f => $"{f.RequiredMappingList("operations", static _ => "").Count}").Value);

    [TestMethod]
    public void A_key_of_another_case_is_read_but_the_exact_one_wins()
    {
        Assert.AreEqual(
            "m.yaml(1,1): error PGR0102: op: 'TABLE' must be written 'table'.",
            Reading.Fields("TABLE: x", static f => f.RequiredString("table")).Findings);
        Assert.AreEqual(
            "m.yaml(1,1): error PGR0102: op: 'Table' is not known here; known are table.",
            Reading.Fields("Table: x\ntable: z", static f => f.RequiredString("table")).Findings);
    }
}
