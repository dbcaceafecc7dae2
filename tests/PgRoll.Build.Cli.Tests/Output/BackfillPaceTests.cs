using PgRoll.Build.Cli.Output;

namespace PgRoll.Build.Cli.Tests.Output;

[TestClass]
public sealed class BackfillPaceTests
{
    [TestMethod]
    public void The_rest_is_estimated_from_what_was_seen_to_be_done()
    {
        var pace = new BackfillPace();
        // Resumed at six tenths: what an earlier run did says nothing about this one's pace.
        Assert.AreEqual("users: 60%, 1,000 rows, 1,000 rows/s", pace.Advance(new("users", 0.6, 1_000, TimeSpan.FromSeconds(1))));
        Assert.AreEqual("users: 80%, 21,000 rows, 1,000 rows/s, 20 s left", pace.Advance(new("users", 0.8, 21_000, TimeSpan.FromSeconds(21))));
        Assert.AreEqual("users: 100%, 41,000 rows, 1,000 rows/s", pace.Advance(new("users", 1, 41_000, TimeSpan.FromSeconds(41))));
    }

    [TestMethod]
    public void Another_table_or_pass_begins_anew()
    {
        var pace = new BackfillPace();
        _ = pace.Advance(new("users", 0.1, 10, TimeSpan.FromSeconds(10)));
        _ = pace.Advance(new("users", 0.9, 90, TimeSpan.FromSeconds(90)));
        Assert.DoesNotContain("left", pace.Advance(new("orders", 0.95, 10, TimeSpan.FromSeconds(1))));
        Assert.DoesNotContain("left", pace.Advance(new("orders", 0.5, 10, TimeSpan.FromSeconds(2))));
    }

    [TestMethod]
    [DataRow(2, "2 s")]
    [DataRow(150, "2 min 30 s")]
    [DataRow(10_800, "3 h 0 min")]
    public void Long_times_are_told_in_larger_units(int seconds, string expected)
    {
        var pace = new BackfillPace();
        _ = pace.Advance(new("users", 0, 0, TimeSpan.Zero));
        StringAssert.EndsWith(pace.Advance(new("users", 0.5, 1, TimeSpan.FromSeconds(seconds))), $", {expected} left");
    }
}
