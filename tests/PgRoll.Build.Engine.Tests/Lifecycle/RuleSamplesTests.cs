using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>What the rules' pages recommend runs as it stands there, and so does what they only warn of.</summary>
[TestClass]
public sealed class RuleSamplesTests
{
    public static IEnumerable<object[]> Rules =>
        from rule in RuleCatalog.All
        from major in TestDatabase.MajorsFor(rule.Id)
        select new object[] { rule.Id, major };

    /// <summary>Names that nothing makes are an error of the server's; raw SQL may be refused for other reasons.</summary>
    public static IEnumerable<object[]> Warnings =>
        from rule in RuleCatalog.All
        where rule.Severity != Severity.Error && rule.Id != "PGR0310" && !rule.Id.StartsWith("PGR07", StringComparison.Ordinal)
        from major in TestDatabase.MajorsFor(rule.Id)
        select new object[] { rule.Id, major };

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public Task The_good_migrations_can_be_rolled_out(string id, int major) => RollOutAsync("good", id, major);

    [TestMethod]
    [DynamicData(nameof(Warnings))]
    public Task Those_that_are_warned_of_can_be_rolled_out_where_no_rows_are(string id, int major) => RollOutAsync("bad", id, major);

    static async Task RollOutAsync(string folder, string id, int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        foreach (var file in MigrationFile.In(Repository.Combine("samples", "rules", id, folder)).Select(MigrationFile.Read))
        {
            await rollout.Runner.StartAsync([file]);
            await rollout.Runner.RollbackAsync();
            await rollout.ApplyAsync(file);
        }
        Assert.AreEqual(0L, await rollout.Database.ScalarAsync<long>("SELECT count(*) FROM pgroll.migrations WHERE NOT done"));
    }
}
