using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>
/// The pages of rules that only a database can tell of: what is not marked was applied, <c>setup.sql</c> was run, and then what is left is
/// planned. Of PGR1001 the marked migration was started.
/// </summary>
[TestClass]
public sealed class LiveRuleSamplesTests
{
    public static IEnumerable<object[]> Rules => RuleCatalog.Live.Select(rule => new object[] { rule.Id });

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public async Task The_bad_migrations_have_this_finding_at_the_marked_place(string id)
    {
        await using var rollout = await Rollout.CreateAsync();
        var files = Files(id, "bad");
        var marked = files.Single(file => file.Text.Contains($"<- {id}", StringComparison.Ordinal));
        foreach (var file in files.Where(file => file != marked && !(id == "PGR1001" && file == files[^1])))
            await rollout.ApplyAsync(file);
        await SetUpAsync(rollout, id, "bad");
        if (id == "PGR1001")
            await rollout.Runner.StartAsync([marked]);

        var line = marked.Text.Split('\n').Index().Single(l => l.Item.Contains($"<- {id}", StringComparison.Ordinal)).Index + 1;
        Assert.AreEqual($"{marked.Path}({line}) {id}", string.Join(' ', (await FindAsync(rollout, files)).Select(d => $"{d.Location.File}({d.Location.Span.Line}) {d.Rule.Id}")));
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public async Task Nothing_is_told_of_the_good_ones_which_can_be_rolled_out(string id)
    {
        await using var rollout = await Rollout.CreateAsync();
        var files = Files(id, "good");
        foreach (var file in files.SkipLast(1))
            await rollout.ApplyAsync(file);
        await SetUpAsync(rollout, id, "good");

        Assert.AreEqual("", string.Join('\n', await FindAsync(rollout, files)));
        await rollout.Runner.StartAsync(files);
        await rollout.Runner.CompleteAsync();
    }

    static async Task<IReadOnlyList<Diagnostic>> FindAsync(Rollout rollout, IReadOnlyList<MigrationFile> files)
    {
        try
        {
            return (await rollout.Runner.PlanAsync(files))!.Live;
        }
        catch (PgRollException refused)
        {
            Assert.AreEqual(ExitReason.NotNow, refused.Reason);
            return refused.Diagnostics;
        }
    }

    static IReadOnlyList<MigrationFile> Files(string id, string folder) => [.. MigrationFile.In(Repository.Combine("samples", "rules", id, folder)).Select(MigrationFile.Read)];

    static async Task SetUpAsync(Rollout rollout, string id, string folder)
    {
        if (Repository.Combine("samples", "rules", id, folder, "setup.sql") is var setup && File.Exists(setup))
            await rollout.Database.ExecuteAsync(await File.ReadAllTextAsync(setup));
    }
}
