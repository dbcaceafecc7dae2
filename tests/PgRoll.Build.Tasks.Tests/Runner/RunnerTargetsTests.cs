using System.IO.Compression;
using System.Text;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests.Runner;

/// <summary>The targets that run the packaged runner, without a build of the project.</summary>
[TestClass]
public sealed class RunnerTargetsTests
{
    /// <summary>Nobody listens there.</summary>
    const string Nowhere = "127.0.0.1:1/shop?connect_timeout=2";

    const string Frameworks = "<TargetFramework /><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>";

    [BuildTestMethod, LongRun]
    public async Task A_rollout_goes_through_the_targets_once_whatever_the_target_frameworks()
    {
        await using var database = await TestDatabase.CreateAsync();
        var project = await TestProject.WithTargetsAsync(Frameworks);
        project.Variables["PGROLL_PG_URL"] = database.ConnectionString;

        var first = (await project.TargetAsync("PgRollInit;PgRollStart;PgRollStatus;PgRollComplete")).AssertSucceeded().Output;
        Assert.AreEqual(1, Count(first, "Started 02_email. Clients of the new version use schema public_02_email."), first);
        Assert.Contains("Completed 02_email", first);
        Assert.IsEmpty(project.FindAll("*.dll"));

        var second = (await project.TargetAsync("PgRollRollback")).AssertFailed().Output;
        Assert.AreEqual(1, Count(second, "error PGR9004: "), second);
    }

    [BuildTestMethod]
    public async Task The_address_comes_from_the_environment_or_the_users_secrets_and_is_in_no_log()
    {
        var project = await TestProject.WithTargetsAsync("<UserSecretsId>shop-secrets</UserSecretsId>");
        project.Write("home/.microsoft/usersecrets/shop-secrets/secrets.json", $$"""{ "PgRoll:PostgresUrl": "postgres://ann:hush1@{{Nowhere}}" }""");
        project.Variables["HOME"] = project.PathOf("home");
        project.Variables["DOTNET_CLI_HOME"] = project.PathOf("home");
        project.Variables["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";

        await AssertHushedAsync(project, "shop-secrets");
        project.Variables["PGROLL_PG_URL"] = $"postgres://bob:hush2@{Nowhere}";
        await AssertHushedAsync(project, "PgRollStatus");
    }

    [BuildTestMethod]
    public async Task A_plan_is_printed_and_what_is_found_in_it_told_once()
    {
        var project = await TestProject.WithTargetsAsync();
        project.Write("migrations/03_drop.yaml", LintTests.DropEmail);
        var plan = (await project.TargetAsync("PgRollPlan")).AssertSucceeded().Output;
        Assert.Contains("ALTER TABLE", plan);
        Assert.AreEqual(1, Count(plan, "PGR0402"), plan);
        Assert.Contains($"{project.PathOf("migrations/03_drop.yaml")}(4,15): warning PGR0402: ", plan);

        project.Write("migrations/04_broken.yaml", TestProject.Broken);
        var broken = (await project.TargetAsync("PgRollPlan")).AssertFailed().Output;
        Assert.AreEqual(1, Count(broken, "PGR0201"), broken);
        Assert.Contains($"{project.PathOf("migrations/04_broken.yaml")}(3,14): error PGR0201: ", broken);
        Assert.Contains("error PGR9001: The migrations have errors; nothing was changed.", broken);
        Assert.Contains($"{project.PathOf("migrations/04_broken.yaml")}(3,14): error PGR0201: ", (await project.TargetAsync("PgRollVerify")).AssertFailed().Output);
    }

    /// <summary>That logger leaves out what tasks print.</summary>
    [TestMethod]
    public async Task On_a_terminal_what_a_command_prints_is_seen()
    {
        BuildLogger.Current = BuildLogger.Terminal;
        var project = await TestProject.WithTargetsAsync();
        Assert.Contains("ALTER TABLE", (await project.TargetAsync("PgRollPlan")).AssertSucceeded().Output);
    }

    [BuildTestMethod]
    public async Task Only_whole_folders_are_run_and_only_sets_that_are_there()
    {
        var project = await TestProject.WithTargetsAsync(
            "<EnableDefaultPgRollMigrationItems>false</EnableDefaultPgRollMigrationItems>", """<PgRollMigration Include="migrations/01_*" />""");
        Assert.Contains(
            $"error PGR9011: '{project.PathOf("migrations/02_email.yaml")}' is no PgRollMigration item", (await project.TargetAsync("PgRollPlan")).AssertFailed().Output);
        Assert.Contains(
            "error PGR9010: PgRollSet is 'Other', and the project has no such set. It has: SchemaVersion.",
            (await project.TargetAsync("PgRollStatus", "-p:PgRollSet=Other")).AssertFailed().Output);
    }

    static async Task AssertHushedAsync(TestProject project, string told)
    {
        var result = (await project.TargetAsync("PgRollStatus", "-bl:build.binlog")).AssertFailed();
        Assert.Contains("error PGR9003: ", result.Output);
        using var log = new GZipStream(File.OpenRead(project.PathOf("build.binlog")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await log.CopyToAsync(bytes);
        var binary = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        Assert.Contains(told, binary);
        foreach (var text in new[] { result.Output, result.Log, binary })
            Assert.DoesNotContain("hush", text);
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;
}
