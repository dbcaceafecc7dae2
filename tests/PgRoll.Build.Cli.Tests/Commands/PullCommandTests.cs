using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class PullCommandTests
{
    const string Everything =
        """
        version_schema: people
        operations:
          - create_table:
              name: people
              columns:
                - { name: id, type: int, pk: true }
                - { name: "yes", type: text, default: "'no'", comment: "two\nlines" }
                - { name: "1", type: text, nullable: true, check: { name: long, constraint: "length(\"1\") > 3" } }
          - sql: { up: "SELECT 1; -- #\n  SELECT 'é: {}'", onComplete: true }
        """;

    [TestMethod]
    [DataRow("")]
    [DataRow("--json")]
    public async Task What_the_folder_lacks_is_written_as_it_was_applied(string flag)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("from/01_users.yaml", MigrationFolder.CreateUsers).With("from/02_people.yaml", Everything).With("from/03_name.yaml", MigrationFolder.RequireName)
            .With("from/04_users.yaml", "operations: [ { rename_table: { from: users, to: accounts } } ]").With("to/01_users.yml", "# mine");
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder["from/01_users.yaml"], "-c");
        await tool.DoAsync("start", folder["from/02_people.yaml"], "-c");
        // One row in the history while it is active.
        await tool.DoAsync("start", folder["from"]);

        string[] pull = ["pull", folder["to"], .. flag.Length > 0 ? (string[])[flag] : []];
        var extension = flag.Length > 0 ? "json" : "yaml";
        Assert.AreEqual(
            string.Join(Environment.NewLine, folder[$"to/02_people.{extension}"], $"{folder[$"to/03_name.{extension}"]} (active: it may still be rolled back)",
                $"{folder[$"to/04_users.{extension}"]} (active: it may still be rolled back)"),
            await tool.DoAsync(pull));
        Assert.AreEqual("# mine", await File.ReadAllTextAsync(folder["to/01_users.yml"]));
        foreach (var name in (string[])["02_people", "03_name", "04_users"])
            Assert.AreEqual(await ContentAsync(folder[$"from/{name}.yaml"]), await ContentAsync(folder[$"to/{name}.{extension}"]));
        Assert.AreEqual($"There is nothing to pull: '{folder["to"]}' has all 4 migrations of the database.", await tool.DoAsync(pull));
    }

    [TestMethod]
    public async Task What_came_before_the_baseline_is_not_wanted()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("from/01_users.yaml", MigrationFolder.CreateUsers).With("from/03_name.yaml", MigrationFolder.RequireName);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder["from/01_users.yaml"], "-c");
        await tool.DoAsync("baseline", "02_base", folder["base"], "--yes", "--pg-dump", "none");
        Assert.AreEqual("There is nothing to pull: the database has no migrations since the baseline 02_base.", await tool.DoAsync("pull", folder["to"]));
        await tool.DoAsync("start", folder["from/03_name.yaml"], "-c");
        Assert.AreEqual(folder["to/03_name.yaml"], await tool.DoAsync("pull", folder["to"]));
    }

    [TestMethod]
    public async Task A_name_that_leads_out_of_the_folder_is_no_file()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder();
        var tool = Tool.On(database);
        StringAssert.Contains((await tool.RunAsync("pull", folder["to"])).HasCode(4).Error, "Run `init` first");
        await tool.DoAsync("init");
        await database.ExecuteAsync("""INSERT INTO pgroll.migrations (schema, name, migration, done) VALUES ('public', '../out', '{"operations": []}', true)""");
        StringAssert.Contains((await tool.RunAsync("pull", folder["to"])).HasCode(2).Error, "'../out' cannot be the name of a file");
        Assert.IsFalse(File.Exists(folder["out.yaml"]));
    }

    /// <summary>What a file says, whatever its notation: the same checksum stands for the same content.</summary>
    static async Task<string> ContentAsync(string path)
    {
        var set = MigrationSet.Check([new(path, await File.ReadAllTextAsync(path))], Model.Schema.Empty("public") with { IsPartlyUnknown = true });
        Assert.IsNotEmpty(set.History, $"{await File.ReadAllTextAsync(path)}\n{string.Join('\n', set.Diagnostics)}");
        return Build.Migrations.Checksum.Of(set.History[0].Migration);
    }
}
