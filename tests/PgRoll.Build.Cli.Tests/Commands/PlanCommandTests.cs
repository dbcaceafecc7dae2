using System.Text.Json;

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
}
