using System.Text.Json;

namespace PgRoll.Build.Cli.Tests.Actions;

[TestClass]
public sealed class VerifyStepTests
{
    [TestMethod]
    public async Task Where_nothing_is_new_no_server_is_started()
    {
        using var step = new ActionStep("postgres://ann:hush@127.0.0.1:1/shop");
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers);
        await new Tool().DoAsync("lock", step.Migrations.Path);

        var result = (await step.RunAsync("verify")).HasCode(0);

        Assert.AreEqual(("[]", "0", "public_01_users"), (result["migrations"], result["finding-count"], result["schema-version"]));
        StringAssert.Contains(result.Summary, "Nothing to verify: none of these migrations is new.");
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(result["report-path"]));
        Assert.AreEqual(0, report.RootElement.GetProperty("servers").GetArrayLength());
    }

    [TestMethod]
    public async Task Errors_of_files_need_no_server_either()
    {
        using var step = new ActionStep();
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers).With("02_orders.yaml", MigrationFolder.UnknownTable);

        var result = (await step.RunAsync("verify")).HasCode(1);

        Assert.AreEqual(("1", "PGR0201", ""), (result["error-count"], result["rule-codes"], result["state"]));
        Assert.EndsWith("02_orders.yaml", result.Log.Annotations.Single(annotation => annotation.File.Length > 0).File);
    }
}
