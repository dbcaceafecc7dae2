namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>What cannot be carried over while clients write is named before anything is changed.</summary>
[TestClass]
public sealed class RefusalTests
{
    const string Retype = "- alter_column: { table: t, column: d, type: bigint, up: d, down: d }";

    [TestMethod]
    [DataRow("CREATE TABLE t (id int, d int) PARTITION BY RANGE (d); CREATE TABLE p PARTITION OF t DEFAULT", Retype)]
    [DataRow("CREATE TABLE t (id int, d int); CREATE TABLE kid () INHERITS (t)", Retype)]
    [DataRow("CREATE TABLE t (id int, d int UNIQUE DEFERRABLE)", Retype)]
    public async Task Start_names_what_cannot_be_done_and_changes_nothing(string table, string change)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_other", "- create_table: { name: other, columns: [{ name: id, type: int, pk: true }] }"));
        await rollout.Database.ExecuteAsync(table);
        var before = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Yaml.File("02_change", change)]));

        Assert.AreEqual(ExitReason.Findings, error.Reason);
        StringAssert.Contains(error.Message, "PGR0604");
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }
}
