namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>What is possible on a partitioned table, and that the rest is refused before anything is touched.</summary>
[TestClass]
public sealed class PartitionedTableTests
{
    [TestMethod]
    public async Task Plain_changes_go_the_whole_way()
    {
        await using var rollout = await PrepareAsync();
        var change = Yaml.File("02_change",
            """
            - add_column: { table: events, column: { name: size, type: int, default: "1", check: { name: events_size, constraint: size > 0 } } }
            - drop_column: { table: events, column: note }
            - rename_column: { table: events, from: region, to: area }
            - rename_constraint: { table: events, from: events_pk, to: events_key }
            - alter_column: { table: events, column: title, default: "'none'" }
            - rename_table: { from: events, to: happenings }
            """);
        var catalog = await rollout.CatalogAsync();

        await rollout.Runner.StartAsync([change]);
        await rollout.AsAsync("public_02_change", "INSERT INTO happenings (area, id) VALUES ('b', 3)");
        await rollout.Runner.RollbackAsync();
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        await rollout.ApplyAsync(change);

        CollectionAssert.AreEqual(
            new[] { "a|1|x|1", "b|2|y|1", "b|3|none|1" },
            (await rollout.AsAsync("public_02_change", "SELECT area, id, title, size FROM happenings ORDER BY id")).ToArray());
    }

    [TestMethod]
    public async Task What_fills_rows_is_refused()
    {
        await using var rollout = await PrepareAsync();

        var refused = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync(
            [Yaml.File("02_change", "- alter_column: { table: events, column: title, type: varchar(9), up: title, down: title }")]));

        Assert.AreEqual("PGR0604", refused.Diagnostics.Single().Rule.Id);
    }

    static async Task<Rollout> PrepareAsync()
    {
        var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table",
            """
            - sql:
                up: >-
                  CREATE TABLE events (region text, id int, title text, note text, CONSTRAINT events_pk PRIMARY KEY (region, id)) PARTITION BY LIST (region);
                  CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a');
                  CREATE TABLE events_b PARTITION OF events FOR VALUES IN ('b');
                  INSERT INTO events VALUES ('a', 1, 'x'), ('b', 2, 'y')
            """));
        return rollout;
    }
}
