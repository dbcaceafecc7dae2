namespace PgRoll.Build.Tasks.Tests;

/// <summary>What a build said.</summary>
/// <param name="ExitCode">0 when it succeeded.</param>
/// <param name="Output">What a person sees.</param>
/// <param name="Log">The detailed log.</param>
sealed record BuildResult(int ExitCode, string Output, string Log)
{
    public bool Skipped(string target) => Log.Contains($"Skipping target \"{target}\" because all output files are up-to-date");

    public bool SkippedCheck => Skipped("_PgRollCompileMigrations");

    public BuildResult AssertSucceeded()
    {
        Assert.AreEqual(0, ExitCode, Output);
        return this;
    }

    public BuildResult AssertFailed()
    {
        Assert.AreNotEqual(0, ExitCode, Output);
        return this;
    }
}
