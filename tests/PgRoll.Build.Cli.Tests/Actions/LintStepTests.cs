using System.Text.Json;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Actions;

[TestClass]
public sealed class LintStepTests
{
    [TestMethod]
    public async Task Findings_become_annotations_a_summary_reports_and_outputs()
    {
        using var step = new ActionStep();
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers).With("02_drop.yaml", "operations: [ { drop_table: { name: users } }, { drop_table: { name: orders } } ]");
        var result = (await step.RunAsync("lint", ("sarif-file", step.Migrations["out/lint.sarif"]))).HasCode(1);

        Assert.AreEqual("public_02_drop", result["schema-version"]);
        Assert.AreEqual("02_drop", result["version"]);
        Assert.AreEqual("public_01_users", result["previous-schema-version"]);
        Assert.AreEqual(("2", "1", "1", "PGR0201,PGR0401"), (result["finding-count"], result["error-count"], result["warning-count"], result["rule-codes"]));
        Assert.AreEqual("error", result.Log.Annotations[0].Kind);
        Assert.EndsWith("02_drop.yaml", result.Log.Annotations[0].File);
        Assert.AreEqual(step.Migrations["out/lint.sarif"], result["sarif-path"]);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(result["report-path"]));
        Assert.AreEqual(1, report.RootElement.GetProperty("errors").GetInt32());
        Golden.AssertMatches(result.Summary.Replace(step.Migrations.Path, "/migrations", StringComparison.Ordinal), "lint.verified.md");
    }

    [TestMethod]
    public async Task The_service_shows_ten_of_each_kind_so_the_last_counts_the_others()
    {
        using var step = new ActionStep();
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers)
            .With("02_drop.yaml", $"operations: [ {string.Join(", ", Enumerable.Range(0, 12).Select(i => $"{{ drop_table: {{ name: t{i} }} }}"))} ]");
        var result = (await step.RunAsync("lint")).HasCode(1);
        Assert.AreEqual("12", result["error-count"]);
        Assert.HasCount(10, result.Log.Annotations);
        Assert.AreEqual("3 more are in the job summary.", result.Log.Annotations[9].Text);
        Assert.AreEqual(12, result.Summary.Split("**error**").Length - 1);
    }

    [TestMethod]
    public async Task Without_annotations_the_log_says_the_same()
    {
        using var step = new ActionStep();
        step.Migrations.With("01_drop.yaml", "operations: [ { drop_table: { name: orders } } ]");
        var result = (await step.RunAsync("lint", ("annotations", "false"), ("summary", "false"))).HasCode(1);
        Assert.IsEmpty(result.Log.Annotations);
        Assert.AreEqual("", result.Summary);
        StringAssert.Contains(result.Log.Text, "01_drop.yaml(1,");
    }

    [TestMethod]
    [DataRow("command", "check", "'check' is none")]
    [DataRow("server-version", "13", "Input 'server-version': '13' is no major version of PostgreSQL from 14 on")]
    [DataRow("fail-on", "always", "Input 'fail-on': 'always' is none of")]
    [DataRow("lock-budget", "soon", "Input 'lock-budget': 'soon' is not a duration")]
    [DataRow("annotations", "maybe", "Input 'annotations'")]
    [DataRow("migrations", "/nowhere", "There is no file or folder '/nowhere'")]
    [DataRow("on-failure", "complete", "Input 'on-failure'")]
    public async Task A_wrong_input_is_named_and_nothing_is_done(string input, string value, string message)
    {
        using var step = new ActionStep();
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers);
        var result = (await step.RunAsync("lint", (input, value))).HasCode(2);
        StringAssert.Contains(result.Annotations("error"), message);
        StringAssert.Contains(result.Summary, message);
    }

    [TestMethod]
    public async Task A_plan_needs_no_database()
    {
        using var step = new ActionStep();
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName);
        var result = (await step.RunAsync("plan")).HasCode(0);
        Assert.AreEqual(("""["02_name"]""", "true", ""), (result["migrations"], result["reversible"], result["state"]));
        StringAssert.Contains(result.Summary, "### complete");
    }

    [TestMethod]
    public async Task Hostile_text_forges_no_annotation_no_output_and_no_row()
    {
        const string Hostile = "x\\\\|y | z ```</details> ::error::forged 🐘 ${{ secrets.X }} %0A::warning::forged [a](b)";
        using var step = new ActionStep();
        var name = OperatingSystem.IsWindows() ? "02_a%0A.yaml" : "02_a\n::error::forged\nschema-version=forged|b`c%0A.yaml";
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers)
            .With(name, $$"""
                operations:
                  - drop_table: { name: {{JsonSerializer.Serialize(Hostile)}} }
                  - sql: { up: {{JsonSerializer.Serialize("SELECT 1;\n::error::forged\n::add-mask::public\n##[error]forged\nDROP TABLE users")}} }
                """);
        var result = (await step.RunAsync("lint")).HasCode(1);
        Assert.AreNotEqual("0", result["error-count"]);
        Assert.IsTrue(result.Log.Annotations.All(annotation => annotation.Text != "forged" && annotation.Title.StartsWith("PGR", StringComparison.Ordinal)), result.Raw);
        Assert.IsEmpty(result.Log.Masks);
        Assert.AreNotEqual("forged", result["schema-version"]);
        foreach (var row in result.Summary.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
            Assert.AreEqual(5, Pipes(row), row);
        Assert.DoesNotContain("</details> ", result.Summary);
        Assert.IsTrue(result.Summary.Split('\n').All(line => !line.StartsWith("::", StringComparison.Ordinal)), result.Summary);
    }

    /// <summary>Bars that divide cells: not those behind a backslash, unless another one takes that away.</summary>
    static int Pipes(string row)
    {
        var count = 0;
        for (var i = 0; i < row.Length; i++)
            if (row[i] == '\\')
                i++;
            else if (row[i] == '|')
                count++;
        return count;
    }
}
