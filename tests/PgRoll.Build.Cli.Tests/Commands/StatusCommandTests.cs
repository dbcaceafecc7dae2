using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class StatusCommandTests
{
    [TestMethod]
    public async Task Programs_of_pgrolls_users_find_their_keys_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder.Path);

        var status = (await tool.RunAsync("status", "--json")).HasCode(0);
        StringAssert.StartsWith(status.Out, "{\n  \"schema\": \"public\",\n  \"version\": \"01_users\",\n  \"status\": \"In progress\",\n  \"migration\": \"01_users\",");
        Assert.AreEqual(Environment.MachineName, status.Json.GetProperty("owner").GetProperty("host").GetString());
        Assert.AreEqual("Active", status.Json.GetProperty("phase").GetString());
        StringAssert.Contains(status.Json.GetProperty("next").GetString(), "`complete`");
    }

    [TestMethod]
    public async Task People_read_what_is_active_who_started_it_and_what_to_do()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        AssertHas(await tool.DoAsync("status"), "Status:    No migrations", "Next:      `start` begins with the first migration.");

        await tool.DoAsync("start", folder.Path);
        AssertHas(await tool.DoAsync("status"),
            "Status:    In progress", "Version:   public_01_users", "Migration: 01_users", "Phase:     both versions are live",
            $" ago by {Environment.UserName} on {Environment.MachineName} (dotnet-pgroll ", "then `complete`; or `rollback`.");

        await tool.DoAsync("complete");
        var complete = await tool.DoAsync("status");
        AssertHas(complete, "Status:    Complete", "Drift:     none", "Next:      nothing is active; `start` begins the next migration.");
        Assert.DoesNotContain(" on ", complete);

        await database.ExecuteAsync("ALTER TABLE users ADD COLUMN born date");
        AssertHas(await tool.DoAsync("status"), "Drift:     1 difference from the recorded schema; `drift` tells it");
        Assert.AreEqual(1, (await tool.RunAsync("status", "--json")).Json.GetProperty("drift").GetInt32());
    }

    [TestMethod]
    public async Task The_migrations_of_one_rollout_are_all_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder.Path, "-c");
        folder.With("02_name.yaml", MigrationFolder.RequireName).With("03_people.yaml", MigrationFolder.RenameUsers);
        await tool.DoAsync("start", folder.Path);
        AssertHas(await tool.DoAsync("status"), "Migration: 02_name, 03_people", "Version:   public_03_people");
    }

    [TestMethod]
    public async Task How_far_an_interrupted_start_has_come_is_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder.Path, "-c");
        await database.ExecuteAsync("INSERT INTO users VALUES (1, 'ann')");
        await tool.DoAsync("start", folder.With("02_name.yaml", MigrationFolder.RequireName).Path);
        await database.ExecuteAsync("UPDATE pgroll.rollouts SET phase = 'Starting', done = 4; UPDATE pgroll.backfills SET next_block = 21, blocks = 50, rows = 12600, since_block = 1, since_rows = 2600, since = updated_at - interval '100 seconds'");

        AssertHas(await tool.DoAsync("status"), "Phase:     starting: 4 of ", "Backfill:  users: 42% of the table passed, 12,600 rows filled", "Next:      `start` goes on where it stopped");
        var backfill = (await tool.RunAsync("status", "--json")).Json.GetProperty("backfills")[0];
        Assert.AreEqual("users/0.42/12600", $"{backfill.GetProperty("table")}/{backfill.GetProperty("fraction")}/{backfill.GetProperty("rows")}");
        Assert.AreEqual("100/145", $"{backfill.GetProperty("rowsPerSecond")}/{backfill.GetProperty("remainingSeconds")}");
    }

    static void AssertHas(string text, params string[] parts)
    {
        foreach (var part in parts)
            StringAssert.Contains(text, part);
    }
}
