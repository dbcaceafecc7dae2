using System.Globalization;

namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>
/// No write is lost or overwritten, whatever the migration and whoever writes: drawn stories against an oracle of the truth table in
/// src/DIRECTION.md. PGROLL_MODEL_STORIES draws more of them, PGROLL_MODEL_SEED plays one.
/// </summary>
[TestClass]
public sealed class ModelTests
{
    public const int FewestStories = 208;

    const int Blocks = 10, FewestWritesOfStory = 50;

    static readonly int? onlySeed = Number("PGROLL_MODEL_SEED");
    static readonly int stories = Number("PGROLL_MODEL_STORIES") ?? (Testing.TestDatabase.IsLong ? 20 * FewestStories : FewestStories);

    public TestContext TestContext { get; set; } = null!;

    /// <summary>Blocks run side by side, each in a database of its own.</summary>
    public static IEnumerable<object[]> Seeds => onlySeed is { } seed
        ? EveryMajor.Select(major => new object[] { seed, 1, major })
        : Enumerable.Range(0, Blocks).Select(i => new object[] { i * stories / Blocks, (i + 1) * stories / Blocks - i * stories / Blocks, EveryMajor[i % EveryMajor.Count] });

    static IReadOnlyList<int> EveryMajor => Testing.TestDatabase.EveryMajor;

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public async Task Each_version_reads_what_its_clients_wrote(int first, int count, int major)
    {
        await using var database = await Database.CreateAsync(major);
        Dictionary<string, int> undecidable = [];
        var sent = 0;
        for (var seed = first; seed < first + count; seed++)
        {
            var story = Story.Draw(seed);
            try
            {
                var play = await database.PlayAsync(story);
                sent += play.Sent;
                foreach (var (cell, times) in play.Oracle.Undecidable)
                    undecidable[cell] = undecidable.GetValueOrDefault(cell) + times;
            }
            catch (ModelException error)
            {
                var (least, failure) = await Shrinker.ShrinkAsync(story, error.Message, other => FailureAsync(database, other));
                Assert.Fail($"Story {seed}, which PGROLL_MODEL_SEED={seed} plays alone, on PostgreSQL {major}: {failure}\n{least.Describe()}");
            }
        }
        Assert.IsGreaterThanOrEqualTo(count * FewestWritesOfStory, sent);
        TestContext.WriteLine($"{count} migrations, {sent} writes.");
        foreach (var (cell, times) in undecidable.OrderByDescending(u => u.Value))
            TestContext.WriteLine($"Undecidable {times} times: {cell}.");
    }

    static async Task<string?> FailureAsync(Database database, Story story)
    {
        try
        {
            await database.PlayAsync(story);
            return null;
        }
        catch (ModelException error)
        {
            return error.Message;
        }
    }

    static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
