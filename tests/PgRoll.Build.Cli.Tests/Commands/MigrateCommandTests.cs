using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class MigrateCommandTests
{
    [TestMethod]
    public async Task Several_pending_migrations_are_one_rollout()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = await StartedAsync(database);
        var tool = Tool.On(database);
        folder.With("02_name.yaml", MigrationFolder.RequireName).With("03_people.yaml", MigrationFolder.RenameUsers);

        StringAssert.StartsWith(await tool.DoAsync("migrate", folder.Path), "Started 02_name, 03_people as one rollout. Clients of the new version use schema public_03_people. Next: ");
        Assert.AreEqual("public_01_users", await database.ScalarAsync<string>("SELECT nspname::text FROM pg_namespace WHERE nspname = 'public_01_users'"));
        StringAssert.Contains((await tool.RunAsync("migrate", folder.Path)).HasCode(4).Error, "Migration '03_people' is active");
        await tool.DoAsync("complete");
        Assert.AreEqual("Nothing to do: the database has all of these migrations.", await tool.DoAsync("migrate", folder.Path));
        (await tool.RunAsync("migrate", folder.Path, "--expect-pending")).HasCode(4);
    }

    [TestMethod]
    [DataRow("--expect-one")]
    [DataRow("--multiple-pending=fail")]
    public async Task More_than_was_expected_is_not_started(string flag)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = await StartedAsync(database);
        folder.With("02_name.yaml", MigrationFolder.RequireName).With("03_people.yaml", MigrationFolder.RenameUsers);
        StringAssert.Contains((await Tool.On(database).RunAsync("migrate", folder.Path, flag)).HasCode(4).Error, "2 migrations are pending (02_name, 03_people)");
        Assert.IsFalse(await database.ScalarAsync<bool>("SELECT pgroll.is_active_migration_period('public')"));
    }

    [TestMethod]
    public async Task Pgrolls_way_completes_all_but_the_last_and_that_too_if_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = await StartedAsync(database);
        folder.With("02_name.yaml", MigrationFolder.RequireName).With("03_people.yaml", MigrationFolder.RenameUsers);
        var tool = Tool.On(database);
        Assert.AreEqual("Started and completed 03_people. Clients of the new version use schema public_03_people.",
            await tool.DoAsync("migrate", folder.Path, "--multiple-pending", "complete-earlier", "--complete"));
        Assert.AreEqual("No drift: schema 'public' is as it was after 03_people.", await tool.DoAsync("drift"));
    }

    [TestMethod]
    public async Task It_takes_a_folder_that_may_be_empty_and_no_file()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = await StartedAsync(database);
        Directory.CreateDirectory(folder["empty"]);
        StringAssert.Contains((await Tool.On(database).RunAsync("migrate", folder["empty"])).HasCode(0).Error, "Warning: there is no migration file");
        StringAssert.Contains((await Tool.On(database).RunAsync("migrate", folder["01_users.yaml"])).HasCode(2).Error, "There is no folder");
    }

    [TestMethod]
    public async Task Validation_can_be_skipped_where_the_database_judges_itself()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = await StartedAsync(database);
        folder.With("02_total.yaml", "operations: [ { add_column: { table: users, column: { name: total, type: int } } } ]");
        var tool = Tool.On(database);
        StringAssert.Contains((await tool.RunAsync("migrate", folder.Path)).HasCode(1).Error, "error PGR0302");
        // The table is empty: nothing is refused.
        var started = (await tool.RunAsync("start", folder.Path, "--skip-validation")).HasCode(0);
        StringAssert.Contains(started.Error, "warning PGR0302");
        await tool.DoAsync("rollback");

        await database.ExecuteAsync("INSERT INTO users VALUES (1, 'ann')");
        StringAssert.Contains((await tool.RunAsync("start", folder.Path, "-s")).HasCode(3).Error, "everything was taken back");
        folder.With("02_total.yaml", MigrationFolder.UnknownTable);
        tool.Variables["PGROLL_SKIP_VALIDATION"] = "true";
        StringAssert.Contains((await tool.RunAsync("migrate", folder.Path)).HasCode(1).Error, "error PGR0201");
    }

    /// <summary>A database that has its first migration, and the folder of it.</summary>
    static async Task<MigrationFolder> StartedAsync(TestDatabase database)
    {
        var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        await Tool.On(database).DoAsync("init");
        await Tool.On(database).DoAsync("migrate", folder.Path, "--complete");
        return folder;
    }
}
