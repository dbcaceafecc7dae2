using PgRoll.Build.Diagnostics;
using PgRoll.Build.Tasks.Runner;

namespace PgRoll.Build.Tasks.Tests.Runner;

[TestClass]
public sealed class RunnerOutputTests
{
    [TestMethod]
    [DataRow("/a b/01.yaml(3,14): error PGR0201: Table 'x': no.", Severity.Error)]
    [DataRow(@"C:\db\01.yaml(3,14): warning PGR0201: Table 'x': no.", Severity.Warning)]
    [DataRow("-- /a b/01.yaml(3,14): info PGR0201: Table 'x': no.", Severity.Info)]
    public void A_finding_is_known_by_its_form(string line, Severity severity)
    {
        var finding = (RunnerOutput.Finding)new RunnerOutput().Read(line, isError: false);
        Assert.AreEqual((severity, "PGR0201", "Table 'x': no.", 3, 14), (finding.Severity, finding.Rule.Id, finding.Message, finding.Line, finding.Column));
        Assert.EndsWith("01.yaml", finding.File);
        Assert.DoesNotStartWith("--", finding.File);
    }

    [TestMethod]
    [DataRow("-- start")]
    [DataRow("SELECT 'x(1,1): error CS0001: y';")]
    [DataRow("01.yaml(3,14): error PGR9999: there is no such rule")]
    [DataRow("Error: of standard output")]
    public void Everything_else_is_text(string line) => Assert.IsInstanceOfType<RunnerOutput.Text>(new RunnerOutput().Read(line, isError: false));

    [TestMethod]
    public void The_reason_goes_from_its_word_to_the_end_of_standard_error()
    {
        var output = new RunnerOutput();
        Assert.IsInstanceOfType<RunnerOutput.Text>(output.Read("No database is named.", isError: true));
        output.Read("Error: It is refused:", isError: true);
        Assert.IsInstanceOfType<RunnerOutput.Text>(output.Read("still a result", isError: false));
        output.Read("by the server.", isError: true);
        Assert.AreEqual("It is refused:\nby the server.", output.Error);
    }
}
