using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class LifecycleTests
{
    [TestMethod]
    public async Task A_migration_goes_from_init_to_complete()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);

        await Prints(tool, "Schema 'pgroll' is ready: migrations can be started.", "init");
        await Prints(tool, "Schema 'pgroll' is ready: migrations can be started.", "init");
        Assert.AreEqual("public||No migrations", await StatusAsync(tool));

        await Prints(tool, "Started 01_users. Clients of the new version use schema public_01_users. Next: deploy the application, then `complete`; or `rollback`.", "start", folder.Path);
        Assert.AreEqual("public|01_users|In progress", await StatusAsync(tool));
        await Prints(tool, "Completed 01_users: version public_01_users is the only one now.", "complete");
        Assert.AreEqual("public|01_users|Complete", await StatusAsync(tool));

        await Prints(tool, "Nothing to do: the database has all of these migrations.", "start", folder.Path);
        StringAssert.StartsWith((await tool.RunAsync("start", folder.Path, "--expect-pending")).HasCode(4).Out, "Nothing to do");
        await Prints(tool, "Nothing to plan: the database has all of these migrations.", "plan", folder.Path, "--online");

        folder.With("02_name.yaml", MigrationFolder.RequireName);
        StringAssert.StartsWith(await tool.DoAsync("start", folder["02_name.yaml"]), "Started 02_name.");
        await Prints(tool, "public_02_name", "latest", "schema");
        await Prints(tool, "02_name", "latest", "migration");
        await Prints(tool, "02_name is taken back: version public_01_users is the only one again.", "rollback");
        await Prints(tool, "public_01_users", "latest", "--with-schema");
    }

    [TestMethod]
    public async Task Start_can_complete_right_away_wait_for_locks_without_limit_and_keep_to_a_lag()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await Prints(tool, "Started and completed 01_users. Clients of the new version use schema public_01_users.", "start", folder.Path, "-c", "--lock-timeout", "0", "--max-replica-lag", "10s");
        Assert.AreEqual("public|01_users|Complete", await StatusAsync(tool));
    }

    [TestMethod]
    public async Task Without_version_schemas_clients_use_the_tables_themselves()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        tool.Variables["PGROLL_USE_VERSION_SCHEMA"] = "false";
        await tool.DoAsync("init");
        StringAssert.StartsWith(await tool.DoAsync("start", folder.Path), "Started 01_users. There is no version schema: clients use the tables themselves.");
        StringAssert.Contains((await tool.RunAsync("latest", "schema")).HasCode(4).Error, "has no version schema");
        await Prints(tool, "01_users", "latest", "migration");
        await Prints(tool, "Completed 01_users.", "complete");

        await database.ExecuteAsync("INSERT INTO users VALUES (1, NULL)");
        folder.With("02_name.yaml", MigrationFolder.RequireName);
        await tool.DoAsync("start", folder.Path);
        await Prints(tool, "02_name is taken back.", "rollback");
        Assert.IsTrue(await database.ScalarAsync<bool>("SELECT name IS NULL FROM users"));
        await tool.DoAsync("start", folder.Path, "--complete");
        Assert.AreEqual("none", await database.ScalarAsync<string>("SELECT name FROM users"));
        Assert.AreEqual(0L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'public\\_%'"));
    }

    [TestMethod]
    public async Task Results_are_apart_from_progress()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        var start = (await tool.RunAsync("start", folder.Path)).HasCode(0);
        StringAssert.StartsWith(start.Error, "[1/");
        Assert.DoesNotContain("[1/", start.Out);
    }

    [TestMethod]
    public async Task Online_validate_and_plan_look_at_the_database_itself()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("02_name.yaml", MigrationFolder.RequireName);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        (await tool.RunAsync("validate", folder.Path)).HasCode(1);
        StringAssert.Contains((await tool.RunAsync("validate", folder.Path, "--online")).HasCode(1).Out, "02_name.yaml(3,14): error PGR02");
        StringAssert.Contains((await tool.RunAsync("plan", folder.Path, "--online")).HasCode(1).Error, "02_name.yaml(3,14): error PGR02");

        folder.With("01_users.yaml", MigrationFolder.CreateUsers);
        await tool.DoAsync("start", folder["01_users.yaml"], "-c");
        await Prints(tool, "1 migration, no findings.", "validate", folder["02_name.yaml"], "--online");
        await database.ExecuteAsync("ALTER TABLE users ADD COLUMN born date");
        var plan = await new Tool().RunAsync("plan", folder.Path, "--postgres-url", database.ConnectionString);
        StringAssert.Contains(plan.HasCode(0).Out, "\"born\"");
    }

    [TestMethod]
    public async Task Several_migrations_are_all_named_from_the_plan_to_the_end()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_nothing.yaml", "operations: []");
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        StringAssert.StartsWith(await tool.DoAsync("plan", folder.Path, "--online"),
            "-- The plan of 01_users.\n-- Then come 02_nothing: on an empty database `start` takes them one by one");
        StringAssert.Contains((await tool.RunAsync("start", folder.Path)).HasCode(0).Error, "01_users is complete.");
        await Prints(tool, "Completed 02_nothing: version public_02_nothing is the only one now.", "complete");

        folder.With("03_name.yaml", MigrationFolder.RequireName).With("04_people.yaml", MigrationFolder.RenameUsers).With("05_nothing.yaml", "operations: []");
        Assert.MatchesRegex(@"^-- The plan of 03_name, 04_people, 05_nothing, as one rollout\.\n-- [^\n]*05_nothing\.yaml\(1,1\): warning PGR0103: [^\n]*\n-- ==== start", await tool.DoAsync("plan", folder.Path, "--online"));
        StringAssert.Contains(await tool.DoAsync("validate", folder.Path, "--online"), "05_nothing.yaml(1,1): warning PGR0103");
        await tool.DoAsync("start", folder.Path);
        var status = await tool.DoAsync("status");
        StringAssert.Contains(status, "Version:   public_05_nothing; the old one is public_02_nothing");
        StringAssert.Contains(status, "Note:      pgroll itself cannot end it: it is several migrations in one");
        await Prints(tool, "03_name, 04_people, 05_nothing are taken back: version public_02_nothing is the only one again.", "rollback");
        await tool.DoAsync("start", folder.Path);
        await Prints(tool, "Completed 03_name, 04_people, 05_nothing as one rollout: version public_05_nothing is the only one now.", "complete");
    }

    [TestMethod]
    public async Task Triggers_that_a_backfill_would_fire_stop_it_unless_they_are_allowed()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder["01_users.yaml"], "-c");
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

    /// <summary>A trigger of a user's notes which sessions filled rows.</summary>
    [SampledTestMethod(of: 2)]
    [DataRow(1, "start")]
    [DataRow(1, "start", "--backfill-workers", "1")]
    [DataRow(3, "start", "--backfill-workers", "3")]
    [DataRow(2, "migrate", "--backfill-workers=2")]
    public async Task As_many_sessions_fill_a_table_as_are_asked_for(int expected, params string[] command)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder.Path, "-c");
        await database.ExecuteAsync(
            """
            INSERT INTO users SELECT i, repeat('x', 1500) FROM generate_series(1, 200) i;
            CREATE TABLE sessions (pid int PRIMARY KEY);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.sessions VALUES (pg_backend_pid()) ON CONFLICT DO NOTHING; RETURN NULL; END';
            CREATE TRIGGER note AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note();
            ALTER TABLE users ENABLE ALWAYS TRIGGER note;
            """);
        folder.With("02_name.yaml", MigrationFolder.RequireName);

        await tool.DoAsync([command[0], folder.Path, .. command[1..], "--backfill-batch-size", "1", "--backfill-batch-delay", "50ms"]);

        Assert.AreEqual((long)expected, await database.ScalarAsync<long>("SELECT count(*) FROM sessions"));
    }

    static async Task Prints(Tool tool, string expected, params string[] arguments) => Assert.AreEqual(expected, await tool.DoAsync(arguments));

    static async Task<string> StatusAsync(Tool tool) =>
        string.Join('|', (await tool.RunAsync("status", "--json")).HasCode(0).Json.EnumerateObject().Take(3).Select(property => property.Value));
}
