using System.Globalization;

namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>
/// No write is lost or overwritten, whatever the migration and whoever writes: drawn stories against an oracle of the truth table in
/// src/DIRECTION.md. PGROLL_MODEL_STORIES draws more of them, PGROLL_MODEL_SEED plays one.
/// </summary>
[TestClass]
public sealed class ModelTests
{
    const int Blocks = 8, FewestStories = 208, FewestWrites = 10_000;

    static readonly int? onlySeed = Number("PGROLL_MODEL_SEED");
    static readonly int stories = Number("PGROLL_MODEL_STORIES") ?? FewestStories;

    public TestContext TestContext { get; set; } = null!;

    /// <summary>Blocks run side by side, each in a database of its own.</summary>
    public static IEnumerable<object[]> Seeds => onlySeed is { } seed
        ? [[seed, 1]]
        : Enumerable.Range(0, Blocks).Select(i => new object[] { i * stories / Blocks, (i + 1) * stories / Blocks - i * stories / Blocks });

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public async Task Each_version_reads_what_its_clients_wrote(int first, int count)
    {
        await using var database = await Database.CreateAsync();
        Dictionary<string, int> undecidable = [];
        async Task<string?> PlayAsync(Story story)
        {
            try
            {
                var oracle = await database.PlayAsync(story);
                foreach (var (cell, times) in oracle.Undecidable)
                    undecidable[cell] = undecidable.GetValueOrDefault(cell) + times;
                return null;
            }
            catch (ModelException error)
            {
                return error.Message;
            }
        }
        for (var seed = first; seed < first + count; seed++)
            if (Story.Draw(seed) is var story && await PlayAsync(story) is { } failure)
            {
                (story, failure) = await Shrinker.ShrinkAsync(story, failure, PlayAsync);
                Assert.Fail($"Story {seed} (PGROLL_MODEL_SEED={seed} plays it alone): {failure}\n{story.Describe()}");
            }
        foreach (var (cell, times) in undecidable)
            TestContext.WriteLine($"{times} writes were undecidable: {cell}");
    }

    static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
