using PgRoll.Build.Cli.Output;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Tests.Output;

[TestClass]
public sealed class ProgressLinesTests
{
    [TestMethod]
    public void Steps_waits_and_warnings_are_told_each() => Assert.AreEqual(
        """
        Warning: subscribers
        [2/7] marks the rows
        Waiting for a lock: marks the rows. Held by process 7 (psql). Next attempt in 0.3 s.
        Waiting for a replica: 'standby1' is 12.3 s behind, more than 10.0 s. The backfill of users goes on when it has caught up.

        """,
        Lines(
            new Warned("subscribers"), new StepBegins(2, 7, "marks the rows"), new LockWaited("marks the rows", "process 7 (psql)", TimeSpan.FromMilliseconds(250)),
            new BackfillPaused("users", "standby1", TimeSpan.FromSeconds(12.34), TimeSpan.FromSeconds(10))));

    [TestMethod]
    public void A_fast_backfill_gets_one_line_a_second()
    {
        var lines = Lines([.. Enumerable.Range(1, 100).Select(i => new BackfillAdvanced("users", i / 100.0, i, TimeSpan.FromMilliseconds(i * 50)))]);
        Assert.AreEqual("20% 40% 60% 80% 100%", string.Join(" ", Percentages(lines)));
    }

    [TestMethod]
    public void A_slow_backfill_gets_one_line_a_tenth()
    {
        var lines = Lines([.. Enumerable.Range(1, 100).Select(i => new BackfillAdvanced("users", i / 100.0, i, TimeSpan.FromSeconds(i * 2)))]);
        Assert.AreEqual("10% 20% 30% 40% 50% 60% 70% 80% 90% 100%", string.Join(" ", Percentages(lines)));
    }

    [TestMethod]
    public void A_very_slow_backfill_gets_a_line_every_half_minute()
    {
        var lines = Lines([.. Enumerable.Range(1, 40).Select(i => new BackfillAdvanced("users", i / 10_000.0, i, TimeSpan.FromSeconds(i * 10)))]);
        Assert.HasCount(13, Percentages(lines));
    }

    [TestMethod]
    public void Each_table_ends_with_its_last_line()
    {
        var lines = Lines(new BackfillAdvanced("users", 1, 3, TimeSpan.FromMilliseconds(1)), new BackfillAdvanced("orders", 1, 4, TimeSpan.FromMilliseconds(1)));
        StringAssert.Contains(lines, "users: 100%");
        StringAssert.Contains(lines, "orders: 100%");
    }

    static string Lines(params RunnerProgress[] events)
    {
        var output = new StringWriter { NewLine = "\n" };
        var lines = new ProgressLines(output);
        foreach (var happened in events)
            lines.Report(happened);
        return output.ToString();
    }

    static string[] Percentages(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[1].TrimEnd(','))];
}
