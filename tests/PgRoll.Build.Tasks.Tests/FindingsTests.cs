using System.Text.RegularExpressions;
using System.Xml.Linq;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

[TestClass]
public sealed class FindingsTests
{
    [TestMethod]
    public async Task An_error_names_file_line_and_column_and_fails_every_build()
    {
        var project = await TestProject.WithTargetsAsync();
        project.Write("migrations/03_broken.yaml", TestProject.Broken);
        var expected = $"{project.PathOf("migrations/03_broken.yaml")}(3,14): error PGR0201: ";

        for (var build = 1; build <= 2; build++)
            Assert.Contains(expected, (await project.GenerateAsync()).AssertFailed().Output);
    }

    [TestMethod]
    public async Task An_error_after_a_good_build_fails_every_build_until_it_is_mended()
    {
        var project = await TestProject.WithTargetsAsync();
        (await project.GenerateAsync()).AssertSucceeded();

        project.Write("migrations/02_email.yaml", TestProject.Broken);
        (await project.GenerateAsync()).AssertFailed();
        (await project.GenerateAsync()).AssertFailed();

        project.Write("migrations/02_email.yaml", TestProject.AddEmail);
        (await project.GenerateAsync()).AssertSucceeded();
    }

    [TestMethod]
    public async Task A_warning_is_repeated_in_every_build()
    {
        var project = await QuestionableAsync();
        for (var build = 1; build <= 2; build++)
            Assert.Contains("03_nothing.yaml(1,1): warning PGR0103: ", (await project.GenerateAsync()).AssertSucceeded().Output);
    }

    [TestMethod]
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

    [TestMethod]
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

    [TestMethod]
    public async Task What_a_project_made_errors_stays_so_beside_TreatWarningsAsErrors()
    {
        var project = await QuestionableAsync();
        var value = await project.RunAsync(
            ["msbuild", "-getProperty:MSBuildWarningsAsErrors", "-p:TreatWarningsAsErrors=true;WarningsAsErrors=CS0168"]);
        Assert.StartsWith("CS0168;", value.AssertSucceeded().Output.Trim());
    }

    [TestMethod]
    public void TreatWarningsAsErrors_knows_all_warnings()
    {
        var warnings = RuleCatalog.All.Where(rule => rule.Severity is Severity.Warning).Select(rule => rule.Id);

        var targets = XDocument.Load(Repository.Combine("src/PgRoll.Build.Tasks/build/PgRoll.Build.targets"));
        Assert.AreEqual(string.Join(';', warnings), targets.Descendants("_PgRollWarnings").Single().Value);
    }

    static async Task<TestProject> QuestionableAsync()
    {
        var project = await TestProject.WithTargetsAsync();
        project.Write("migrations/03_nothing.yaml", TestProject.Questionable);
        return project;
    }
}
