using Npgsql;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>What a runner answers in every state of a database.</summary>
[TestClass]
public sealed class RunnerTests
{
    static readonly MigrationFile Table = Yaml.File("01_table",
        "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }");

    static readonly MigrationFile NotNull = Yaml.File("02_not_null",
        "- alter_column: { table: t, column: d, nullable: false, unique: { name: t_d_key }, up: \"coalesce(d, 'none ' || id)\" }");

    [TestMethod]
    public async Task Nothing_works_before_init_and_the_message_says_so()
    {
        await using var database = await Testing.TestDatabase.CreateAsync();
        var runner = new MigrationRunner(new(database.ConnectionString));

        foreach (var command in (Func<Task>[])[() => runner.StartAsync([Table]), () => runner.CompleteAsync(), () => runner.RollbackAsync(), () => runner.StatusAsync()])
        {
            var error = await Assert.ThrowsExactlyAsync<PgRollException>(command);
            Assert.AreEqual(ExitReason.NotNow, error.Reason);
            StringAssert.Contains(error.Message, "init");
        }
    }

    [TestMethod]
    public async Task Init_can_be_repeated()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);

        await rollout.Runner.InitializeAsync();

        Assert.AreEqual("Complete", (await rollout.Runner.StatusAsync()).State);
    }

    [TestMethod]
    public async Task Status_follows_the_rollout()
    {
        await using var rollout = await Rollout.CreateAsync();
        Assert.AreEqual(("No migrations", ""), await StateAsync(rollout));

        await rollout.Runner.StartAsync([Table]);
        Assert.AreEqual(("In progress", "01_table"), await StateAsync(rollout));

        await rollout.Runner.CompleteAsync();
        Assert.AreEqual(("Complete", "01_table"), await StateAsync(rollout));

        await rollout.Runner.StartAsync([NotNull]);
        Assert.AreEqual(("In progress", "02_not_null"), await StateAsync(rollout));

        await rollout.Runner.RollbackAsync();
        Assert.AreEqual(("Complete", "01_table"), await StateAsync(rollout));
    }

    [TestMethod]
    public async Task Starting_what_is_applied_does_nothing()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);

        Assert.IsNull(await rollout.Runner.StartAsync([Table]));
    }

    [TestMethod]
    public async Task A_second_start_a_complete_and_a_rollback_without_a_rollout_are_refused()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await AssertRefusedAsync(() => rollout.Runner.CompleteAsync(), "No migration is active");
        await AssertRefusedAsync(() => rollout.Runner.RollbackAsync(), "No migration is active");

        await rollout.Runner.StartAsync([NotNull]);

        await AssertRefusedAsync(() => rollout.Runner.StartAsync([NotNull]), "'02_not_null' is active");
    }

    [TestMethod]
    public async Task Tables_without_a_history_are_not_touched()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.Database.ExecuteAsync("CREATE TABLE legacy (id int)");

        await AssertRefusedAsync(() => rollout.Runner.StartAsync([Table]), "baseline");
    }

    [TestMethod]
    public async Task A_migration_that_is_wrong_here_is_a_finding_and_nothing_is_started()
    {
        await using var rollout = await Rollout.CreateAsync();
        var catalog = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([NotNull]));

        Assert.AreEqual(ExitReason.Findings, error.Reason);
        Assert.AreEqual("PGR0201", error.Diagnostics.Single().Rule.Id);
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
    }

    [TestMethod]
    [DataRow("- alter_column: { table: t, column: d, nullable: false, up: no_such_function(d) }", "no_such_function", DisplayName = "an expression that does not compile")]
    [DataRow("- alter_column: { table: t, column: d, nullable: false, up: d }", "_pgroll_check_not_null_d", DisplayName = "a NULL that up leaves")]
    [DataRow("- alter_column: { table: t, column: d, unique: { name: t_d_key }, up: \"'same'\" }", "t_d_key", DisplayName = "duplicates that up makes")]
    [DataRow("- alter_column: { table: t, column: d, type: int, up: d::int, down: d::text }", "the rows of 't'", DisplayName = "a value that up cannot convert")]
    public async Task A_start_that_the_database_refuses_is_taken_back_whole(string operation, string reason)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await rollout.Database.ExecuteAsync("INSERT INTO t SELECT i, CASE WHEN i % 2 = 0 THEN 'x' || i % 4 + 1 END FROM generate_series(1, 100) AS i");
        var catalog = await rollout.CatalogAsync();

        // Asked beforehand, the rows would keep it from beginning.
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => new MigrationRunner(rollout.Options with { RowCheckTime = TimeSpan.Zero }).StartAsync([Yaml.File("02_change", operation)]));

        Assert.AreEqual(ExitReason.DatabaseError, error.Reason, error.Message);
        StringAssert.Contains(error.Message, "Asked for at 02_change.yaml(2,");
        StringAssert.Contains(error.Message, reason);
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        Assert.AreEqual(("Complete", "01_table"), await StateAsync(rollout));
    }

    [TestMethod]
    public async Task A_runner_that_finds_another_at_work_names_it()
    {
        await using var rollout = await Rollout.CreateAsync();
        await using var other = await rollout.Database.DataSource.OpenConnectionAsync();
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('public', $1))", other) { Parameters = { new() { Value = 0x7067726F6C6CL } } })
            await take.ExecuteNonQueryAsync();

        var runner = new MigrationRunner(rollout.Options with { RunnerWait = TimeSpan.Zero });
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => runner.StartAsync([Table]));

        Assert.AreEqual(ExitReason.NotNow, error.Reason);
        StringAssert.Contains(error.Message, $"process {other.ProcessID}");
    }

    [TestMethod]
    public async Task Two_runners_at_once_take_turns()
    {
        await using var rollout = await Rollout.CreateAsync();

        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                return await rollout.Runner.StartAsync([Table]);
            }
            catch (PgRollException error) when (error.Reason == ExitReason.NotNow)
            {
                return null;
            }
        }));

        Assert.AreEqual(1, started.Count(s => s is not null));
    }

    [TestMethod]
    public async Task A_table_changed_behind_the_plans_back_stops_complete()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await rollout.Runner.StartAsync([NotNull]);
        await rollout.Database.ExecuteAsync("CREATE INDEX surprise ON t (d)");

        await AssertRefusedAsync(() => rollout.Runner.CompleteAsync(), "changed");

        await rollout.Database.ExecuteAsync("DROP INDEX surprise");
        await rollout.Runner.CompleteAsync();
    }

    [TestMethod]
    [DataRow("CREATE VIEW report AS SELECT d FROM public_01_table.t", "view report", DisplayName = "a view on the version")]
    [DataRow("CREATE VIEW public_01_table.mine AS SELECT 1 AS x", "view public_01_table.mine", DisplayName = "a view in the version")]
    [DataRow("CREATE FUNCTION public_01_table.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "function public_01_table.f()", DisplayName = "a function in the version")]
    [DataRow("CREATE TABLE public_01_table.data (x int)", "table public_01_table.data", DisplayName = "a table in the version")]
    public async Task What_people_put_into_a_version_stops_complete_and_is_named(string sql, string name)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await rollout.Runner.StartAsync([NotNull]);
        await rollout.Database.ExecuteAsync(sql);
        var catalog = await rollout.CatalogAsync();

        await AssertRefusedAsync(() => rollout.Runner.CompleteAsync(), name);

        Assert.AreEqual(catalog, await rollout.CatalogAsync());
    }

    [TestMethod]
    [DataRow("CREATE MATERIALIZED VIEW mv AS SELECT 1 AS a; CREATE INDEX t_d_key ON mv (a)", "index t_d_key", DisplayName = "an index of something else")]
    [DataRow("CREATE SCHEMA public_02_not_null", "schema public_02_not_null", DisplayName = "a schema of the version's name")]
    public async Task A_name_that_is_taken_stops_start_and_what_has_it_stays(string sql, string name)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await rollout.Database.ExecuteAsync(sql);
        var catalog = await rollout.CatalogAsync();

        await AssertRefusedAsync(() => rollout.Runner.StartAsync([NotNull]), name);

        Assert.AreEqual(catalog, await rollout.CatalogAsync());
    }

    [TestMethod]
    public async Task A_session_that_keeps_a_lock_is_named_when_the_budget_is_spent()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await using var holder = await rollout.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var read = new NpgsqlCommand("LOCK TABLE t IN ACCESS SHARE MODE", holder))
            await read.ExecuteNonQueryAsync();
        var runner = new MigrationRunner(rollout.Options with { LockTimeout = TimeSpan.FromMilliseconds(300), LockBudget = TimeSpan.FromMilliseconds(500) });

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => runner.StartAsync([NotNull]));

        Assert.AreEqual(ExitReason.DatabaseError, error.Reason);
        StringAssert.Contains(error.Message, $"process {holder.ProcessID}");
        Assert.AreEqual(("Complete", "01_table"), await StateAsync(rollout));
    }

    static async Task<(string, string)> StateAsync(Rollout rollout)
    {
        var status = await rollout.Runner.StatusAsync();
        return (status.State, status.Version);
    }

    static async Task AssertRefusedAsync(Func<Task> command, string words)
    {
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(command);
        Assert.AreEqual(ExitReason.NotNow, error.Reason, error.Message);
        StringAssert.Contains(error.Message, words);
    }
}
