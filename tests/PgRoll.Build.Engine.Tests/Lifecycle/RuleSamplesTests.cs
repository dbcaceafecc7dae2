using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>What the rules' pages recommend runs as it stands there, and so does what they only warn of.</summary>
[TestClass]
public sealed class RuleSamplesTests
{
    /// <summary>A quarter of the rules; in a long run all of them.</summary>
    public static IEnumerable<object[]> Rules =>
        from rule in RuleCatalog.All.Where((_, i) => TestDatabase.IsLong || i % 4 == 0)
        from major in TestDatabase.MajorsFor(rule.Id)
        select new object[] { rule.Id, major };

    /// <summary>Names that nothing makes are an error of the server's; raw SQL may be refused for other reasons.</summary>
    public static IEnumerable<object[]> Warnings =>
        from rule in RuleCatalog.All.Where((_, i) => TestDatabase.IsLong || i % 4 == 1)
        where rule.Severity != Severity.Error && rule.Id != "PGR0310" && !rule.Id.StartsWith("PGR07", StringComparison.Ordinal)
        from major in TestDatabase.MajorsFor(rule.Id)
        select new object[] { rule.Id, major };

    [SampledTestMethod(of: 4)]
    [DynamicData(nameof(Rules))]
    public Task The_good_migrations_can_be_rolled_out(string id, int major) => RollOutAsync("good", id, major);

    [SampledTestMethod(of: 4)]
    [DynamicData(nameof(Warnings))]
    public Task Those_that_are_warned_of_can_be_rolled_out_where_no_rows_are(string id, int major) => RollOutAsync("bad", id, major);

    /// <summary>With such rows the warning comes true, and everything is as before: they are found first, and start itself would meet them.</summary>
    [SampledTestMethod(of: 2)]
    [DataRow("PGR0305", "INSERT INTO customers VALUES (1, 'Ann', NULL)", true)]
    [DataRow("PGR0308", "INSERT INTO reviews VALUES (1, 'good')", true)]
    [DataRow("PGR0404", "INSERT INTO customers VALUES (1, 'nowhere')", true)]
    [DataRow("PGR0501", "INSERT INTO customers VALUES (1, 'a@b'), (2, 'a@b')", false)]
    [DataRow("PGR0502", "INSERT INTO invoices VALUES (1, 7)", true)]
    [DataRow("PGR0503", "INSERT INTO orders VALUES (1, 3000000000)", true)]
    public async Task Start_fails_on_the_rows_that_are_warned_of(string id, string rows, bool isMended)
    {
        await using var rollout = await Rollout.CreateAsync();
        var files = MigrationFile.In(Repository.Combine("samples", "rules", id, "bad")).Select(MigrationFile.Read).ToList();
        await rollout.ApplyAsync(files[0]);
        await rollout.Database.ExecuteAsync(rows);
        var before = await rollout.CatalogAsync();

        var found = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([files[1]]));
        Assert.AreEqual(ExitReason.Findings, found.Reason);
        Assert.AreEqual("PGR1004", string.Join(' ', found.Diagnostics.Select(d => d.Rule.Id)));
        Assert.AreEqual(before, await rollout.CatalogAsync());

        var met = await Assert.ThrowsExactlyAsync<PgRollException>(() => new MigrationRunner(rollout.Options with { RowCheckTime = TimeSpan.Zero }).StartAsync([files[1]]));
        Assert.AreEqual(ExitReason.DatabaseError, met.Reason);
        StringAssert.Contains(met.Message, $"Asked for at {files[1].Path}(");
        Assert.AreEqual(before, await rollout.CatalogAsync());
        if (isMended)
            await rollout.ApplyAsync(MigrationFile.Read(MigrationFile.In(Repository.Combine("samples", "rules", id, "good"))[1]));
    }

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
