namespace PgRoll.Build.Testing;

/// <summary>How much is tested.</summary>
static class LongRun
{
    /// <summary>Whether this is the full run (PGROLL_TEST_LONG=1).</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("PGROLL_TEST_LONG") == "1";
}

/// <summary>A test that the usual run leaves to the full one, and says so.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
sealed class LongRunAttribute : ConditionBaseAttribute
{
    public LongRunAttribute() : base(ConditionMode.Include) => IgnoreMessage = "The full run has it: PGROLL_TEST_LONG=1.";

    public override string GroupName => nameof(LongRun);

    public override bool IsConditionMet => LongRun.IsOn;
}
