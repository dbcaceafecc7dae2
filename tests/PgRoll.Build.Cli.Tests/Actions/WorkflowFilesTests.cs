using PgRoll.Build.Cli.Actions.Workflow;

namespace PgRoll.Build.Cli.Tests.Actions;

[TestClass]
public sealed class WorkflowFilesTests
{
    [TestMethod]
    public async Task A_summary_that_the_service_would_refuse_ends_at_a_line()
    {
        var path = Path.GetTempFileName();
        try
        {
            await WorkflowFiles.WriteSummaryAsync(path, string.Join('\n', Enumerable.Repeat(new string('é', 100), 6_000)));

            Assert.IsLessThanOrEqualTo(WorkflowFiles.LongestSummary, new FileInfo(path).Length);
            StringAssert.EndsWith(await File.ReadAllTextAsync(path), "éé\n\nThe rest is in the log.\n");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
