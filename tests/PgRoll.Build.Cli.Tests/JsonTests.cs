using System.Text.Json;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests;

/// <summary>With <c>--json</c> there is one JSON value on standard output, however the command ends, and the words are on standard error.</summary>
[TestClass]
public sealed class JsonTests
{
    [TestMethod]
    public async Task Results()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("other/02_name.yaml", MigrationFolder.RequireName);
        var tool = Tool.On(database);
        await PrintsAsync(tool, """{"stateSchema":"pgroll"}""", "is ready", "init");
        await PrintsAsync(tool, """{"outcome":"started","migrations":["01_users"],"versionSchema":"public_01_users"}""", "Started 01_users.", "start", folder.Path);
        await PrintsAsync(tool, """{"outcome":"completed","migration":"01_users","migrations":["01_users"],"versionSchema":"public_01_users"}""", "Completed 01_users", "complete");
        await PrintsAsync(tool, """{"outcome":"nothing","migrations":[],"versionSchema":null}""", "Nothing to do", "migrate", folder.Path);
        await PrintsAsync(tool, "null", "", "plan", folder.Path, "--online");
        await PrintsAsync(tool, """{"outcome":"started","migrations":["02_name"],"versionSchema":"public_02_name"}""", "Started 02_name", "migrate", folder["other"]);
        await PrintsAsync(tool, """{"outcome":"rolled-back","migration":"02_name","migrations":["02_name"],"versionSchema":"public_01_users"}""", "02_name is taken back", "rollback");
        await PrintsAsync(tool, """{"schema":"public","migration":"01_users","differences":[]}""", "No drift", "drift");
        await PrintsAsync(tool, """{"findings":[],"errors":0,"warnings":0}""", "1 migration, no findings.", "validate", folder.Path);
        await PrintsAsync(tool, """{"outcome":"completed","migrations":["02_name"],"versionSchema":"public_02_name"}""", "Started and completed", "start", folder["other"], "-c");
    }

    [TestMethod]
    [DataRow(2, "There is no file or folder 'nowhere'.", "start", "nowhere")]
    [DataRow(2, "Unrecognized command or argument 'more'", "complete", "more")]
    [DataRow(3, "Cannot connect to 127.0.0.1:1", "status", "--postgres-url", "postgres://ann:hush@127.0.0.1:1/shop")]
    [DataRow(2, "There is no folder 'nowhere'", "latest", "schema", "--local", "nowhere")]
    public async Task Errors(int code, string message, params string[] arguments)
    {
        var result = (await new Tool().RunAsync([.. arguments, "--json"])).HasCode(code);
        Assert.AreEqual(code, result.Json.GetProperty("exitCode").GetInt32());
        StringAssert.Contains(result.Json.GetProperty("error").GetString(), message);
        StringAssert.Contains(result.Error, message);
        Assert.DoesNotContain("hush", result.Out + result.Error);
    }

    [TestMethod]
    public async Task Findings()
    {
        using var folder = new MigrationFolder().With("01_orders.yaml", MigrationFolder.UnknownTable);
        var result = (await new Tool().RunAsync("plan", folder.Path, "--json")).HasCode(1);
        var finding = result.Json.GetProperty("findings")[0];
        Assert.AreEqual("error/3", $"{finding.GetProperty("severity")}/{finding.GetProperty("line")}");
    }

    static async Task PrintsAsync(Tool tool, string expected, string words, params string[] arguments)
    {
        var result = (await tool.RunAsync([.. arguments, "--json"])).HasCode(0);
        Assert.AreEqual(expected, JsonSerializer.Serialize(result.Json));
        StringAssert.Contains(result.Error, words);
    }
}
