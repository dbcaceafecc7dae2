using System.Diagnostics;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Action.Tests;

/// <summary>The action around a deploy, from the manifest to the database.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class RolloutTests
{
    const string Users = "operations: [ { create_table: { name: users, columns: [ { name: id, type: bigint, pk: true }, { name: name, type: text, nullable: true } ] } } ]";
    const string NameRequired = "operations: [ { alter_column: { table: users, column: name, nullable: false, up: \"coalesce(name, 'none')\", down: name } } ]";
    const string Email = "operations: [ { add_column: { table: users, column: { name: email, type: text, nullable: true } } } ]";

    [TestMethod]
    public async Task A_deploy_that_succeeds_is_completed()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var workspace = await PreparedAsync(database);
        var started = (await workspace.UseAsync("start", ("migrations", "db"))).HasCode(0);
        Assert.AreEqual(("public_02_name", "02_name", "true", "started", "active", "false"), (started["schema-version"], started["version"], started["started"], started["result"], started["state"], started["cache-hit"]));
        StringAssert.Contains(started.Summary, "```mermaid");
        Assert.IsEmpty(started.Log.Annotations);
        var finished = (await workspace.UseAsync("finish", ("migrations", "db"), ("deploy-result", "success"), ("expected-version", started["version"]))).HasCode(0);
        Assert.AreEqual(("completed", "completed", "public_02_name"), (finished["result"], finished["state"], finished["schema-version"]));
        Assert.AreEqual("Complete", await StateAsync(database));
        var nothing = (await workspace.UseAsync("start", ("migrations", "db"))).HasCode(0);
        Assert.AreEqual(("nothing-pending", "false", "public_02_name"), (nothing["result"], nothing["started"], nothing["schema-version"]));
    }

    [TestMethod]
    public async Task A_deploy_that_fails_is_taken_back_where_the_workflow_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var workspace = await PreparedAsync(database);
        var version = (await workspace.UseAsync("start", ("migrations", "db"))).HasCode(0)["version"];
        var left = (await workspace.UseAsync("finish", ("deploy-result", "failure"), ("expected-version", version))).HasCode(0);
        Assert.AreEqual("left-active", left["result"]);
        StringAssert.Contains(left.Annotations("warning"), "run command `rollback`");
        var finished = (await workspace.UseAsync("finish", ("deploy-result", "failure"), ("on-failure", "rollback"), ("expected-version", version))).HasCode(0);
        Assert.AreEqual(("rolled-back", "public_01_users"), (finished["result"], finished["schema-version"]));
        var wrong = (await workspace.UseAsync("finish", ("deploy-result", "success"), ("expected-version", version))).HasCode(4);
        StringAssert.Contains(wrong.Annotations("error"), "'02_name' is not active");
    }

    [TestMethod]
    public async Task A_cancelled_start_is_left_active_and_gone_on_with()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var workspace = await PreparedAsync(database);
        await database.ExecuteAsync("INSERT INTO users SELECT i FROM generate_series(1, 30000) i");
        var cancelled = (await workspace.UseAsync(async (process, line) =>
        {
            if (line.Contains("the rows of 'users' that are there already", StringComparison.Ordinal))
            {
                // Everybody on the machine sees the arguments of a process.
                if (OperatingSystem.IsLinux())
                    Assert.AreEqual($"{Workspace.Tool}\0action\0", await File.ReadAllTextAsync($"/proc/{process.Id}/cmdline"));
                using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
                await kill.WaitForExitAsync();
            }
        }, "start", ("migrations", "db"), ("backfill-batch-delay", "1h"))).HasCode(5);
        Assert.AreEqual(("left-active", "false", "active"), (cancelled["result"], cancelled["started"], cancelled["state"]));
        StringAssert.Contains(cancelled.Summary, "⏸️");
        workspace.Environment["GITHUB_RUN_ID"] = "42";
        var resumed = (await workspace.UseAsync("start", ("migrations", "db"))).HasCode(0);
        Assert.AreEqual(("resumed", "true", "public_02_name"), (resumed["result"], resumed["started"], resumed["schema-version"]));
        var finished = (await workspace.UseAsync("finish", ("deploy-result", "cancelled"), ("expected-version", resumed["version"]))).HasCode(0);
        Assert.AreEqual(("left-active", "active"), (finished["result"], finished["state"]));
    }

    [TestMethod]
    public async Task Two_pending_files_are_one_rollout()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var workspace = (await PreparedAsync(database)).With("db/03_email.yaml", Email);
        StringAssert.Contains((await workspace.UseAsync("start", ("migrations", "db"), ("multiple-pending", "fail"))).HasCode(4).Annotations("error"), "2 migrations are pending");
        var started = (await workspace.UseAsync("start", ("migrations", "db"))).HasCode(0);
        Assert.AreEqual(("""["02_name","03_email"]""", "public_03_email", "2"), (started["migrations"], started["schema-version"], started["applied-count"]));
        StringAssert.Contains((await workspace.UseAsync("complete", ("expected-version", "02_name"))).HasCode(4).Annotations("error"), "'02_name' was expected to be active");
        (await workspace.UseAsync("complete", ("expected-version", "03_email"))).HasCode(0);
    }

    [TestMethod]
    public async Task A_database_that_is_down_sets_the_outputs_all_the_same()
    {
        using var workspace = new Workspace().With("db/01_users.yaml", Users);
        workspace.Environment["PGROLL_PG_URL"] = "postgres://app:hidden-word@localhost:1/shop?sslmode=disable";
        var result = (await workspace.UseAsync("start", ("migrations", "db"))).HasCode(3);
        Assert.AreEqual(("false", "", "0"), (result["started"], result["state"], result["applied-count"]));
        Assert.DoesNotContain("hidden-word", result.Log.Text + result.Summary);
    }

    [TestMethod]
    public async Task A_pull_request_is_told_the_risks_of_what_it_changes()
    {
        using var workspace = new Workspace().With("db/01_users.yaml", Users).With("db/02_drop.yaml", "operations: [ { drop_column: { table: users, column: name, down: \"''\" } } ]");
        var environment = Array.Empty<KeyValuePair<string, string>>();
        const string Commit = "git add . && git -c user.name=mona -c user.email=mona@example.test commit -qm change && git rev-parse HEAD";
        var (code, log) = await Shell.RunAsync($"git init -q && {Commit}", workspace.Checkout, environment);
        Assert.AreEqual(0, code, log);
        workspace.With("db/03_drop.yaml", "operations: [ { drop_table: { name: users } } ]");
        await Shell.RunAsync(Commit, workspace.Checkout, environment);
        await File.WriteAllTextAsync(workspace["event.json"], $$"""{ "pull_request": { "number": 7, "base": { "sha": "{{log.Trim().Split('\n')[^1]}}" } } }""");
        workspace.Environment["GITHUB_EVENT_NAME"] = "pull_request";
        workspace.Environment["GITHUB_EVENT_PATH"] = workspace["event.json"];

        var result = (await workspace.UseAsync("lint", ("migrations", "db"), ("fail-on", "warning"))).HasCode(1);
        Assert.AreEqual(("1", "PGR0401", "public_03_drop"), (result["finding-count"], result["rule-codes"], result["schema-version"]));
        Assert.AreEqual("db/03_drop.yaml", result.Log.Annotations[0].File);
        var all = await workspace.UseAsync("lint", ("migrations", "db"), ("changed-since", "--output=forged"));
        StringAssert.Contains(all.Annotations("warning"), "everything is told");
        Assert.AreEqual("2", all["finding-count"]);
        Assert.IsFalse(File.Exists(Path.Combine(workspace.Checkout, "forged...HEAD")));
    }

    static async Task<Workspace> PreparedAsync(TestDatabase database)
    {
        var workspace = new Workspace().With("db/01_users.yaml", Users);
        workspace.Environment["PGROLL_PG_URL"] = database.ConnectionString;
        (await workspace.UseAsync("migrate", ("migrations", "db"))).HasCode(0);
        return workspace.With("db/02_name.yaml", NameRequired);
    }

    static Task<string?> StateAsync(TestDatabase database) =>
        database.ScalarAsync<string>("SELECT CASE WHEN bool_and(done) THEN 'Complete' ELSE 'In progress' END FROM pgroll.migrations");
}
