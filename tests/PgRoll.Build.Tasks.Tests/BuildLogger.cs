using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

/// <summary>What of MSBuild prints a build: people see the terminal logger, most jobs the classic one.</summary>
sealed partial record BuildLogger(string Name, string Option)
{
    public static readonly BuildLogger Classic = new("classic", "-tl:off");
    public static readonly BuildLogger Terminal = new("terminal", "-tl:on");

    static readonly AsyncLocal<BuildLogger?> s_current = new();

    /// <summary>The one that builds of this test have.</summary>
    public static BuildLogger Current
    {
        get => s_current.Value ?? Classic;
        set => s_current.Value = value;
    }

    /// <summary>What a person reads of what was sent to the terminal.</summary>
    public static string Text(string sent) => Escapes().Replace(sent, "");

    /// <summary>Colours and moves of the cursor; links and progress, which end with a bell or a terminator.</summary>
    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]|\e\].*?(\a|\e\\)")]
    private static partial Regex Escapes();
}

/// <summary>A test of real builds: the full run has it with each of MSBuild's loggers, the usual one with one of them, which the test's name chooses.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class BuildTestMethodAttribute(int of = 1, [CallerFilePath] string file = "", [CallerLineNumber] int line = -1) : TestMethodAttribute(file, line)
{
    static readonly BuildLogger[] s_loggers = [BuildLogger.Classic, BuildLogger.Terminal];

    public override async Task<TestResult[]> ExecuteAsync(ITestMethod testMethod)
    {
        if (!LongRun.Takes(testMethod, of))
            return [LongRun.LeftOut];

        var results = new List<TestResult>();
        foreach (var logger in LongRun.IsOn ? s_loggers : [s_loggers[LongRun.PartOf(testMethod.TestMethodName, s_loggers.Length)]])
        {
            BuildLogger.Current = logger;
            foreach (var result in await base.ExecuteAsync(testMethod))
            {
                result.DisplayName = $"{result.DisplayName ?? testMethod.TestMethodName} ({logger.Name})";
                results.Add(result);
            }
        }
        return [.. results];
    }
}
