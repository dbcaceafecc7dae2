namespace PgRoll.Build.Tasks.Tests;

/// <summary>What a build said.</summary>
/// <param name="ExitCode">0 when it succeeded.</param>
/// <param name="Sent">What was sent to the terminal.</param>
/// <param name="Log">The detailed log.</param>
sealed record BuildResult(int ExitCode, string Sent, string Log)
{
    /// <summary>What a person reads.</summary>
    public string Output { get; } = BuildLogger.Text(Sent);

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

    /// <summary>Nothing was said, but for the terminal logger's own words about a build without warnings.</summary>
    public void AssertSilent()
    {
        AssertSucceeded();
        if (BuildLogger.Current == BuildLogger.Classic)
            Assert.AreEqual("", Output.Trim());
        else
            Assert.MatchesRegex(@"(^|\n)Build succeeded in [\d.]+s\s*$", Output);
    }
}
