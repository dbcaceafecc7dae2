namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Operations of one migration whose tables hang on each other.</summary>
[TestClass]
public sealed class ChainTests
{
    [TestMethod]
    [DataRow("- drop_table: { name: child }\n- drop_table: { name: parent }", DisplayName = "Dropping both ends of a foreign key")]
    [DataRow(
        """
        - alter_column: { table: parent, column: id, type: bigint, up: id, down: id }
        - create_table: { name: other, columns: [{ name: parent_id, type: bigint, references: { name: other_fk, table: parent, column: id } }] }
        """, DisplayName = "A new table that points to an altered column")]
    [DataRow(
        """
        - create_table: { name: a, columns: [{ name: id, type: int, pk: true }, { name: b_id, type: int, nullable: true }] }
        - create_table: { name: b, columns: [{ name: id, type: int, pk: true }, { name: a_id, type: int, references: { name: b_fk, table: a, column: id } }] }
        - alter_column: { table: a, column: b_id, references: { name: a_fk, table: b, column: id }, up: b_id, down: b_id }
        """, DisplayName = "New tables that point to each other")]
    public async Task Starts_rolls_back_and_completes(string change)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_tables",
            """
            - create_table: { name: parent, columns: [{ name: id, type: int, pk: true }] }
            - create_table: { name: child, columns: [{ name: parent_id, type: int, references: { name: child_fk, table: parent, column: id } }] }
            """));
        var before = await rollout.CatalogAsync();
        var file = Yaml.File("02_change", change);

        await rollout.Runner.StartAsync([file]);
        await rollout.Runner.RollbackAsync();
        Assert.AreEqual(before, await rollout.CatalogAsync());

        await rollout.ApplyAsync(file);
        Assert.AreEqual("Complete", (await rollout.Runner.StatusAsync()).State);
    }
}
