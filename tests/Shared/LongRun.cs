using System.Runtime.CompilerServices;

namespace PgRoll.Build.Testing;

/// <summary>How much is tested.</summary>
static class LongRun
{
    public const string Reason = "The full run has it: PGROLL_TEST_LONG=1.";

    /// <summary>Whether this is the full run (PGROLL_TEST_LONG=1).</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("PGROLL_TEST_LONG") == "1";
}

/// <summary>A test that the usual run leaves to the full one, and says so.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
sealed class LongRunAttribute : ConditionBaseAttribute
{
    public LongRunAttribute() : base(ConditionMode.Include) => IgnoreMessage = LongRun.Reason;

    public override string GroupName => nameof(LongRun);

    public override bool IsConditionMet => LongRun.IsOn;
}

/// <summary>A table of tests of which the usual run takes every so many rows, and says so of the others.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class SampledTestMethodAttribute(int of, [CallerFilePath] string file = "", [CallerLineNumber] int line = -1) : TestMethodAttribute(file, line)
{
    public override Task<TestResult[]> ExecuteAsync(ITestMethod testMethod) => LongRun.IsOn || IsTaken(testMethod.Arguments ?? [])
        ? base.ExecuteAsync(testMethod)
        : Task.FromResult<TestResult[]>([new() { Outcome = UnitTestOutcome.Ignored, LogOutput = LongRun.Reason }]);

    /// <summary>By what the row says, so that another row changes nothing for this one.</summary>
    bool IsTaken(object?[] row) => string.Join('|', row).Aggregate(0, (hash, letter) => (hash * 31 + letter) & 0xffff) / 7 % of == 0;
}
