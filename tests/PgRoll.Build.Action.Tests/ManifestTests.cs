using System.Text;
using System.Text.RegularExpressions;
using PgRoll.Build.Cli.Actions;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Action.Tests;

/// <summary>action.yml against the code that it hands over to.</summary>
[TestClass]
public sealed class ManifestTests
{
    static readonly string[] OfInstallation = ["version", "tool-path", "download-base-url", "cache"];

    static readonly Manifest Action = Manifest.Read();

    [TestMethod]
    public void No_expression_stands_in_a_script()
    {
        foreach (var step in Action.Steps)
            Assert.DoesNotContain("${{", step.Run ?? "");
        Assert.IsTrue(Action.Steps.All(step => step.Uses is null), "What is used besides is pinned by its commit, and checked here.");
    }

    [TestMethod]
    public void Every_input_reaches_its_step_in_a_variable_of_its_own()
    {
        foreach (var input in Action.Inputs)
        {
            var step = Action.Steps.Single(step => step.Id == (OfInstallation.Contains(input.Name) ? "install" : "run"));
            Assert.AreEqual($"${{{{ inputs.{input.Name} }}}}", step.Environment[ActionInputs.VariableOf(input.Name)]);
        }
    }

    [TestMethod]
    public void Every_input_is_read_and_no_other()
    {
        HashSet<string> asked = [];
        var inputs = new ActionInputs(name =>
        {
            asked.Add(name);
            // Some are only asked for words where there are any.
            return name is "PGROLL_IN_DEPLOY_RESULT" ? "success" : name is "PGROLL_IN_ON_FAILURE" ? "leave" : null;
        });
        foreach (var property in typeof(ActionInputs).GetProperties())
            property.GetValue(inputs);
        foreach (var variable in (string[])["PGROLL_PG_URL", "PGROLL_SCHEMA", "PGROLL_STATE_SCHEMA", "PGROLL_ROLE", "PGROLL_LOCK_TIMEOUT"])
            inputs.Setting(variable);
        CollectionAssert.AreEquivalent(
            Action.Inputs.Select(input => input.Name).Except(OfInstallation).Select(ActionInputs.VariableOf).ToArray(),
            asked.Where(name => name.StartsWith("PGROLL_IN_", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public void What_is_not_given_means_the_default_that_is_documented()
    {
        var nothing = new ActionInputs(_ => null);
        var documented = new ActionInputs(name => Action.Inputs.FirstOrDefault(input => ActionInputs.VariableOf(input.Name) == name)?.Default is { } value && !value.Contains("${{", StringComparison.Ordinal) ? value : null);
        foreach (var property in typeof(ActionInputs).GetProperties())
            Assert.AreEqual(property.GetValue(nothing), property.GetValue(documented), property.Name);
        Assert.IsNull(Action.Inputs.Single(input => input.Name == "on-failure").Default, "Whether the old application is back, only the workflow knows.");
    }

    [TestMethod]
    public void Every_output_is_the_runners_or_the_installations()
    {
        CollectionAssert.AreEquivalent(ActionOutputs.Names.Append("cache-hit").ToArray(), Action.Outputs.Select(output => output.Name).ToArray());
        foreach (var output in Action.Outputs)
            Assert.AreEqual($"${{{{ steps.{(output.Name == "cache-hit" ? "install" : "run")}.outputs.{output.Name} }}}}", output.Value);
    }

    [TestMethod]
    public void Every_command_is_documented()
    {
        var description = Action.Inputs.Single(input => input.Name == "command").Description;
        CollectionAssert.AreEquivalent(ActionCatalog.All.Select(verb => verb.Name).ToArray(), Regex.Matches(description, "`([a-z]+)`").Select(match => match.Groups[1].Value).ToArray());
    }

    [TestMethod]
    public void The_readme_lists_what_the_manifest_has()
    {
        var path = Repository.Combine("action", "README.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var table = new StringBuilder("\n| input | default | |\n|---|---|---|\n");
        foreach (var input in Action.Inputs)
            table.Append($"| `{input.Name}` | {(input.IsRequired ? "required" : input.Default is { } value ? $"`{value}`" : "")} | {Cell(input.Description)} |\n");
        var fresh = Between(text, "inputs", table.ToString());
        table.Clear().Append("\n| output | |\n|---|---|\n");
        foreach (var output in Action.Outputs)
            table.Append($"| `{output.Name}` | {Cell(output.Description)} |\n");
        fresh = Between(fresh, "outputs", table.ToString());
        if (Environment.GetEnvironmentVariable("PGROLL_UPDATE") == "1")
            File.WriteAllText(path, fresh);
        else
            Assert.AreEqual(fresh, text, "action/README.md is not what action.yml says; PGROLL_UPDATE=1 rewrites it.");
    }

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    static string Between(string text, string name, string table)
    {
        var (begin, end) = ($"<!-- {name} of action.yml -->\n", $"\n<!-- end of {name} -->");
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[..start] + table + text[text.IndexOf(end, StringComparison.Ordinal)..];
    }
}
