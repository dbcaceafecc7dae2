namespace PgRoll.Build.Tests;

/// <summary>How much is tested.</summary>
static class LongRun
{
    /// <summary>Whether this is the full run.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("PGROLL_TEST_LONG") == "1";
}
