namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>SQL of a migration runs on the runner's session, and leaves nothing on it.</summary>
[TestClass]
public sealed class RawSqlSessionTests
{
    [TestMethod]
    public async Task Settings_end_with_the_SQL_that_made_them()
    {
        await using var rollout = await Rollout.CreateAsync();
        var tables = Yaml.File("01_tables",
            """
            - sql: { up: "SET datestyle = 'German'; SET SESSION AUTHORIZATION pg_monitor; RESET SESSION AUTHORIZATION; CREATE TABLE t (id int PRIMARY KEY, d date); INSERT INTO t VALUES (1, '02.01.2026')" }
            """);
        var change = Yaml.File("02_change", "- alter_column: { table: t, column: d, type: text, up: \"CAST(d AS text)\", down: \"CAST(d AS date)\" }");

        await rollout.Runner.StartAsync([tables, change]);

        Assert.AreEqual("2026-01-02", await rollout.Database.ScalarAsync<string>("SELECT d FROM public_02_change.t"));
    }

    [TestMethod]
    [DataRow("false")]
    [DataRow("true")]
    public async Task A_cursor_ends_with_the_SQL_that_declared_it(string onComplete)
    {
        await using var rollout = await Rollout.CreateAsync();
        var change = Yaml.File("01_change", $"- sql: {{ up: DECLARE pgroll_build_0 CURSOR WITH HOLD FOR SELECT 1, onComplete: {onComplete} }}");

        await rollout.Runner.StartAsync([change]);
        await rollout.Runner.CompleteAsync();

        Assert.AreEqual("01_change", (await rollout.Runner.StatusAsync()).Version);
    }

    [TestMethod]
    public async Task What_runs_at_complete_has_one_limit_for_all_of_it()
    {
        await using var rollout = await Rollout.CreateAsync();
        var runner = new MigrationRunner(rollout.Options with { CompleteSqlTimeout = TimeSpan.FromMilliseconds(500) });
        await runner.StartAsync([Yaml.File("01_change",
            """
            - sql: { up: SELECT 1, onComplete: true }
            - sql: { up: SELECT pg_sleep(3600), onComplete: true }
            """)]);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => runner.CompleteAsync());

        Assert.AreEqual(ExitReason.DatabaseError, error.Reason, error.ToString());
        StringAssert.Contains(error.Message, "57014");
    }

    [TestMethod]
    public async Task A_row_may_take_longer_than_a_batch()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.Database.ExecuteAsync("CREATE FUNCTION slowly(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.4); RETURN $1; END'");
        await rollout.ApplyAsync(Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }"));
        await rollout.Database.ExecuteAsync("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");

        await rollout.Runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: slowly(d), down: d }")]);

        Assert.AreEqual("a b c", await rollout.Database.ScalarAsync<string>("SELECT string_agg(d, ' ' ORDER BY id) FROM public_02_change.t"));
    }
}
