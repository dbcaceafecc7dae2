using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>What cannot be carried over while clients write is named before anything is changed.</summary>
[TestClass]
public sealed class RefusalTests
{
    const string Retype = "- alter_column: { table: t, column: d, type: bigint, up: d, down: d }";

    [SampledTestMethod(of: 3)]
    [DataRow("CREATE TABLE t (id int, d int) PARTITION BY RANGE (d); CREATE TABLE p PARTITION OF t DEFAULT", Retype)]
    [DataRow("CREATE TABLE t (id int, d int); CREATE TABLE kid () INHERITS (t)", Retype)]
    [DataRow("CREATE TABLE t (id int, d int UNIQUE DEFERRABLE)", Retype)]
    [DataRow("CREATE TABLE p (id int, d int); CREATE TABLE t () INHERITS (p)", "- drop_column: { table: t, column: d }")]
    [DataRow("CREATE TABLE t (id int, d int); CREATE TABLE kid () INHERITS (t)", "- drop_column: { table: t, column: d }")]
    [DataRow("CREATE TABLE p (id int, d int); CREATE TABLE t () INHERITS (p)", "- rename_column: { table: t, from: d, to: e }")]
    [DataRow("CREATE TABLE p (id int, CONSTRAINT c CHECK (id > 0)); CREATE TABLE t () INHERITS (p)", "- rename_constraint: { table: t, from: c, to: e }")]
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

    /// <summary>Views, sequences, partitions and types are in nobody's model, and complete would be the first to meet them.</summary>
    [SampledTestMethod(of: 3)]
    [DataRow("CREATE VIEW taken AS SELECT 1", "- rename_table: { from: other, to: taken }", "view taken")]
    [DataRow("CREATE SEQUENCE taken", "- rename_table: { from: other, to: taken }", "sequence taken")]
    [DataRow("CREATE TYPE taken AS ENUM ('a')", "- rename_table: { from: other, to: taken }", "type taken")]
    [DataRow("CREATE TABLE parts (id int) PARTITION BY LIST (id); CREATE TABLE taken PARTITION OF parts DEFAULT", "- rename_table: { from: other, to: taken }", "table taken")]
    [DataRow("CREATE MATERIALIZED VIEW taken AS SELECT 1", "- rename_constraint: { table: other, from: other_pkey, to: taken }", "materialized view taken")]
    [DataRow("CREATE SEQUENCE other_number_seq", "- add_column: { table: other, column: { name: number, type: serial } }", "sequence other_number_seq")]
    [DataRow("CREATE SEQUENCE taken", "- create_table: { name: taken, columns: [{ name: id, type: int, pk: true }] }", "sequence taken")]
    public async Task Start_names_what_has_a_name_that_complete_would_give(string taken, string change, string name)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_other", "- create_table: { name: other, columns: [{ name: id, type: int, pk: true }] }"));
        await rollout.Database.ExecuteAsync(taken);
        var before = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Yaml.File("02_change", change)]));

        Assert.AreEqual(ExitReason.NotNow, error.Reason);
        StringAssert.Contains(error.Message, $"what exists already: {name}.");
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    /// <summary>It stands on the version's view until complete: the server would judge it when the view is made, after the backfill.</summary>
    [TestMethod]
    [DataRow("- alter_column: { table: t, column: d, type: date, up: \"date '2000-01-01' + d\", down: \"d - date '2000-01-01'\" }")]
    [DataRow("- alter_column: { table: t, column: d, nullable: true, default: now(), down: \"coalesce(d, 1)\" }")]
    [DataRow("- add_column: { table: t, column: { name: e, type: date, default: \"1\" }, up: now() }")]
    [DataRow("- alter_column: { table: t, column: id, type: date, up: now(), down: \"1\" }")]
    public async Task Start_proves_defaults_before_any_row_is_touched(string change)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_t", "- create_table: { name: t, columns: [{ name: id, type: serial, pk: true }, { name: d, type: int, default: \"0\" }] }"));
        var before = await rollout.CatalogAsync();
        var progress = new Reported();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => new MigrationRunner(rollout.Options with { Progress = progress }).StartAsync([Yaml.File("02_change", change)]));

        Assert.AreEqual(ExitReason.DatabaseError, error.Reason);
        StringAssert.Contains(error.Message, "42804: ");
        StringAssert.Contains(error.Message, "give another as `default`");
        Assert.IsEmpty(progress.OfType<StepBegins>().Where(step => step.Why.StartsWith("the rows of", StringComparison.Ordinal)));
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    sealed class Reported : List<RunnerProgress>, IProgress<RunnerProgress>
    {
        public void Report(RunnerProgress value) => Add(value);
    }
}
