using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

/// <summary>The files and the database's history need not be of the same state.</summary>
[TestClass]
public sealed class FolderTests
{
    const string AddColumn = "operations: [ { add_column: { table: users, column: { name: born, type: date, nullable: true } } } ]";

    [TestMethod]
    public async Task A_file_that_would_shut_out_a_pending_one_before_it_is_not_started()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName).With("03_born.yaml", AddColumn);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder["01_users.yaml"], "-c");

        var refused = (await tool.RunAsync("start", folder["03_born.yaml"])).HasCode(4);

        StringAssert.Contains(refused.Error, "2 migrations are pending (02_name, 03_born), and only one was expected. Start the folder to take them together, or the first one's file.");
        StringAssert.StartsWith(await tool.DoAsync("start", folder["03_born.yaml"], "--multiple-pending", "together"), "Started 02_name, 03_born as one rollout.");
    }

    [TestMethod]
    public async Task What_the_database_has_and_the_folder_has_not_is_warned_of()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder.Path, "-c");
        Assert.DoesNotContain("Warning", (await tool.RunAsync("start", folder.Path)).HasCode(0).Error);
        File.Delete(folder["02_name.yaml"]);

        foreach (var command in (string[][])[["start", folder.Path], ["plan", folder.Path, "--online"], ["validate", folder.Path, "--online"]])
            StringAssert.Contains((await tool.RunAsync(command)).HasCode(0).Error, "The database has what no file is there of: 02_name.", command[0]);
        Assert.DoesNotContain("Warning", (await tool.RunAsync("start", folder["01_users.yaml"])).HasCode(0).Error);
    }

    [TestMethod]
    public async Task What_was_changed_by_hand_is_said_before_it_becomes_the_record()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder.Path, "-c");
        await database.ExecuteAsync("ALTER TABLE users ADD COLUMN hand int; CREATE TABLE t1 (id int); CREATE TABLE t2 (id int); CREATE TABLE t3 (id int); CREATE TABLE t4 (id int); CREATE TABLE t5 (id int)");

        var started = (await tool.RunAsync("start", folder.With("02_born.yaml", AddColumn).Path)).HasCode(0);

        StringAssert.Contains(started.Error,
            "The schema is not as '01_users' left it: table 't1' is new; table 't2' is new; table 't3' is new; table 't4' is new; table 't5' is new; and 1 more, which `drift` lists.");
    }

    [TestMethod]
    public async Task A_base_schema_that_is_not_there_is_said_by_every_command()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tool = Tool.On(database);
        foreach (var command in (string[])["init", "status", "complete"])
            StringAssert.Contains((await tool.RunAsync(command, "--schema", "nope")).HasCode(4).Error, "There is no schema 'nope' in this database.", command);
    }

    [TestMethod]
    public async Task An_empty_address_is_no_address()
    {
        var tool = new Tool();
        StringAssert.Contains((await tool.RunAsync("status", "--postgres-url", "")).HasCode(2).Error, "--postgres-url: it is empty.");
    }
}
