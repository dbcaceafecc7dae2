using System.Runtime.CompilerServices;

namespace PgRoll.Build.Testing;

/// <summary>How much is tested.</summary>
static class LongRun
{
    public const string Reason = "The full run has it: PGROLL_TEST_LONG=1.";

    /// <summary>Whether this is the full run (PGROLL_TEST_LONG=1).</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("PGROLL_TEST_LONG") == "1";

    /// <summary>The part of several that a row falls into, by what it says, so that another row changes nothing for this one.</summary>
    public static int PartOf(string row, int parts) => Hash(row) / 7 % parts;

    /// <summary>Whether this run has the row, of which the usual one has every so many.</summary>
    public static bool Takes(ITestMethod row, int of) => IsOn || PartOf(string.Join('|', row.Arguments ?? []), of) == 0;

    /// <summary>Of a row that it has not.</summary>
    public static TestResult LeftOut => new() { Outcome = UnitTestOutcome.Ignored, LogOutput = Reason };

    public static int Hash(string row) => row.Aggregate(0, (hash, letter) => (hash * 31 + letter) & 0xffff);
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
    public override Task<TestResult[]> ExecuteAsync(ITestMethod testMethod) =>
        LongRun.Takes(testMethod, of) ? base.ExecuteAsync(testMethod) : Task.FromResult<TestResult[]>([LongRun.LeftOut]);
}
