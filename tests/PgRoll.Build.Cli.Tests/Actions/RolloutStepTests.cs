using System.Text.RegularExpressions;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Actions;

[TestClass]
public sealed class RolloutStepTests
{
    [TestMethod]
    public async Task A_started_rollout_is_told_with_its_owner_and_a_picture_of_both_versions()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var step = await PreparedAsync(database);
        var started = (await step.RunAsync("start")).HasCode(0);
        Assert.AreEqual(
            ("public_02_name", "02_name", "public_01_users", "active", "started", "true"),
            (started["schema-version"], started["version"], started["previous-schema-version"], started["state"], started["result"], started["started"]));
        Assert.AreEqual(("""["02_name"]""", "1", "0", "3", "true"), (started["migrations"], started["applied-count"], started["pending-count"], started["backfilled-rows"], started["reversible"]));
        var summary = started.Summary;
        var plan = summary.IndexOf("<details><summary>Plan</summary>", StringComparison.Ordinal);
        // How long it took, and at what pace, is another number each time.
        Golden.AssertMatches(Regex.Replace(summary[..plan] + "…" + summary[summary.LastIndexOf("\n\n**Next", StringComparison.Ordinal)..], @"(?<=\| 3 \| )[\d,]+|(?<=active for \| )[^|]+(?= \|)", "…"), "start.verified.md");

        var status = (await step.RunAsync("status")).HasCode(0);
        StringAssert.Contains(status.Log.Text, "run 41 (attempt 1) of shop/web at c0ffee for mona");
        Assert.AreEqual(("active", "", "false"), (status["state"], status["result"], status["started"]));
    }

    [TestMethod]
    public async Task A_start_that_is_repeated_goes_on_and_says_the_same()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var step = await PreparedAsync(database);
        var first = (await step.RunAsync("start")).HasCode(0);
        step.Variables["GITHUB_RUN_ID"] = "42";
        var second = (await step.RunAsync("start")).HasCode(0);
        Assert.AreEqual(("resumed", "true", first["schema-version"]), (second["result"], second["started"], second["schema-version"]));
        StringAssert.Contains((await step.RunAsync("start", ("if-active", "fail"))).HasCode(4).Annotations("error"), "'02_name' is active");

        step.Migrations.With("03_more.yaml", MigrationFolder.RenameUsers);
        var later = (await step.RunAsync("start")).HasCode(4);
        StringAssert.Contains(later.Annotations("error"), "'03_more' comes after it");
        Assert.AreEqual("false", later["started"]);

        var anew = (await step.RunAsync("start", ("if-active", "rollback"))).HasCode(0);
        Assert.AreEqual(("started", """["02_name","03_more"]"""), (anew["result"], anew["migrations"]));
    }

    [TestMethod]
    public async Task What_finish_does_depends_on_the_deploy()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var step = await PreparedAsync(database);
        var version = (await step.RunAsync("start")).HasCode(0)["version"];
        foreach (var (deploy, onFailure) in (IEnumerable<(string, string)>)[("failure", ""), ("failure", "leave"), ("cancelled", "rollback"), ("skipped", "")])
        {
            var left = await FinishAsync(deploy, onFailure);
            Assert.AreEqual(("left-active", "active", "public_02_name"), (left["result"], left["state"], left["schema-version"]));
            StringAssert.Contains(left.Annotations("warning"), "run command `complete`");
        }
        var back = await FinishAsync("failure", "rollback");
        Assert.AreEqual(("rolled-back", "rolled-back", "public_01_users", ""), (back["result"], back["state"], back["schema-version"], back.Annotations("warning")));
        (await step.RunAsync("start")).HasCode(0);
        var done = await FinishAsync("success", "");
        Assert.AreEqual(("completed", "completed", "public_02_name", ""), (done["result"], done["state"], done["schema-version"], done.Annotations("warning")));

        async Task<StepResult> FinishAsync(string deploy, string onFailure) =>
            (await step.RunAsync("finish", ("deploy-result", deploy), ("on-failure", onFailure), ("expected-version", version))).HasCode(0);
    }

    [TestMethod]
    public async Task Finish_is_for_the_version_that_was_started()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var step = await PreparedAsync(database);
        (await step.RunAsync("start")).HasCode(0);
        StringAssert.Contains((await step.RunAsync("finish", ("deploy-result", "success"), ("expected-version", "03_other"))).HasCode(4).Annotations("error"), "'03_other' was expected");
        StringAssert.Contains((await step.RunAsync("complete", ("dry-run", "true"))).HasCode(0).Annotations("warning"), "`expected-version` is empty");
        StringAssert.Contains((await step.RunAsync("finish", ("deploy-result", "failure"), ("expected-version", "03_other"))).HasCode(4).Annotations("error"), "'03_other' was expected");
        (await step.RunAsync("finish", ("expected-version", "02_name"))).HasCode(2);
        (await step.RunAsync("complete", ("expected-version", "02_name"))).HasCode(0);
        // Its answer may have been lost.
        Assert.AreEqual("completed", (await step.RunAsync("complete", ("expected-version", "02_name"))).HasCode(0)["result"]);
        StringAssert.Contains((await step.RunAsync("rollback", ("expected-version", "02_name"))).HasCode(4).Annotations("error"), "completed or taken back meanwhile");
    }

    [TestMethod]
    public async Task Another_repository_ends_nothing_unless_it_takes_over()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var step = await PreparedAsync(database);
        (await step.RunAsync("start")).HasCode(0);
        step.Variables["GITHUB_REPOSITORY"] = "shop/api";
        StringAssert.Contains((await step.RunAsync("rollback", ("expected-version", "02_name"))).HasCode(4).Annotations("error"), "started by repository 'shop/web', not by 'shop/api'");
        (await step.RunAsync("rollback", ("expected-version", "02_name"), ("take-over", "true"))).HasCode(0);
    }

    [TestMethod]
    public async Task Migrate_takes_an_empty_database_to_the_end()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var step = new ActionStep(database.ConnectionString);
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName);
        var result = (await step.RunAsync("migrate")).HasCode(0);
        Assert.AreEqual(("completed", "completed", "public_02_name", "false"), (result["result"], result["state"], result["schema-version"], result["started"]));
        Assert.AreEqual("nothing-pending", (await step.RunAsync("migrate")).HasCode(0)["result"]);
        var nothing = (await step.RunAsync("start")).HasCode(0);
        Assert.AreEqual(("nothing-pending", "false", "public_02_name"), (nothing["result"], nothing["started"], nothing["schema-version"]));
        (await step.RunAsync("start", ("if-none-pending", "fail"))).HasCode(4);
    }

    [TestMethod]
    public async Task A_plan_asks_the_database_that_is_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var step = await PreparedAsync(database);
        var planned = (await step.RunAsync("plan")).HasCode(0);
        Assert.AreEqual(("""["02_name"]""", "1", "public_02_name"), (planned["migrations"], planned["pending-count"], planned["schema-version"]));
        StringAssert.Contains(planned.Summary, "rows of 'users'");
        (await step.RunAsync("start")).HasCode(0);
        StringAssert.Contains((await step.RunAsync("plan")).HasCode(4).Annotations("error"), "'02_name' is active");
        (await step.RunAsync("complete", ("expected-version", "public_02_name"))).HasCode(0);
        StringAssert.Contains((await step.RunAsync("plan")).HasCode(0).Summary, "Nothing to plan");
    }

    [TestMethod]
    public async Task A_dry_run_leaves_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var step = new ActionStep(database.ConnectionString);
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers);
        StringAssert.Contains((await step.RunAsync("start", ("dry-run", "true"))).HasCode(0).Summary, "this is what `start` would do");
        Assert.IsFalse(await database.ScalarAsync<bool>("SELECT to_regnamespace('pgroll') IS NOT NULL"));
    }

    [TestMethod]
    public async Task A_baseline_is_not_pending()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("CREATE TABLE users (id bigint PRIMARY KEY, name text)");
        await Tool.On(database).DoAsync("init");
        using var step = new ActionStep(database.ConnectionString);
        await Tool.On(database).DoAsync("baseline", "01_initial", step.Migrations.Path, "--yes");
        Assert.AreEqual("0", (await step.RunAsync("status")).HasCode(0)["pending-count"]);
        step.Migrations.With("02_name.yaml", MigrationFolder.RequireName);
        Assert.AreEqual("1", (await step.RunAsync("status")).HasCode(0)["pending-count"]);
        (await step.RunAsync("migrate")).HasCode(0);
        Assert.AreEqual("0", (await step.RunAsync("status")).HasCode(0)["pending-count"]);
    }

    [TestMethod]
    public async Task The_time_limit_leaves_what_the_same_step_goes_on_with()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var step = await PreparedAsync(database);
        await using var holder = await database.DataSource.OpenConnectionAsync();
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await using var command = holder.CreateCommand();
            command.CommandText = "LOCK TABLE users IN ACCESS SHARE MODE";
            await command.ExecuteNonQueryAsync();
            var ended = (await step.RunAsync("start", ("timeout", "2s"))).HasCode(5);
            Assert.AreEqual(("left-active", "false"), (ended["result"], ended["started"]));
            StringAssert.Contains(ended.Annotations("error"), "`timeout` is over");
        }
        (await step.RunAsync("start")).HasCode(0);
    }

    [TestMethod]
    public async Task Nobody_names_a_database_so_none_is_guessed()
    {
        using var step = new ActionStep();
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers);
        StringAssert.Contains((await step.RunAsync("start")).HasCode(2).Annotations("error"), "needs a database: give it as PGROLL_PG_URL");
        step.Variables["PGROLL_PG_URL"] = "postgres://localhost/a";
        step.Variables["PGROLL_DATABASE_URL"] = "postgres://localhost/b";
        StringAssert.Contains((await step.RunAsync("start")).HasCode(2).Annotations("error"), "PGROLL_PG_URL and PGROLL_DATABASE_URL are both set, and differ");
    }

    /// <summary>A database with a table of three rows, and a migration that fills a column of it.</summary>
    static async Task<ActionStep> PreparedAsync(TestDatabase database)
    {
        var step = new ActionStep(database.ConnectionString);
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers);
        (await step.RunAsync("migrate")).HasCode(0);
        await database.ExecuteAsync("INSERT INTO users SELECT i FROM generate_series(1, 3) i");
        step.Migrations.With("02_name.yaml", MigrationFolder.RequireName);
        return step;
    }
}
