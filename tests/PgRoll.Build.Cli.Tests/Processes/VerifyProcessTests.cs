using PgRoll.Build.Cli.Actions;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Processes;

/// <summary>Proofs from end to end, on servers that the tool starts itself.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class VerifyProcessTests
{
    [TestMethod]
    public async Task A_server_of_its_own_is_started_and_the_next_run_finds_the_history()
    {
        using var cache = new ServerCache();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var variables = new Dictionary<string, string> { ["XDG_CACHE_HOME"] = cache.Path, ["PGROLL_PG_URL"] = "postgres://ann:hush@127.0.0.1:1/shop", ["PGROLL_ROLE"] = "of_that_database" };
        var major = $"{TestDatabase.SupportedMajors[0]}";

        var first = (await RunAsync(variables, "verify", folder.Path, "--server-version", major)).HasCode(0);
        StringAssert.Contains(first.Error, ", kept in ");
        StringAssert.Contains(first.Error, "01_users: proved.");
        Assert.MatchesRegex($@"^PostgreSQL {major}\.\S+: 1 rollout in ", first.Out);
        StringAssert.Contains(first.Out, "1 migration, no findings.");

        folder.With("02_people.yaml", MigrationFolder.RenameUsers);
        variables[ActionInputs.VariableOf("command")] = "verify";
        variables[ActionInputs.VariableOf("migrations")] = folder.Path;
        variables[ActionInputs.VariableOf("since")] = "02_people";
        variables[ActionInputs.VariableOf("server-version")] = major;
        (variables["GITHUB_OUTPUT"], variables["GITHUB_STEP_SUMMARY"]) = (folder["outputs"], folder["summary"]);
        var second = (await RunAsync(variables, "action")).HasCode(0);
        StringAssert.Contains(second.Out, "The history up to 01_users is there from an earlier run.");
        StringAssert.Contains(await File.ReadAllTextAsync(folder["outputs"]), """["02_people"]""");
        var summary = await File.ReadAllTextAsync(folder["summary"]);
        StringAssert.Contains(summary, "<details><summary>✅ 02_people</summary>");
        StringAssert.Contains(summary, "people_after");
    }

    static async Task<Outcome> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using var tool = ToolProcess.Start(variables, arguments);
        return await tool.EndAsync();
    }
}
