using System.Text.Json;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class LifecycleTests
{
    [TestMethod]
    public async Task A_migration_goes_from_init_to_complete_in_pgrolls_words()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = On(database);

        await Prints(tool, "Initialization complete", "init");
        await Prints(tool, "Initialization complete", "init");
        Assert.AreEqual("public||No migrations", await StatusAsync(tool));

        await Prints(tool, """New version of the schema available under the postgres "public_01_users" schema""", "start", folder.Path);
        Assert.AreEqual("public|01_users|In progress", await StatusAsync(tool));
        await Prints(tool, "Migration successful!", "complete");
        Assert.AreEqual("public|01_users|Complete", await StatusAsync(tool));

        await Prints(tool, "Database is up to date; no migrations to apply", "start", folder.Path);
        Assert.AreEqual("Database is up to date; no migrations to apply", (await tool.RunAsync("start", folder.Path, "--expect-pending")).HasCode(4).Out.TrimEnd());
        await Prints(tool, "Database is up to date; no migrations to apply", "plan", folder.Path, "--online");

        folder.With("02_name.yaml", MigrationFolder.RequireName);
        await Prints(tool, """New version of the schema available under the postgres "public_02_name" schema""", "start", folder["02_name.yaml"]);
        await Prints(tool, "public_02_name", "latest", "schema");
        await Prints(tool, "02_name", "latest", "migration");
        await Prints(tool, "Migration rolled back. Changes made since the last version have been reverted", "rollback");
        await Prints(tool, "public_01_users", "latest", "--with-schema");
    }

    [TestMethod]
    public async Task Start_can_complete_right_away_and_wait_for_locks_without_limit()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = On(database);
        (await tool.RunAsync("init")).HasCode(0);
        await Prints(tool, $"""New version of the schema available under the postgres "public_01_users" schema{Environment.NewLine}Migration successful!""",
            "start", folder.Path, "-c", "--lock-timeout", "0");
    }

    [TestMethod]
    public async Task Without_version_schemas_the_migration_is_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = On(database);
        tool.Variables["PGROLL_USE_VERSION_SCHEMA"] = "false";
        (await tool.RunAsync("init")).HasCode(0);
        await Prints(tool, """Migration "01_users" started successfully""", "start", folder.Path);
        StringAssert.Contains((await tool.RunAsync("latest", "schema")).HasCode(4).Error, "has no version schema");
        await Prints(tool, "01_users", "latest", "migration");
    }

    [TestMethod]
    public async Task Results_are_apart_from_progress()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = On(database);
        (await tool.RunAsync("init")).HasCode(0);
        var start = (await tool.RunAsync("start", folder.Path)).HasCode(0);
        StringAssert.StartsWith(start.Error, "[1/");
        Assert.DoesNotContain("[1/", start.Out);
    }

    [TestMethod]
    public async Task Pgrolls_scripts_find_their_keys_first_and_people_find_text()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = On(database);
        (await tool.RunAsync("init")).HasCode(0);
        (await tool.RunAsync("start", folder.Path)).HasCode(0);

        var status = (await tool.RunAsync("status")).HasCode(0).Out;
        StringAssert.StartsWith(status, "{\n  \"schema\": \"public\",\n  \"version\": \"01_users\",\n  \"status\": \"In progress\",\n  \"migration\": \"01_users\",");
        Assert.AreEqual(status, (await tool.RunAsync("status", "--json")).HasCode(0).Out);
        var text = (await tool.RunAsync("status", "--text")).HasCode(0).Out;
        foreach (var expected in (string[])["Status:         In progress", "Version schema: public_01_users", "both versions are live"])
            StringAssert.Contains(text, expected);
    }

    [TestMethod]
    public async Task Online_validate_and_plan_look_at_the_database_itself()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("02_name.yaml", MigrationFolder.RequireName);
        var tool = On(database);
        (await tool.RunAsync("init")).HasCode(0);
        (await tool.RunAsync("validate", folder.Path)).HasCode(1);
        StringAssert.Contains((await tool.RunAsync("validate", folder.Path, "--online")).HasCode(1).Out, "02_name.yaml(3,14): error PGR02");
        StringAssert.Contains((await tool.RunAsync("plan", folder.Path, "--online")).HasCode(1).Error, "02_name.yaml(3,14): error PGR02");

        folder.With("01_users.yaml", MigrationFolder.CreateUsers);
        (await tool.RunAsync("start", folder["01_users.yaml"], "-c")).HasCode(0);
        (await tool.RunAsync("validate", folder["02_name.yaml"], "--online")).HasCode(0);
        await database.ExecuteAsync("ALTER TABLE users ADD COLUMN born date");
        var plan = await new Tool().RunAsync("plan", folder.Path, "--postgres-url", database.ConnectionString);
        StringAssert.Contains(plan.HasCode(0).Out, "\"born\"");
    }

    [TestMethod]
    public async Task Triggers_that_a_backfill_would_fire_stop_it_unless_they_are_allowed()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName);
        var tool = On(database);
        (await tool.RunAsync("init")).HasCode(0);
        (await tool.RunAsync("start", folder["01_users.yaml"], "-c")).HasCode(0);
        await database.ExecuteAsync(
            """
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
            ALTER TABLE users ENABLE ALWAYS TRIGGER touch;
            """);

        foreach (var command in (string[])["plan", "start"])
        {
            string[] arguments = [command, folder["02_name.yaml"], .. command == "plan" ? ["--online"] : (string[])[]];
            StringAssert.Contains((await tool.RunAsync(arguments)).HasCode(4).Error, "trigger touch on public.users");
            StringAssert.Contains((await tool.RunAsync([.. arguments, "--allow-user-triggers"])).HasCode(0).Error, "Warning: The backfill of 'users' fires");
        }
    }

    static Tool On(TestDatabase database) => new() { Variables = { ["PGROLL_PG_URL"] = database.ConnectionString } };

    static async Task Prints(Tool tool, string expected, params string[] arguments) =>
        Assert.AreEqual(expected, (await tool.RunAsync(arguments)).HasCode(0).Out.TrimEnd());

    static async Task<string> StatusAsync(Tool tool)
    {
        using var json = JsonDocument.Parse((await tool.RunAsync("status")).HasCode(0).Out);
        return string.Join('|', json.RootElement.EnumerateObject().Take(3).Select(property => property.Value));
    }
}
