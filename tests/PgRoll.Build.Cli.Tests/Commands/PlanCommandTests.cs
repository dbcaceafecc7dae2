using System.Text.Json;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class PlanCommandTests
{
    [TestMethod]
    public async Task The_plan_is_the_last_files_with_its_locks_and_reasons()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName);
        var plan = (await new Tool().RunAsync("plan", folder.Path)).HasCode(0).Out;
        StringAssert.StartsWith(plan, "-- The plan of 02_name.\n-- ==== start");
        string[] all =
            ["==== start", "==== complete", "==== rollback", "[ACCESS EXCLUSIVE on \"public\".\"users\"]", "\"public_01_users\"", "\"public_02_name\""];
        foreach (var expected in all)
            StringAssert.Contains(plan, expected);
        Assert.DoesNotContain("CREATE TABLE", plan);
    }

    [TestMethod]
    public async Task A_file_is_planned_on_the_schema_of_those_before_it()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName);
        StringAssert.Contains((await new Tool().RunAsync("plan", folder["01_users.yaml"])).HasCode(0).Out, "CREATE TABLE");
        StringAssert.Contains((await new Tool().RunAsync("plan", folder["02_name.yaml"])).HasCode(0).Out, "ADD COLUMN");
    }

    [TestMethod]
    public async Task Schema_and_version_schemas_are_as_told()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        StringAssert.Contains((await new Tool().RunAsync("plan", folder.Path, "--schema", "app")).HasCode(0).Out, "\"app_01_users\"");
        Assert.DoesNotContain("public_", (await new Tool().RunAsync("plan", folder.Path, "--use-version-schema=false")).HasCode(0).Out);
    }

    [TestMethod]
    public async Task Programs_get_JSON()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var text = (await new Tool().RunAsync("plan", folder.Path, "--json")).HasCode(0).Out;
        Assert.DoesNotContain("\\u00", text);
        using var json = JsonDocument.Parse(text);
        Assert.AreEqual("public_01_users", json.RootElement.GetProperty("versionSchema").GetString());
        StringAssert.StartsWith(json.RootElement.GetProperty("start")[0].GetProperty("steps")[0].GetProperty("sql").GetString(), "CREATE TABLE");
    }

    [TestMethod]
    public async Task Invalid_migrations_have_no_plan()
    {
        using var folder = new MigrationFolder().With("01_orders.yaml", MigrationFolder.UnknownTable);
        var result = (await new Tool().RunAsync("plan", folder.Path)).HasCode(1);
        Assert.AreEqual("", result.Out);
        StringAssert.Contains(result.Error, "01_orders.yaml(3,14): error PGR02");
    }

    [TestMethod]
    public async Task An_overview_tells_steps_locks_losses_and_tables()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml",
            MigrationFolder.RequireName + "\n" +
            """
              - create_table:
                  name: Weird "na|me"
                  columns:
                    - { name: id, type: bigint, pk: true }
                    - { name: amount, type: "numeric(8,2)", nullable: true, default: "'<b>'" }
                    - { name: user_id, type: bigint, references: { name: weird_user, table: users, column: id } }
              - sql: { up: "CREATE INDEX ON users (name)", onComplete: true }
            """);
        Golden.AssertMatches((await new Tool().RunAsync("plan", folder.Path, "--format", "markdown")).HasCode(0).Out.Replace(folder.Path, "/migrations", StringComparison.Ordinal), "../Output/Plans/plan.verified.md");
    }

    [TestMethod]
    public async Task Online_it_tells_how_large_a_table_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder.Path, "--complete");
        await database.ExecuteAsync("INSERT INTO users SELECT i, 'x' FROM generate_series(1, 5000) i; ANALYZE users");

        folder.With("02_name.yaml", MigrationFolder.RequireName);
        StringAssert.Contains((await tool.RunAsync("plan", folder.Path, "--online", "--format", "markdown")).HasCode(0).Out, "(about 5,000 rows, 1 MB)");
    }

    [TestMethod]
    public async Task The_risks_of_what_is_planned_are_told_with_it()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_drop.yaml", "operations: [ { drop_table: { name: users } } ]");
        StringAssert.Contains((await new Tool().RunAsync("plan", folder.Path)).HasCode(0).Out, "02_drop.yaml(1,37): warning PGR0401: The rows of 'users'");
        StringAssert.StartsWith((await new Tool().RunAsync("plan", folder.Path, "--format", "github")).HasCode(0).Out, "::warning file=");
        Assert.DoesNotContain("PGR0401", (await new Tool().RunAsync("plan", folder["01_users.yaml"])).HasCode(0).Out);
    }

    [TestMethod]
    public async Task An_unclear_past_is_told()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", "operations: [ { sql: { up: 'DO $$BEGIN END$$', down: 'SELECT 1' } } ]").With("02_name.yaml", MigrationFolder.CreateUsers);
        StringAssert.Contains((await new Tool().RunAsync("plan", folder.Path)).HasCode(0).Out, "-- What raw SQL did before it is not known in full: `plan --online` plans");
    }

    [TestMethod]
    public async Task Online_the_rows_have_their_say_in_every_format()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder.Path, "--complete");
        await database.ExecuteAsync("INSERT INTO users VALUES (1, 'Ann'), (2, NULL), (3, 'Ann')");
        folder.With("02_name.yaml",
            """
            operations:
              - alter_column: { table: users, column: name, nullable: false, up: name, down: name }
              # pgroll-disable PGR1004: one of them goes before the deploy
              - create_index: { name: users_name_idx, table: users, columns: [{ column: name }], unique: true }
              - add_column: { table: users, column: { name: nick, type: text, nullable: true }, up: shorten(name) }
            """);

        var formats = new List<string>();
        foreach (var format in (string[])["text", "markdown", "github", "azure"])
        {
            // The plan itself depends on the server.
            var told = (await tool.RunAsync("plan", folder.Path, "--online", "--format", format)).HasCode(1).Out;
            formats.Add($"==== {format}\n\n{told.Split("-- ==== start", 2)[0].Split("### start", 2)[0]}");
        }
        Golden.AssertMatches(string.Join('\n', formats).Replace(folder.Path, "/migrations", StringComparison.Ordinal), "../Output/Plans/online.verified.md");

        StringAssert.Contains((await tool.RunAsync("validate", folder.Path, "--online")).HasCode(1).Out, "02_name.yaml(2,59): error PGR1004: 1 row of 'users' would be NULL in 'name'");
        StringAssert.Contains((await tool.RunAsync("start", folder.Path)).HasCode(1).Error, "error PGR1004");
        StringAssert.Contains((await tool.RunAsync("start", folder.Path, "--row-check-time", "0")).HasCode(3).Error, "could not be started; everything was taken back: 42883");
    }

    /// <summary>Where findings are wanted, a refusal is one; the code is that of the refusal.</summary>
    [TestMethod]
    public async Task Online_what_the_database_is_at_is_a_finding()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("03_name.yaml", MigrationFolder.RequireName);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        await tool.DoAsync("start", folder.Path);

        StringAssert.Contains((await tool.RunAsync("plan", folder.Path, "--online", "--format", "github")).HasCode(4).Out, "03_name.yaml,line=1,");
        var error = (await tool.RunAsync("plan", folder.Path, "--online")).HasCode(4).Error;
        StringAssert.Contains(error, "03_name.yaml(1,1): error PGR1001: Migration '03_name' is active on schema 'public'");
        StringAssert.Contains(error, "Error: The database is not where this could be done; nothing was changed.");

        await tool.DoAsync("complete");
        folder.With("02_other.yaml", "operations: [ { create_table: { name: other, columns: [ { name: id, type: int, pk: true } ] } } ]");
        StringAssert.Contains((await tool.RunAsync("plan", folder.Path, "--online", "--format", "azure")).HasCode(4).Out, "PGR1002");
    }
}
