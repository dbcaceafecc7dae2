using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>
/// The runner vanishes at each of its requests to the server, one after the other: whatever it was about to do, and whatever it had just
/// done without hearing of it. To the server, a process that is killed and a network that fails look the same.
/// </summary>
[TestClass]
public sealed class CutTests
{
    public static IEnumerable<object[]> Names => FaultyRollout.Changes.Keys.Take(TestDatabase.IsLong ? FaultyRollout.Changes.Count : 2).Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Start_is_gone_on_with_or_taken_back(string name)
    {
        var change = FaultyRollout.Changes[name];
        await using var before = await FaultyRollout.TemplateAsync(null, runner => Task.CompletedTask);
        var expected = await FaultyRollout.DumpAfterAsync(null, before, static _ => Task.CompletedTask);
        var completed = await FaultyRollout.DumpAfterAsync(null, before, async runner =>
        {
            await runner.StartAsync([change]);
            await runner.CompleteAsync();
        });

        await AtEachRequestAsync(before, runner => runner.StartAsync([change]), async (database, cut) =>
        {
            var runner = RunnerOf(database);
            if (cut.Number % 4 < 2)
            {
                await IfActiveAsync(runner.RollbackAsync);
                Assert.AreEqual(expected, await FaultyRollout.DumpAsync(database.ConnectionString), $"{cut}, taken back");
            }
            else
            {
                // A start that had come to its end is an active migration, which cannot be started again.
                if ((await runner.StatusAsync()).Phase != "Active")
                    await runner.StartAsync([change]);
                await runner.CompleteAsync();
                Assert.AreEqual(completed, await FaultyRollout.DumpAsync(database.ConnectionString), $"{cut}, gone on with");
            }
        });
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Complete_is_before_or_after_and_can_be_repeated(string name)
    {
        var change = FaultyRollout.Changes[name];
        await using var started = await FaultyRollout.TemplateAsync(null, runner => runner.StartAsync([change]));
        var before = await FaultyRollout.DumpAfterAsync(null, started, static _ => Task.CompletedTask);
        var after = await FaultyRollout.DumpAfterAsync(null, started, runner => runner.CompleteAsync());

        await AtEachRequestAsync(started, runner => runner.CompleteAsync(), async (database, cut) =>
        {
            var runner = RunnerOf(database);
            var status = await runner.StatusAsync();
            if (status.State == "In progress")
                Assert.AreEqual(before, await FaultyRollout.DumpAsync(database.ConnectionString), $"{cut}, before");
            await IfActiveAsync(runner.CompleteAsync);
            Assert.AreEqual(after, await FaultyRollout.DumpAsync(database.ConnectionString), $"{cut}, repeated");
        });
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Rollback_is_before_or_after_and_can_be_repeated(string name)
    {
        var change = FaultyRollout.Changes[name];
        await using var started = await FaultyRollout.TemplateAsync(null, runner => runner.StartAsync([change]));
        var before = await FaultyRollout.DumpAfterAsync(null, started, static _ => Task.CompletedTask);
        var after = await FaultyRollout.DumpAfterAsync(null, started, runner => runner.RollbackAsync());

        await AtEachRequestAsync(started, runner => runner.RollbackAsync(), async (database, cut) =>
        {
            var runner = RunnerOf(database);
            if ((await runner.StatusAsync()).State == "In progress")
                Assert.AreEqual(before, await FaultyRollout.DumpAsync(database.ConnectionString), $"{cut}, before");
            await IfActiveAsync(runner.RollbackAsync);
            Assert.AreEqual(after, await FaultyRollout.DumpAsync(database.ConnectionString), $"{cut}, repeated");
        });
    }

    /// <summary>Runs the command on copies of a database, cut at request 1, 2, 3 … until it comes to its end uncut.</summary>
    static async Task AtEachRequestAsync(PostgresDatabase template, Func<MigrationRunner, Task> command, Func<PostgresDatabase, Cut, Task> verify)
    {
        var requests = await CountAsync(template, command);
        var cuts =
            from number in Enumerable.Range(1, requests)
            from at in Enum.GetValues<CutAt>()
            where TestDatabase.IsLong || (number + (int)at) % 24 == 0
            select new Cut(number, at);
        await Parallel.ForEachAsync(cuts, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (cut, _) =>
        {
            await using var database = await (await TestDatabase.ServerAsync()).CreateDatabaseAsync(template, CancellationToken.None);
            await using (var proxy = new CuttingProxy(database.ConnectionString, cut))
            {
                var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => command(new(new(proxy.ConnectionString))), $"{cut}");
                Assert.IsTrue(error.Reason is ExitReason.Interrupted or ExitReason.DatabaseError, $"{cut}: {error}");
            }
            await verify(database, cut);
        });
    }

    static async Task<int> CountAsync(PostgresDatabase template, Func<MigrationRunner, Task> command)
    {
        await using var database = await (await TestDatabase.ServerAsync()).CreateDatabaseAsync(template);
        await using var proxy = new CuttingProxy(database.ConnectionString);
        await command(new(new(proxy.ConnectionString)));
        return proxy.Requests;
    }

    static MigrationRunner RunnerOf(PostgresDatabase database) => new(new(database.ConnectionString));

    /// <summary>The command may have come to its end before the cut; then there is nothing left to do.</summary>
    static async Task IfActiveAsync(Func<CancellationToken, Task<IReadOnlyList<string>>> command)
    {
        try
        {
            await command(CancellationToken.None);
        }
        catch (PgRollException error) when (error.Reason == ExitReason.NotNow && error.Message.StartsWith("No migration is active", StringComparison.Ordinal))
        {
        }
    }
}
