using System.Text.RegularExpressions;
using System.Xml.Linq;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

[TestClass]
public sealed class FindingsTests
{
    [BuildTestMethod]
    public async Task An_error_names_file_line_and_column_and_fails_every_build_until_it_is_mended()
    {
        var project = await TestProject.WithTargetsAsync();
        (await project.GenerateAsync()).AssertSucceeded();

        project.Write("migrations/02_email.yaml", TestProject.Broken);
        for (var build = 1; build <= 2; build++)
            Assert.Contains($"{project.PathOf("migrations/02_email.yaml")}(3,14): error PGR0201: ", (await project.GenerateAsync()).AssertFailed().Output);

        project.Write("migrations/02_email.yaml", TestProject.AddEmail);
        (await project.GenerateAsync()).AssertSucceeded();
    }

    [BuildTestMethod]
    public async Task A_warning_is_repeated_in_every_build()
    {
        var project = await QuestionableAsync();
        for (var build = 1; build <= 2; build++)
            Assert.Contains("03_nothing.yaml(1,1): warning PGR0103: ", (await project.GenerateAsync()).AssertSucceeded().Output);
    }

    [BuildTestMethod(of: 2)]
    [DataRow("-warnaserror")]
    [DataRow("-p:WarningsAsErrors=PGR0103")]
    [DataRow("-p:TreatWarningsAsErrors=true")]
    [DataRow("-p:TreatWarningsAsErrors=true;WarningsNotAsErrors=CS0168%2c PGR0105")]
    public async Task A_warning_made_an_error_fails_every_build(string option)
    {
        var project = await QuestionableAsync();
        for (var build = 1; build <= 2; build++)
            Assert.Contains("03_nothing.yaml(1,1): error PGR0103: ", (await project.GenerateAsync(option)).AssertFailed().Output);
    }

    [BuildTestMethod(of: 2)]
    [DataRow("-p:NoWarn=PGR0103", "")]
    [DataRow("-p:TreatWarningsAsErrors=true;NoWarn=PGR0103", "")]
    [DataRow("-p:TreatWarningsAsErrors=true;PgRollTreatWarningsAsErrors=false", "warning")]
    [DataRow("-p:TreatWarningsAsErrors=true;WarningsNotAsErrors=PGR0103", "warning")]
    [DataRow("-p:TreatWarningsAsErrors=true;WarningsNotAsErrors=%3b CS0168%3b%0a PGR0103%3b", "warning")]
    public async Task A_warning_may_be_silenced_or_kept_a_warning(string options, string said)
    {
        var output = (await (await QuestionableAsync()).GenerateAsync(options)).AssertSucceeded().Output;
        Assert.AreEqual(said, Regex.Match(output, @"(\w+) PGR0103:").Groups[1].Value);
    }

    [BuildTestMethod, LongRun]
    public async Task What_a_project_made_errors_stays_so_beside_TreatWarningsAsErrors()
    {
        var project = await QuestionableAsync();
        var value = await project.RunAsync(
            ["msbuild", "-getProperty:MSBuildWarningsAsErrors", "-p:TreatWarningsAsErrors=true;WarningsAsErrors=CS0168"]);
        Assert.StartsWith("CS0168;", value.AssertSucceeded().Output.Trim());
    }

    [BuildTestMethod]
    public async Task Whichever_target_framework_is_asked_for_the_findings_are_told_once_in_every_build()
    {
        var project = await TestProject.WithTargetsAsync("<TargetFramework /><TargetFrameworks>\n net10.0 ;\n netstandard2.0</TargetFrameworks>");
        project.Write("migrations/03_nothing.yaml", TestProject.Questionable);
        foreach (var framework in new[] { "netstandard2.0", "netstandard2.0", "net10.0" })
            Assert.AreEqual(1, Count((await project.GenerateAsync($"-p:TargetFramework={framework}")).AssertSucceeded().Output, "warning PGR0103"));
        Assert.HasCount(2, project.FindAll("PgRoll.SchemaVersion.g.cs"));
        Assert.Contains("error PGR0103", (await project.GenerateAsync("-p:TargetFramework=netstandard2.0", "-warnaserror")).AssertFailed().Output);

        project.Write("migrations/04_broken.yaml", TestProject.Broken);
        for (var build = 1; build <= 2; build++)
            Assert.AreEqual(1, Count((await project.GenerateAsync("-p:TargetFramework=netstandard2.0")).AssertFailed().Output, "error PGR0201"));
    }

    [TestMethod]
    public async Task On_a_terminal_the_code_is_a_link_to_its_page()
    {
        var project = await TestProject.WithTargetsAsync();
        project.Write("migrations/03_broken.yaml", TestProject.Broken);
        BuildLogger.Current = BuildLogger.Terminal;
        var colourless = Regex.Replace((await project.GenerateAsync()).AssertFailed().Sent, @"\e\[[0-9;]*m", "");
        Assert.MatchesRegex(
            Regex.Escape($"{project.PathOf("migrations/03_broken.yaml")}(3,14): error ") + @"\e\]8;;https://\S+/samples/rules/PGR0201\e\\PGR0201", colourless);
    }

    [TestMethod]
    public void Every_rule_is_told_in_the_form_that_problem_matchers_know_with_its_page()
    {
        foreach (var rule in RuleCatalog.All)
        {
            var engine = new FakeBuildEngine();
            var task = new CompileMigrations { BuildEngine = engine };
            task.Log.Write(new Diagnostic(rule, Severity.Error, "It is wrong.", new("/app/01.yaml", "", new(3, 14, 3, 20))));
            var error = engine.Errors.Single();
            Assert.MatchesRegex(@"^PGR0\d{3}$", error.Code);
            Assert.EndsWith($"/samples/rules/{rule.Id}", error.HelpLink);
            Assert.IsTrue(Directory.Exists(Repository.Combine("samples/rules", rule.Id)), rule.Id);
            Assert.AreEqual(("/app/01.yaml", 3, 14, 0, 0, ""), (error.File, error.LineNumber, error.ColumnNumber, error.EndLineNumber, error.EndColumnNumber, error.Subcategory ?? ""));
        }
    }

    [TestMethod]
    public void TreatWarningsAsErrors_knows_all_warnings()
    {
        var warnings = RuleCatalog.All.Where(rule => rule.Severity == Severity.Warning).Select(rule => rule.Id);

        var targets = XDocument.Load(Repository.Combine("src/PgRoll.Build.Tasks/build/PgRoll.Build.targets"));
        Assert.AreEqual(string.Join(';', warnings), targets.Descendants("_PgRollWarnings").Single().Value);
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;

    static async Task<TestProject> QuestionableAsync()
    {
        var project = await TestProject.WithTargetsAsync();
        project.Write("migrations/03_nothing.yaml", TestProject.Questionable);
        return project;
    }
}
