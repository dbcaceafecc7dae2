using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Interop;
using PgRoll.Build.Testing;
using Rollout = PgRoll.Build.Engine.Tests.Lifecycle.Rollout;

namespace PgRoll.Build.Engine.Tests.Pgroll;

/// <summary>Pgroll ends what we started.</summary>
[TestClass]
public sealed class HandoverTests
{
    static readonly ILookup<bool, string> ByWhetherPgrollMayEndIt = Case.Names.ToLookup(name => Obstacle(Case.Load(name)) is null);

    /// <summary>The usual run meets some cases in one of four ways: here or in <see cref="TakeoverTests"/>, by complete or by rollback.</summary>
    public static IEnumerable<object[]> Completed => Cases(4);

    public static IEnumerable<object[]> RolledBack => Cases(5);

    static IEnumerable<object[]> Cases(int part) =>
        from name in ByWhetherPgrollMayEndIt[true]
        where TestDatabase.IsUsual(name, part, of: 18)
        from major in TestDatabase.MajorsFor(name, Case.Load(name).Since)
        select new object[] { name, major };

    public static IEnumerable<object[]> OurCases =>
        from name in ByWhetherPgrollMayEndIt[false]
        where TestDatabase.IsUsual(name, 0, of: 6)
        from major in TestDatabase.MajorsFor(name, Case.Load(name).Since)
        select new object[] { name, major };

    [TestMethod]
    [DynamicData(nameof(Completed))]
    public async Task Complete_by_pgroll_makes_what_ours_makes(string name, int major)
    {
        var @case = Case.Load(name);
        await using var ours = await Rollout.PrepareBySuperuserAsync(@case, major);
        await ours.ApplyAsync(@case.Change);
        await using var theirs = await Rollout.PrepareBySuperuserAsync(@case, major);
        await theirs.Runner.StartAsync([@case.Change]);
        Assert.IsTrue(await IsReadableAsync(theirs));

        await new PgrollEnd(theirs.Database).CompleteAsync(Operations(@case));
        // It looks for the table under a name that we did not give it, so the table stays, to be dropped by hand.
        foreach (var drop in Operations(@case).OfType<DropTable>())
            await theirs.Database.ExecuteAsync($"DROP TABLE {new SqlText.Ident(drop.Table)}");
        Assert.IsNull(await theirs.Runner.StartAsync(@case.Files));

        Assert.AreEqual(PgrollDatabase.WithoutNotNullNames(await ours.CatalogAsync()), PgrollDatabase.WithoutNotNullNames(await theirs.CatalogAsync()));
    }

    [TestMethod]
    [DynamicData(nameof(RolledBack))]
    public async Task Rollback_by_pgroll_restores_the_catalog(string name, int major)
    {
        var @case = Case.Load(name);
        await using var rollout = await Rollout.PrepareBySuperuserAsync(@case, major);
        var catalog = await rollout.CatalogAsync();
        var before = await rollout.SchemaAsync(null);
        await rollout.Runner.StartAsync([@case.Change]);
        Assert.IsTrue(await IsReadableAsync(rollout));

        await new PgrollEnd(rollout.Database).RollbackAsync(@case.Change.Name, Operations(@case), before);
        Assert.IsNull(await rollout.Runner.StartAsync(@case.Before));

        Assert.AreEqual(catalog, await rollout.CatalogAsync());
    }

    [SampledTestMethod(of: 2)]
    [DynamicData(nameof(OurCases))]
    public async Task What_pgroll_would_end_otherwise_it_cannot_read(string name, int major)
    {
        var @case = Case.Load(name);
        await using var rollout = await Rollout.PrepareBySuperuserAsync(@case, major);

        await rollout.Runner.StartAsync([@case.Change]);

        Assert.IsFalse(await IsReadableAsync(rollout));
        Assert.MatchesRegex("^(?!to be ended).+", (await rollout.Runner.StatusAsync()).PgrollObstacle);
    }

    static string? Obstacle(Case @case)
    {
        var history = MigrationSet.Check(@case.Files, Schema.Empty("public")).History;
        var (last, previous) = (history[^1], history.Count > 1 ? history[^2].Migration.VersionSchema("public") : null);
        return Handover.Obstacle(new([last.Migration], last.Before, last.After, last.Migration.VersionSchema("public"), previous, ServerFacts.Offline));
    }

    static IReadOnlyList<Operation> Operations(Case @case) => MigrationSet.Check(@case.Files, Schema.Empty("public")).Migrations.Last().Operations;

    static async Task<bool> IsReadableAsync(Rollout rollout) =>
        !await rollout.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pgroll.migrations WHERE NOT done AND migration::text LIKE '%\"pgroll_build\"%')");
}
