using System.Text.Json;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class ValidateCommandTests
{
    [TestMethod]
    public async Task What_is_valid_is_counted()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName);
        var result = (await new Tool().RunAsync("validate", folder.Path)).HasCode(0);
        Assert.AreEqual($"2 migrations, no findings.{Environment.NewLine}", result.Out);
        Assert.AreEqual("", result.Error);
    }

    [TestMethod]
    public async Task A_folder_without_migrations_is_remarked_on()
    {
        using var folder = new MigrationFolder().With("README.md", "");
        var result = (await new Tool().RunAsync("validate", folder.Path)).HasCode(0);
        StringAssert.Contains(result.Error, "Warning: there is no migration file (*.yaml, *.yml, *.json) in");
        StringAssert.StartsWith(result.Out, "0 migrations");
    }

    [TestMethod]
    public async Task Extensions_may_be_written_in_any_case()
    {
        using var folder = new MigrationFolder().With("01_users.YAML", MigrationFolder.CreateUsers).With("02_name.Yml", MigrationFolder.RequireName)
            .With("03_orders.JSON", """{"operations":[{"drop_column":{"table":"orders","column":"name"}}]}""");
        Assert.MatchesRegex(@"^[^\n]*03_orders\.JSON\(1,\d+\): error PGR02[^\n]*\n$", (await new Tool().RunAsync("validate", folder.Path)).HasCode(1).Out);
    }

    [TestMethod]
    public async Task Findings_have_the_form_of_a_compilers()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_orders.yaml", MigrationFolder.UnknownTable);
        var result = (await new Tool().RunAsync("validate", folder.Path)).HasCode(1);
        Assert.MatchesRegex(@"^.*02_orders\.yaml\(3,14\): error PGR02\d\d: .*'orders'.*\n$", result.Out);
        Assert.AreEqual("", result.Error);
    }

    [TestMethod]
    public async Task A_file_is_judged_by_what_comes_before_it_and_not_by_what_comes_after()
    {
        using var folder = new MigrationFolder()
            .With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName).With("03_orders.yaml", MigrationFolder.UnknownTable);
        (await new Tool().RunAsync("validate", folder["02_name.yaml"])).HasCode(0);
        (await new Tool().RunAsync("validate", folder["03_orders.yaml"])).HasCode(1);
    }

    [TestMethod]
    public async Task Warnings_alone_are_no_failure_and_those_of_other_files_are_not_repeated()
    {
        using var folder = new MigrationFolder().With("01_nothing.yaml", "operations: []").With("02_users.yaml", MigrationFolder.CreateUsers);
        StringAssert.Contains((await new Tool().RunAsync("validate", folder.Path)).HasCode(0).Out, "warning PGR0103");
        Assert.AreEqual("1 migration, no findings.", await new Tool().DoAsync("validate", folder["02_users.yaml"]));
    }

    [TestMethod]
    public async Task Programs_get_JSON()
    {
        using var folder = new MigrationFolder().With("01_orders.yaml", MigrationFolder.UnknownTable).With("02_nothing.yaml", "operations: []");
        var result = (await new Tool().RunAsync("validate", folder.Path, "--json")).HasCode(1);
        using var json = JsonDocument.Parse(result.Out);
        Assert.AreEqual("1/1", $"{json.RootElement.GetProperty("errors")}/{json.RootElement.GetProperty("warnings")}");
        var finding = json.RootElement.GetProperty("findings").EnumerateArray().Single(each => each.GetProperty("severity").GetString() == "error");
        Assert.AreEqual("error/3/14", $"{finding.GetProperty("severity")}/{finding.GetProperty("line")}/{finding.GetProperty("column")}");
        StringAssert.StartsWith(finding.GetProperty("code").GetString(), "PGR02");
        StringAssert.EndsWith(finding.GetProperty("file").GetString(), "01_orders.yaml");
    }

    [TestMethod]
    public async Task The_folder_migrations_is_meant_where_none_is_named() =>
        StringAssert.Contains((await new Tool().RunAsync("validate")).HasCode(2).Error, "There is no file or folder 'migrations'.");
}
