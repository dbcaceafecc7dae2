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
}
