using System.Text.Json;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Cli.Tests.Output.Findings;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class LintCommandTests
{
    public static IEnumerable<object[]> Formats => FindingsFormat.All.Select(format => new object[] { format.Name });

    [TestMethod]
    [DynamicData(nameof(Formats))]
    public async Task Findings_are_written_for_whoever_reads_them(string format)
    {
        using var folder = Risky();
        var result = (await new Tool().RunAsync("lint", folder.Path, "--format", format)).HasCode(1);
        Assert.AreEqual("", result.Error);
        var version = typeof(LintResult).Assembly.GetName().Version!.ToString(3);
        Golden.AssertMatches(
            string.Join('\n', Normalized(result.Out, folder).Split('\n').Select(line => line.Contains("fingerprint", StringComparison.Ordinal) || line.Contains("finding/v1", StringComparison.Ordinal) ? line.Split(':')[0] : line)).Replace($"\"{version}\"", "\"VERSION\""),
            $"../Output/Findings/{format}.verified.txt");
    }

    [TestMethod]
    public async Task Sarif_follows_its_schema()
    {
        using var folder = Risky();
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.Combine("tests", "PgRoll.Build.Cli.Tests", "Output", "Findings", "sarif-2.1.0.json")));
        var written = (await new Tool().RunAsync("lint", folder.Path, "--format", "sarif")).HasCode(1).Json;
        Assert.AreEqual("", string.Join('\n', new JsonSchema(schema.RootElement).Errors(written)));
        Assert.AreNotEqual(0, new JsonSchema(schema.RootElement).Errors(JsonDocument.Parse("""{"version":"2.0.0"}""").RootElement).Count());
    }

    [TestMethod]
    public async Task A_fingerprint_outlives_lines_that_are_put_before_it()
    {
        using var folder = Risky();
        var before = Prints(await new Tool().RunAsync("lint", folder.Path, "--format", "gitlab"));
        folder.With("02_drop.yaml", "# a line\n\n" + await File.ReadAllTextAsync(folder["02_drop.yaml"]));
        CollectionAssert.AreEqual(before, Prints(await new Tool().RunAsync("lint", folder.Path, "--format", "gitlab")));
        CollectionAssert.AllItemsAreUnique(before);

        static string[] Prints(Outcome result) => [.. result.HasCode(1).Json.EnumerateArray().Select(issue => issue.GetProperty("fingerprint").GetString()!)];
    }

    [TestMethod]
    [DataRow("error", 0)]
    [DataRow("warning", 1)]
    [DataRow("info", 1)]
    [DataRow("never", 0)]
    public async Task The_exit_code_depends_on_the_least_severity_that_fails(string severity, int code)
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_drop.yaml", "operations: [ { drop_table: { name: users } } ]");
        (await new Tool().RunAsync("lint", folder.Path, "--fail-on", severity)).HasCode(code);
    }

    [TestMethod]
    public async Task A_file_is_written_and_the_summary_printed()
    {
        using var folder = Risky();
        var result = (await new Tool().RunAsync("lint", folder.Path, "--format", "json", "--output", folder["out/lint.json"])).HasCode(1);
        StringAssert.StartsWith(result.Out, "3 migrations, ");
        Assert.AreEqual(1, JsonDocument.Parse(await File.ReadAllTextAsync(folder["out/lint.json"])).RootElement.GetProperty("formatVersion").GetInt32());
    }

    [TestMethod]
    public async Task What_is_history_bears_no_risk_but_may_not_change()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_drop.yaml", "operations: [ { drop_table: { name: users } } ]");
        StringAssert.Contains((await new Tool().RunAsync("lint", folder.Path)).HasCode(0).Out, "warning PGR0401");
        StringAssert.Contains(await new Tool().DoAsync("lock", folder.Path), "2 of 2 migrations.");
        Assert.AreEqual("2 migrations, no findings.", await new Tool().DoAsync("lint", folder.Path));

        folder.With("02_drop.yaml", "operations: [ { rename_table: { from: users, to: people } } ]");
        StringAssert.Contains((await new Tool().RunAsync("lint", folder.Path)).HasCode(1).Out, "02_drop.yaml(1,1): error PGR0107: '02_drop' says something else than when it was applied.");

        StringAssert.Contains((await new Tool().RunAsync("lock", folder.Path)).HasCode(1).Error, "run it again with --accept-changes");
        StringAssert.Contains((await new Tool().RunAsync("lint", folder.Path)).HasCode(1).Out, "PGR0107");
        await new Tool().DoAsync("lock", folder.Path, "--accept-changes");
        Assert.AreEqual("2 migrations, no findings.", await new Tool().DoAsync("lint", folder.Path));
    }

    [TestMethod]
    public async Task Risks_are_told_from_a_migration_on()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_drop.yaml", "operations: [ { drop_table: { name: users } } ]").With("03_users.yaml", MigrationFolder.CreateUsers);
        StringAssert.Contains(await new Tool().DoAsync("lint", folder.Path, "--since", "02_drop"), "PGR0401");
        Assert.AreEqual("3 migrations, no findings.", await new Tool().DoAsync("lint", folder.Path, "--since", "03_users"));
    }

    [TestMethod]
    public async Task The_lock_names_what_is_applied()
    {
        using var folder = Risky();
        StringAssert.Contains(await new Tool().DoAsync("lock", folder.Path, "--up-to", "01_users"), "1 of 3 migrations.");
        Assert.MatchesRegex("^# .*\n[0-9a-f]{64}  01_users\n$", await File.ReadAllTextAsync(folder["migrations.lock"]));
        StringAssert.Contains((await new Tool().RunAsync("lock", folder.Path, "--up-to", "nothing")).HasCode(2).Error, "--up-to: there is no migration 'nothing'");
    }

    [TestMethod]
    [DataRow("lint")]
    [DataRow("plan")]
    public async Task Who_reads_one_file_is_not_told_that_those_after_it_are_missing(string command)
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName).With("03_people.yaml", MigrationFolder.RenameUsers);
        await new Tool().DoAsync("lock", folder.Path);
        (await new Tool().RunAsync(command, folder["02_name.yaml"])).HasCode(0);

        File.Delete(folder["01_users.yaml"]);
        var outcome = (await new Tool().RunAsync(command, folder["02_name.yaml"])).HasCode(1);
        StringAssert.Contains(outcome.Out + outcome.Error, "migrations.lock(2,1): error PGR0107: '01_users' is applied, and has no file.");
    }

    [TestMethod]
    [DataRow("lint")]
    [DataRow("verify")]
    public async Task A_merge_conflict_in_the_lock_is_told(string command)
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("migrations.lock", "<<<<<<< HEAD\n=======\n>>>>>>> other\n");
        var outcome = (await new Tool().RunAsync(command, folder.Path)).HasCode(1);
        StringAssert.Contains(outcome.Out + outcome.Error, "migrations.lock(1,1): error PGR0101: Not valid migrations.lock");
    }

    [TestMethod]
    [DataRow("--format", "xml")]
    [DataRow("--fail-on", "always")]
    [DataRow("--since", "nothing")]
    public async Task Wrong_usage_is_told(string option, string value)
    {
        using var folder = Risky();
        StringAssert.Contains((await new Tool().RunAsync("lint", folder.Path, option, value)).HasCode(2).Error, value);
    }

    /// <summary>An error, a warning, an info in a name that every format must escape, and something suppressed.</summary>
    static MigrationFolder Risky() => new MigrationFolder()
        .With("01_users.yaml", MigrationFolder.CreateUsers)
        .With("02_drop.yaml",
            """
            operations:
              - create_table:
                  name: "a;b]c|d<e%f,g:h"
                  columns:
                    - { name: id, type: bigint, pk: true }
              # pgroll-disable PGR0402: nobody read it
              - drop_column:
                  table: users
                  column: name
                  down: "''"
              - drop_table:
                  name: orders
            """)
        .With("03_drop.yaml",
            """
            operations:
              - drop_table:
                  name: "a;b]c|d<e%f,g:h"
            """);

    static string Normalized(string text, MigrationFolder folder) => text.Replace(folder.Path, "/migrations", StringComparison.Ordinal);
}
