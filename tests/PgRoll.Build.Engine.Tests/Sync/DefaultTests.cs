using PgRoll.Build.Engine.Tests.Lifecycle;

namespace PgRoll.Build.Engine.Tests.Sync;

/// <summary>Which default a row gets that did not name the column.</summary>
[TestClass]
public sealed class DefaultTests
{
    const string Old = "public_01_table", New = "public_03_default";

    [TestMethod]
    [DataRow("", "", "7")]
    [DataRow(", default: \"5\"", "5", "7")]
    [DataRow(", default: \"5\", nullable: false", "5", "7")]
    public async Task A_default_that_comes_after_its_column_is_not_for_rows_of_the_old_version(string added, string old, string @new)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }] }"));
        await rollout.Database.ExecuteAsync("INSERT INTO t VALUES (1)");

        await rollout.Runner.StartAsync(
        [
            Yaml.File("02_column", $"- add_column: {{ table: t, column: {{ name: extra, type: int{(added.Contains("nullable") ? added : ", nullable: true" + added)} }} }}"),
            Yaml.File("03_default", "- alter_column: { table: t, column: extra, default: \"7\" }"),
        ]);
        await rollout.AsAsync(Old, "INSERT INTO t VALUES (2)");
        await rollout.AsAsync(New, "INSERT INTO t (id) VALUES (3)");
        await rollout.Runner.CompleteAsync();
        await rollout.AsAsync(New, "INSERT INTO t (id) VALUES (4)");

        CollectionAssert.AreEqual(new[] { $"1|{old}", $"2|{old}", $"3|{@new}", $"4|{@new}" }, (await rollout.AsAsync(New, "SELECT id, extra FROM t ORDER BY id")).ToArray());
    }

    [TestMethod]
    public async Task A_column_that_gets_a_default_and_is_dropped_has_it_in_the_new_versions_rows()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text }] }"));
        await rollout.Runner.StartAsync(
        [
            Yaml.File("02_column", "- alter_column: { table: t, column: d, default: \"'none'\" }"),
            Yaml.File("03_default", "- drop_column: { table: t, column: d }"),
        ]);

        await rollout.AsAsync(New, "INSERT INTO t VALUES (1)");
        await rollout.AsAsync(Old, "INSERT INTO t VALUES (2, 'x')");
        await rollout.AsAsync(New, "UPDATE t SET id = 3 WHERE id = 2");

        CollectionAssert.AreEqual(new[] { "1|none", "3|x" }, (await rollout.AsAsync(Old, "SELECT id, d FROM t ORDER BY id")).ToArray());
    }

    /// <summary>To the server a view's column without a default has that of its type.</summary>
    [TestMethod]
    public async Task A_default_goes_before_that_of_its_columns_domain()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table",
            "- sql: { up: \"CREATE DOMAIN name AS text DEFAULT 'domain'; CREATE TABLE t (id int PRIMARY KEY, d public.name DEFAULT 'column')\" }"));
        await rollout.Runner.StartAsync([Yaml.File("02_change", "- add_column: { table: t, column: { name: e, type: int, nullable: true } }")]);

        await rollout.AsAsync("public_01_table", "INSERT INTO t (id) VALUES (1)");
        await rollout.AsAsync("public_02_change", "INSERT INTO t (id) VALUES (2)");

        CollectionAssert.AreEqual((string[])["1|column", "2|column"], (await rollout.AsAsync("public", "SELECT id, d FROM t ORDER BY id")).ToArray());
    }
}
