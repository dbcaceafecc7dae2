namespace PgRoll.Build.Engine.Tests.Preflight;

/// <summary>The warnings of a command.</summary>
sealed class Warnings : List<string>, IProgress<RunnerProgress>
{
    public void Report(RunnerProgress value)
    {
        if (value is Warned warned)
            Add(warned.What);
    }
}
