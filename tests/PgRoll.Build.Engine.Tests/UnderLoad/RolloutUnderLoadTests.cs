using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.UnderLoad;

/// <summary>
/// While a rollout starts, rolls back, starts again and completes, clients of both versions read and write: none is refused, nothing is
/// lost, and each version shows what its clients wrote. A long run writes more, into larger tables, and has every change;
/// the usual one has some of them.
/// </summary>
[TestClass]
public sealed class RolloutUnderLoadTests
{
    const string Old = "public_01_base", New = "public_02_change";

    static readonly int rows = TestDatabase.IsLong ? 100_000 : 3_000, writes = TestDatabase.IsLong ? 1_000 : 40;

    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<object[]> Changes =>
        from name in LoadedChange.All.Keys
        where TestDatabase.IsUsual(name, 0, of: 6)
        from major in TestDatabase.MajorsFor(name)
        select new object[] { name, major };

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public Task No_write_is_refused_or_lost(string name, int major) => PlayAsync(LoadedChange.All[name], major, rows);

    [TestMethod, LongRun]
    public Task No_write_is_refused_or_lost_in_a_long_backfill() => PlayAsync(LoadedChange.All["several"], TestDatabase.SupportedMajors[0], TestDatabase.IsLong ? 200_000 : 50_000);

    async Task PlayAsync(LoadedChange change, int major, int rows)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_base", LoadedChange.Base));
        await rollout.Database.ExecuteAsync(LoadedChange.Rows(rows));
        var file = Yaml.File("02_change", change.Operations);
        var latencies = new Latencies();
        await using var old = new Clients(rollout.Database, Old, Shape.Old, 1, latencies);
        latencies.Enter("before");
        await old.WritesAsync(writes);

        latencies.Enter("start");
        await rollout.Runner.StartAsync([file]);
        latencies.Enter("both versions");
        await using var back = new Clients(rollout.Database, New, change.New, 11, latencies);
        await back.WritesAsync(writes);
        await old.WritesAsync(writes);
        await back.StopAsync();
        Assert.AreEqual("", await back.WrongAsync(New, change.New, static (_, row) => row), "the new version, of its own");
        Assert.AreEqual("", await back.WrongAsync(Old, Shape.Old, change.Down), "the old version, of the new one's");
        latencies.Enter("rollback");
        await rollout.Runner.RollbackAsync();
        latencies.Enter("after rollback");
        await old.WritesAsync(writes);
        Assert.AreEqual("", await back.WrongAsync(Old, Shape.Old, change.Down), "rolled back, the old version, of the new one's");

        latencies.Enter("start");
        await rollout.Runner.StartAsync([file]);
        latencies.Enter("both versions");
        await using var @new = new Clients(rollout.Database, New, change.New, 21, latencies);
        await @new.WritesAsync(writes);
        await old.WritesAsync(writes);
        await old.StopAsync();
        Assert.AreEqual("", await old.WrongAsync(Old, Shape.Old, static (_, row) => row), "the old version, of its own");
        Assert.AreEqual("", await old.WrongAsync(New, change.New, change.Up), "the new version, of the old one's");
        latencies.Enter("complete");
        await rollout.Runner.CompleteAsync();
        latencies.Enter("after complete");
        await @new.WritesAsync(writes);
        await @new.StopAsync();

        Assert.AreEqual("", await @new.WrongAsync(New, change.New, static (_, row) => row), "completed, the new version, of its own");
        Assert.AreEqual("", await old.WrongAsync(New, change.New, change.Up), "completed, the new version, of the old one's");
        Assert.AreEqual("", await back.WrongAsync(New, change.New, (id, row) => change.Up(id, change.Down(id, row))), "completed, the new version, of what was rolled back");
        Assert.AreEqual(
            (old.Counted + back.Counted + @new.Counted) * change.New.Step,
            await rollout.Database.ScalarAsync<long>($"SELECT sum({change.New.Columns["amount"]})::bigint FROM {New}.{change.New.Table} WHERE id <= {Client.Counters}"));
        TestContext.WriteLine($"{old.Writes + back.Writes + @new.Writes} commits, none refused, none lost.{Environment.NewLine}{latencies.Table()}");
    }
}
