using PgRoll.Build.Cli.Tests.Processes;
using PgRoll.Build.Engine;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Faults;

/// <summary>
/// The tool as a process is killed, with SIGKILL, at each of its requests to the server: while the request is on its way, or the answer.
/// The next one who runs it finds the same as if nothing had happened, or can take everything back.
/// Each request of each command is met once, spread over the majors; the usual run takes a sample of them.
/// </summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class KillTests
{
    /// <summary>How many kills of a command the usual run has on one server.</summary>
    const int Sample = 2;

    public static IEnumerable<object[]> Rows =>
        from change in FaultyRollout.Changes.Keys.Index()
        from major in FaultyRollout.Majors.Index()
        where TestDatabase.IsLong || change.Index == major.Index % 2
        select new object[] { change.Item, major.Item };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Start_is_gone_on_with_or_taken_back(string name, int major)
    {
        var change = FaultyRollout.Changes[name];
        await using var template = await FaultyRollout.TemplateAsync(major, static _ => Task.CompletedTask);
        var before = await FaultyRollout.DumpAfterAsync(major, template, static _ => Task.CompletedTask);
        var completed = await FaultyRollout.DumpAfterAsync(major, template, async runner =>
        {
            await runner.StartAsync([change]);
            await runner.CompleteAsync();
        });
        using var folder = new MigrationFolder().With(FaultyRollout.Base.Path, FaultyRollout.Base.Text).With(change.Path, change.Text);

        await AtEachRequestAsync(major, template, ["start", folder.Path], async (kill, database, tool) =>
        {
            if (kill % 2 == 0)
            {
                await EndAsync(tool, "rollback");
                Assert.AreEqual(before, await FaultyRollout.DumpAsync(database.ConnectionString), "taken back");
            }
            else
            {
                // A start that had come to its end is an active migration, which cannot be started again.
                var status = (await tool.RunAsync("status", "--json")).HasCode(0).Json;
                if (await PhaseAsync(database) != "Active")
                    (await tool.RunAsync("start", folder.Path)).HasCode(0);
                (await tool.RunAsync("complete")).HasCode(0);
                Assert.AreEqual(completed, await FaultyRollout.DumpAsync(database.ConnectionString), $"gone on with, from {status}");
            }
        });
    }

    [SampledTestMethod(of: 2)]
    [DynamicData(nameof(Rows))]
    public async Task Complete_is_before_or_after_and_can_be_repeated(string name, int major) =>
        await IsBeforeOrAfterAsync(name, major, "complete", static runner => runner.CompleteAsync());

    [SampledTestMethod(of: 2)]
    [DynamicData(nameof(Rows))]
    public async Task Rollback_is_before_or_after_and_can_be_repeated(string name, int major) =>
        await IsBeforeOrAfterAsync(name, major, "rollback", static runner => runner.RollbackAsync());

    static async Task IsBeforeOrAfterAsync(string name, int major, string command, Func<MigrationRunner, Task> run)
    {
        await using var started = await FaultyRollout.TemplateAsync(major, runner => runner.StartAsync([FaultyRollout.Changes[name]]));
        var before = await FaultyRollout.DumpAfterAsync(major, started, static _ => Task.CompletedTask);
        var after = await FaultyRollout.DumpAfterAsync(major, started, run);

        await AtEachRequestAsync(major, started, [command], async (_, database, tool) =>
        {
            if (await PhaseAsync(database) == "Active")
                Assert.AreEqual(before, await FaultyRollout.DumpAsync(database.ConnectionString), "before");
            await EndAsync(tool, command);
            Assert.AreEqual(after, await FaultyRollout.DumpAsync(database.ConnectionString), "repeated");
        });
    }

    /// <summary>Runs a command on copies of a database, killed at one request after the other.</summary>
    static async Task AtEachRequestAsync(int major, PostgresDatabase template, string[] command, Func<int, TestDatabase, Tool, Task> verify)
    {
        var requests = await CountAsync(major, template, command);
        List<Cut> all = [.. from number in Enumerable.Range(1, requests) from at in Enum.GetValues<CutAt>() select new Cut(number, at)];
        var place = FaultyRollout.Majors.Index().First(m => m.Item == major).Index;
        var step = TestDatabase.IsLong ? FaultyRollout.Majors.Count : Math.Max(1, all.Count / Sample);
        // Another part of them on each server.
        var first = TestDatabase.IsLong ? place : step * (place + 1) / (FaultyRollout.Majors.Count + 1);
        var cuts = all.Skip(first).Where((_, i) => i % step == 0).Index();
        await Parallel.ForEachAsync(cuts, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (kill, _) =>
        {
            await using var database = await TestDatabase.CreateAsync(major, template);
            await using (var proxy = new CuttingProxy(database.ConnectionString, kill.Item, holds: true))
            {
                using var tool = ToolProcess.Start(proxy.ConnectionString, command);
                var ended = tool.EndAsync();
                if (await Task.WhenAny(proxy.Reached, ended) == ended && !proxy.Reached.IsCompleted)
                    Assert.Fail($"{kill.Item} was not reached: {await ended}");
                await tool.KillAsync();
                proxy.LetGo();
            }
            try
            {
                await verify(kill.Index, database, Tool.On(database));
            }
            catch (AssertFailedException error)
            {
                throw new AssertFailedException($"{string.Join(' ', command)}, killed at {kill.Item} of {requests}: {error.Message}", error);
            }
        });
    }

    static async Task<int> CountAsync(int major, PostgresDatabase template, string[] command)
    {
        await using var database = await TestDatabase.CreateAsync(major, template);
        await using var proxy = new CuttingProxy(database.ConnectionString);
        using var tool = ToolProcess.Start(proxy.ConnectionString, command);
        (await tool.EndAsync()).HasCode(0);
        return proxy.Requests;
    }

    static Task<string?> PhaseAsync(TestDatabase database) => database.ScalarAsync<string>("SELECT phase FROM pgroll.rollouts");

    /// <summary>The command may have come to its end before the kill; then there is nothing left to do.</summary>
    static async Task EndAsync(Tool tool, string command)
    {
        var outcome = await tool.RunAsync(command);
        if (outcome.Code != (int)ExitReason.NotNow || !outcome.Error.Contains("No migration is active", StringComparison.Ordinal))
            outcome.HasCode(0);
    }
}
