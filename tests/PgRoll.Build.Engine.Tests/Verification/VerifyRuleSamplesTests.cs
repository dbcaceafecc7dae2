using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Verification;

/// <summary>The pages of rules that show when a migration is tried: the last file is. <c>data.sql</c> makes the rows, where it is there.</summary>
[TestClass]
public sealed class VerifyRuleSamplesTests
{
    /// <summary>What is about time is told by a clock; one of the others, in a long run all.</summary>
    public static IEnumerable<object[]> Rules =>
        from rule in RuleCatalog.Verify
        where rule.Id != "PGR1114" && (TestDatabase.IsLong || rule.Id == "PGR1113")
        select new object[] { rule.Id };

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public async Task The_bad_migration_has_this_finding_at_the_marked_place(string id)
    {
        var marked = Files(id, "bad")[^1];
        var line = marked.Text.Split('\n').Index().Single(l => l.Item.Contains($"<- {id}", StringComparison.Ordinal)).Index + 1;

        var told = await FindAsync(id, "bad");

        Assert.IsTrue(told.Any(f => f.Rule.Id == id && f.Location.File == marked.Path && f.Location.Span.Line == line), string.Join('\n', told));
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public async Task Nothing_is_told_of_the_good_one(string id) => Assert.AreEqual("", string.Join('\n', await FindAsync(id, "good")));

    static async Task<IReadOnlyList<Diagnostic>> FindAsync(string id, string folder)
    {
        var files = Files(id, folder);
        var data = Repository.Combine("samples", "rules", id, folder, "data.sql");
        return (await Verified.Async(files, options => options with { Migrations = new HashSet<string> { files[^1].Name }, Data = File.Exists(data) ? File.ReadAllText(data) : null })).Findings;
    }

    static IReadOnlyList<MigrationFile> Files(string id, string folder) => [.. MigrationFile.In(Repository.Combine("samples", "rules", id, folder)).Select(MigrationFile.Read)];
}
