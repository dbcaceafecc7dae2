using Npgsql;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>A start that ends before its end can be taken back or gone on with.</summary>
[TestClass]
public sealed class InterruptionTests
{
    const string Table = "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }";
    const string NotNull = "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, '')\", down: d }";

    [TestMethod]
    public async Task Rollback_works_when_all_but_the_version_schema_was_made()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        var before = await rollout.CatalogAsync();
        using var stop = new CancellationTokenSource();
        var runner = new MigrationRunner(rollout.Options with { Progress = new Observer(p => { if (p is StepBegins { Why: "the new version, empty as yet" }) stop.Cancel(); }) });
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => runner.StartAsync([Yaml.File("02_change", NotNull)], stop.Token));
        Assert.AreEqual(ExitReason.Interrupted, error.Reason);

        await rollout.Runner.RollbackAsync();

        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    [TestMethod]
    public async Task A_schema_that_already_bears_the_versions_name_survives()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        await rollout.Database.ExecuteAsync("CREATE SCHEMA public_02_change CREATE VIEW report AS SELECT 1 AS one");
        var before = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]));

        Assert.AreEqual(ExitReason.NotNow, error.Reason);
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    [TestMethod]
    public async Task An_interrupted_index_build_is_repeated_however_long_a_client_takes()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        var file = Yaml.File("02_index", "- create_index: { name: i, table: t, columns: [{ column: d }] }");
        await using var client = await rollout.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await client.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand("INSERT INTO t VALUES (1, 'x')", client))
            await insert.ExecuteNonQueryAsync();

        var first = rollout.Runner.StartAsync([file]);
        await UntilAsync(rollout, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock')");
        await rollout.Database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock'");
        Assert.AreEqual(ExitReason.Interrupted, (await Assert.ThrowsExactlyAsync<PgRollException>(() => first)).Reason);

        var second = rollout.Runner.StartAsync([file]);
        await Task.WhenAny(second, UntilAsync(rollout, "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE a.datname = current_database() AND NOT l.granted AND clock_timestamp() - a.query_start > '1 s')"));
        await transaction.CommitAsync();
        await second;

        Assert.IsTrue(await rollout.Database.ScalarAsync<bool>("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass"));
    }

    [TestMethod]
    public async Task An_interrupted_start_of_an_empty_database_goes_on_to_the_files_that_follow()
    {
        await using var rollout = await Rollout.CreateAsync();
        IReadOnlyList<Migrations.MigrationFile> files = [Yaml.File("01_table", Table), Yaml.File("02_change", NotNull), Yaml.File("03_index", "- create_index: { name: i, table: t, columns: [{ column: d }] }")];
        using var stop = new CancellationTokenSource();
        var runner = new MigrationRunner(rollout.Options with { Progress = new Observer(p => { if (p is StepBegins { Why: "the new version, empty as yet" }) stop.Cancel(); }) });
        Assert.AreEqual(ExitReason.Interrupted, (await Assert.ThrowsExactlyAsync<PgRollException>(() => runner.StartAsync(files, stop.Token))).Reason);
        Assert.AreEqual("01_table", (await rollout.Runner.StatusAsync()).Migration);

        var started = await rollout.Runner.StartAsync(files);

        Assert.AreEqual("03_index", started!.Migration);
        CollectionAssert.AreEqual(new[] { "01_table", "02_change", "03_index" }, (await rollout.Runner.HistoryAsync()).Select(m => m.Name).ToArray());
    }

    static async Task UntilAsync(Rollout rollout, string query)
    {
        while (!await rollout.Database.ScalarAsync<bool>(query))
            await Task.Delay(50);
    }
}
