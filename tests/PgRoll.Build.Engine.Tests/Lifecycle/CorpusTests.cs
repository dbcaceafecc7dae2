using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>A long real history, on every supported server.</summary>
[TestClass]
public sealed class CorpusTests
{
    /// <summary>The newest; in a long run all of them.</summary>
    public static IEnumerable<object[]> SomeMajors =>
        from major in TestDatabase.EveryMajor
        where TestDatabase.IsLong || major == TestDatabase.EveryMajor[^1]
        select new object[] { major };

    [TestMethod]
    [DynamicData(nameof(SomeMajors))]
    public async Task Each_file_can_be_taken_back_and_completed(int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await ApplyEachAsync(rollout);
        CollectionAssert.AreEqual(new[] { "public_with_version_schema" }, await VersionsAsync(rollout));
    }

    [TestMethod, LongRun]
    [DynamicData(nameof(SomeMajors))]
    public async Task One_start_of_all_makes_the_same(int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await ApplyEachAsync(rollout);

        await using var together = await Rollout.CreateAsync(major);
        var result = await together.Runner.StartAsync(Corpus.Files);
        await together.Runner.CompleteAsync();

        Assert.AreEqual("public_with_version_schema", result!.VersionSchema);
        Assert.AreEqual(await rollout.CatalogAsync(), await together.CatalogAsync());
        CollectionAssert.AreEqual(Corpus.Files.Select(f => f.Name).ToArray(), (await together.AsAsync("pgroll", "SELECT name FROM migrations WHERE done ORDER BY created_at")).ToArray());
    }

    [TestMethod, LongRun]
    public async Task A_down_that_names_no_column_is_found_before_anything_is_changed()
    {
        await using var rollout = await Rollout.CreateAsync();
        foreach (var file in Corpus.Files.TakeWhile(f => f.Name != Corpus.Faulty))
            await rollout.ApplyAsync(file);
        var before = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Corpus.AsWritten.Single(f => f.Name == Corpus.Faulty)]));

        StringAssert.Matches(error.Message, new(@"35_alter_column_multiple\.yaml\(15,13\): error PGR0206: 'event_name'"));
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    static async Task ApplyEachAsync(Rollout rollout)
    {
        foreach (var file in Corpus.Files)
        {
            // Every case goes both ways as well: in the usual run some of these do.
            if (TestDatabase.IsUsual(file.Name, 0, of: 16) || file.Name == Corpus.LeavesItsType)
                await AssertItCanBeTakenBackAsync(rollout, file);
            await rollout.ApplyAsync(file);
            await Corpus.InsertAsync(rollout.Database, file.Name);
        }
    }

    static async Task AssertItCanBeTakenBackAsync(Rollout rollout, MigrationFile file)
    {
        var before = await rollout.CatalogAsync();
        await rollout.Runner.StartAsync([file]);
        await rollout.Runner.RollbackAsync();
        if (file.Name == Corpus.LeavesItsType)
            await AssertItsTypeIsInTheWayAsync(rollout, file);
        Assert.AreEqual(before, await rollout.CatalogAsync(), file.Name);
    }

    /// <summary>What raw SQL made and does not take back is there when it is run again; the error names it.</summary>
    static async Task AssertItsTypeIsInTheWayAsync(Rollout rollout, MigrationFile file)
    {
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([file]));
        Assert.AreEqual(ExitReason.DatabaseError, error.Reason);
        StringAssert.Contains(error.Message, "type \"fruit_size\" already exists");
        await rollout.Database.ExecuteAsync("DROP TYPE fruit_size");
    }

    static async Task<string[]> VersionsAsync(Rollout rollout) =>
        [.. await rollout.AsAsync("public", "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'public\\_%' ORDER BY 1")];
}
