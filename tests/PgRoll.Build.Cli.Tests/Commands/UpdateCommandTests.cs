namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class UpdateCommandTests
{
    [TestMethod]
    public async Task Only_the_old_words_of_a_file_change()
    {
        using var folder = new MigrationFolder()
            .With("01_list.yaml",
                """
                # why
                operations:
                  - create_index: { name: a, table: t, columns: [one, "two"] } # both
                  - create_index:
                      name: b
                      table: t
                      columns:
                        - one
                        - "a b" # odd
                """)
            .With("02_map.yml",
                """
                operations:
                  - create_index:
                      columns:
                        one: { sort: DESC }
                        two: {}
                      name: c # last
                      table: t
                """)
            .With("03_both.json", """{ "operations": [ {"create_index": {"name": "d", "table": "t", "columns": {"one": {"opclass": {"name": "x", "params": ["a=1"]}}, "two": null}}} ] }""")
            .With("04_new.yaml", "operations: [ { create_index: { name: e, table: t, columns: [ { column: one } ] } } ]");

        Assert.AreEqual(
            string.Join(Environment.NewLine, $"Updated {folder["01_list.yaml"]}", $"Updated {folder["02_map.yml"]}", $"Updated {folder["03_both.json"]}"),
            await new Tool().DoAsync("update", folder.Path));
        Assert.AreEqual(
            """
            # why
            operations:
              - create_index: { name: a, table: t, columns: [{column: one}, {column: two}] } # both
              - create_index:
                  name: b
                  table: t
                  columns:
                    - {column: one}
                    - {column: "a b"} # odd
            """, await File.ReadAllTextAsync(folder["01_list.yaml"]));
        StringAssert.Contains(await File.ReadAllTextAsync(folder["02_map.yml"]), "[{column: one, sort: DESC}, {column: two}]");
        StringAssert.Contains(await File.ReadAllTextAsync(folder["02_map.yml"]), "name: c # last");
        Assert.AreEqual(
            """{ "operations": [ {"create_index": {"name": "d", "table": "t", "columns": [{"column": "one", "opclass": {"name": "x", "params": ["a=1"]}}, {"column": "two"}]}} ] }""",
            await File.ReadAllTextAsync(folder["03_both.json"]));
        Assert.AreEqual("Nothing to update: none of the 4 files has an older form.", await new Tool().DoAsync("update", folder.Path));
    }

    [TestMethod]
    public async Task A_file_that_is_wrong_otherwise_is_left_with_its_findings()
    {
        const string Text = "operations: [ { create_index: { name: a, tabel: t, columns: [one] } } ]";
        using var folder = new MigrationFolder().With("01_a.yaml", Text);
        StringAssert.Contains((await new Tool().RunAsync("update", folder.Path)).HasCode(1).Error, "error PGR0102");
        Assert.AreEqual(Text, await File.ReadAllTextAsync(folder["01_a.yaml"]));
        (await new Tool().RunAsync("update", folder["nowhere"])).HasCode(2);
    }

    [TestMethod]
    public async Task Programs_get_JSON()
    {
        using var folder = new MigrationFolder().With("01_a.yaml", "operations: [ { create_index: { name: a, table: t, columns: [one] } } ]");
        Assert.AreEqual(folder["01_a.yaml"], (await new Tool().RunAsync("update", folder.Path, "--json")).HasCode(0).Json.GetProperty("updated")[0].GetString());
    }
}
