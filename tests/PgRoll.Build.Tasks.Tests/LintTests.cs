using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

[TestClass]
public sealed class LintTests
{
    internal const string DropEmail = """
        operations:
          - drop_column:
              table: users
              column: email
              down: "''"
        """;

    const string Warning = "03_drop.yaml(4,15): warning PGR0402: ";

    [BuildTestMethod]
    public async Task A_risk_is_a_warning()
    {
        var project = await RiskyAsync();
        Assert.Contains(Warning, (await project.GenerateAsync()).AssertSucceeded().Output);
        Assert.DoesNotContain("PGR0402", (await project.GenerateAsync("-p:NoWarn=PGR0402")).AssertSucceeded().Output);
        Assert.Contains("error PGR0402: ", (await project.GenerateAsync("-p:TreatWarningsAsErrors=true")).AssertFailed().Output);
        Assert.DoesNotContain("PGR0402", (await project.GenerateAsync("-p:PgRollLintSince=04_next")).AssertSucceeded().Output);
    }

    [BuildTestMethod]
    public async Task A_comment_suppresses_it()
    {
        var project = await RiskyAsync();
        project.Write("migrations/03_drop.yaml", DropEmail.Replace("column: email", "column: email # pgroll-disable PGR0402"));
        Assert.DoesNotContain("PGR0402", (await project.GenerateAsync()).AssertSucceeded().Output);
        Assert.Contains("warning PGR0001: Nothing is suppressed here: a reason is required", (await project.GenerateAsync("-p:PgRollRequireSuppressionReason=true")).AssertSucceeded().Output);
    }

    [BuildTestMethod, LongRun]
    public async Task A_changed_editorconfig_is_noticed()
    {
        var project = await RiskyAsync();
        (await project.GenerateAsync()).AssertSucceeded();

        project.Write(".editorconfig", "[migrations/*.yaml]\ndotnet_diagnostic.PGR0402.severity = error\n");
        Assert.Contains("03_drop.yaml(4,15): error PGR0402: ", (await project.GenerateAsync()).AssertFailed().Output);

        project.Write("migrations/.editorconfig", "[*.yaml]\ndotnet_diagnostic.PGR0402.severity = none\n");
        Assert.DoesNotContain("PGR0402", (await project.GenerateAsync()).AssertSucceeded().Output);
        Assert.IsTrue((await project.GenerateAsync()).AssertSucceeded().SkippedCheck);

        File.Delete(project.PathOf("migrations/.editorconfig"));
        Assert.Contains("error PGR0402: ", (await project.GenerateAsync()).AssertFailed().Output);
    }

    [BuildTestMethod]
    public async Task What_is_locked_may_not_change_and_bears_no_risk()
    {
        var project = await RiskyAsync();
        project.Write("migrations/migrations.lock", $"{new string('0', 64)}  01_users\n");
        Assert.Contains("01_users.yaml(1,1): error PGR0107: ", (await project.GenerateAsync()).AssertFailed().Output);

        project.Write("migrations/migrations.lock", MigrationSet.Load(project.PathOf("migrations")) is var set ? Migrations.MigrationLock.Write(set.Migrations) : "");
        Assert.DoesNotContain("PGR", (await project.GenerateAsync()).AssertSucceeded().Output);
    }

    static async Task<TestProject> RiskyAsync()
    {
        var project = await TestProject.WithTargetsAsync();
        project.Write("migrations/03_drop.yaml", DropEmail);
        return project;
    }
}
