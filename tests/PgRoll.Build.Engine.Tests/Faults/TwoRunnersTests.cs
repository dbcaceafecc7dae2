using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>Two commands at once on one database: one works, the other is told who does; on two base schemas neither knows of the other.</summary>
[TestClass]
public sealed class TwoRunnersTests
{
    static readonly Dictionary<string, Func<MigrationRunner, Task>> Commands = new()
    {
        ["start"] = static runner => runner.StartAsync([Change]),
        ["complete"] = static runner => runner.CompleteAsync(),
        ["rollback"] = static runner => runner.RollbackAsync(),
        ["migrate --complete"] = static async runner =>
        {
            await runner.StartAsync([Change]);
            await runner.CompleteAsync();
        },
    };

    static Migrations.MigrationFile Change => FaultyRollout.Changes["columns and an index"];

    public static IEnumerable<object[]> Rows => FaultyRollout.Spread(Commands.Keys.Select(name => new object[] { name }));

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Every_other_is_told_who_works_and_disturbs_nothing(string command, int major)
    {
        await using var template = await BeforeAsync(command, major);
        var undisturbed = await FaultyRollout.DumpAfterAsync(major, template, Commands[command]);
        await using var database = await TestDatabase.CreateAsync(major, template);
        await using var proxy = new CuttingProxy(database.ConnectionString, await MiddleAsync(template, command, major), holds: true);
        var winner = Commands[command](new(new(proxy.ConnectionString + ";Application Name=deployment 41") { Silence = TimeSpan.FromMinutes(5) }));
        await await Task.WhenAny(proxy.Reached, winner);
        var processId = await database.ScalarAsync<int>("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

        foreach (var (name, other) in Commands.Append(new("init", static runner => runner.InitializeAsync())))
        {
            var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => other(new(new(database.ConnectionString) { RunnerWait = TimeSpan.Zero })), name);

            Assert.AreEqual(ExitReason.NotNow, error.Reason, name);
            StringAssert.Contains(error.Message, $"process {processId} (deployment 41) of user", name);
        }
        proxy.LetGo();
        await winner;
        Assert.AreEqual(undisturbed, await FaultyRollout.DumpAsync(database.ConnectionString));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Of_several_at_once_one_does_the_work(string command, int major)
    {
        await using var template = await BeforeAsync(command, major);
        var alone = await FaultyRollout.DumpAfterAsync(major, template, Commands[command]);
        await using var database = await TestDatabase.CreateAsync(major, template);

        var reasons = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReasonAsync(Commands[command](new(new(database.ConnectionString))))));

        CollectionAssert.AreEquivalent(new[] { ExitReason.Done, ExitReason.NotNow, ExitReason.NotNow, ExitReason.NotNow }, reasons);
        Assert.AreEqual(alone, await FaultyRollout.DumpAsync(database.ConnectionString));
    }

    [TestMethod]
    public async Task Of_complete_and_rollback_at_once_one_happens()
    {
        await using var template = await BeforeAsync("complete", null);
        await using var database = await TestDatabase.CreateAsync(template: template);
        string[] commands = ["complete", "rollback"];

        var reasons = await Task.WhenAll(commands.Select(command => ReasonAsync(Commands[command](new(new(database.ConnectionString))))));

        CollectionAssert.AreEquivalent(new[] { ExitReason.Done, ExitReason.NotNow }, reasons);
        Assert.AreEqual(
            await FaultyRollout.DumpAfterAsync(null, template, Commands[commands[reasons.IndexOf(ExitReason.Done)]]), await FaultyRollout.DumpAsync(database.ConnectionString));
    }

    [SampledTestMethod(of: 7)]
    [DynamicData(nameof(Rows))]
    public async Task On_another_base_schema_everything_goes_on(string command, int major)
    {
        await using var template = await FaultyRollout.TemplateAsync(major, async runner =>
        {
            if (NeedsActive(command))
                await runner.StartAsync([Change]);
        }, "other");
        await using var expected = await TestDatabase.CreateAsync(major, template);
        await Commands[command](new(new(expected.ConnectionString)));
        await GoThroughOtherAsync(expected);
        await using var database = await TestDatabase.CreateAsync(major, template);
        await using var proxy = new CuttingProxy(database.ConnectionString, await MiddleAsync(template, command, major), holds: true);
        var first = Commands[command](new(new(proxy.ConnectionString) { Silence = TimeSpan.FromMinutes(5) }));
        await await Task.WhenAny(proxy.Reached, first);

        await GoThroughOtherAsync(database);

        proxy.LetGo();
        await first;
        Assert.AreEqual(await FaultyRollout.DumpAsync(expected.ConnectionString), await FaultyRollout.DumpAsync(database.ConnectionString));
    }

    /// <summary>Without an index: the server builds none concurrently before every older snapshot of the database is gone, whoever has it.</summary>
    static async Task GoThroughOtherAsync(TestDatabase database)
    {
        var change = FaultyRollout.Changes["tables and names"];
        var runner = new MigrationRunner(new(database.ConnectionString) { Schema = "other", LockBudget = TimeSpan.Zero });
        await runner.StartAsync([change]);
        await runner.RollbackAsync();
        await runner.StartAsync([change]);
        await runner.CompleteAsync();
    }

    static bool NeedsActive(string command) => command is "complete" or "rollback";

    static Task<PostgresDatabase> BeforeAsync(string command, int? major) =>
        FaultyRollout.TemplateAsync(major, runner => NeedsActive(command) ? runner.StartAsync([Change]) : Task.CompletedTask);

    /// <summary>The runner has its lock by then, and has begun.</summary>
    static async Task<Cut> MiddleAsync(PostgresDatabase template, string command, int major)
    {
        await using var database = await TestDatabase.CreateAsync(major, template);
        await using var proxy = new CuttingProxy(database.ConnectionString);
        await Commands[command](new(new(proxy.ConnectionString)));
        return new(proxy.Requests / 2, CutAt.Request);
    }

    static async Task<ExitReason> ReasonAsync(Task command)
    {
        try
        {
            await command;
            return ExitReason.Done;
        }
        catch (PgRollException error)
        {
            return error.Reason;
        }
    }
}
