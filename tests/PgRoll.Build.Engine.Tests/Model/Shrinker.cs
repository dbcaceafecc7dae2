namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>Leaves writes out of a story that fails, as long as what is left fails too.</summary>
static class Shrinker
{
    public static async Task<(Story Story, string Failure)> ShrinkAsync(Story story, string failure, Func<Story, Task<string?>> play)
    {
        for (var size = (story.Writes.Count + 1) / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
            for (var at = story.Writes.Count - size; at > -size; at -= size)
            {
                var from = Math.Max(0, at);
                var fewer = story with { Writes = [.. story.Writes.Take(from), .. story.Writes.Skip(at + size)] };
                if (await play(fewer) is not { } stillFails)
                    continue;
                (story, failure) = (fewer, stillFails);
            }
        return (story, failure);
    }
}
