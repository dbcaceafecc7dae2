using System.Globalization;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Output;

/// <summary>Shows on standard error how a command goes on.</summary>
abstract class ProgressDisplay
{
    const int DifferencesShown = 5;

    public static ProgressDisplay For(Surroundings surroundings) =>
        surroundings.CanDraw ? new ProgressBar(surroundings.Error) : new ProgressLines(surroundings.Error);

    /// <summary>Does some work while showing what it reports.</summary>
    public abstract Task<T> RunAsync<T>(Func<IProgress<RunnerProgress>, Task<T>> work);

    protected static string Words(StepBegins step) => $"[{step.Number}/{step.Count}] {step.Why}";

    protected static string Words(MigrationCompleted completed) => $"{completed.Migration} is complete.";

    protected static IEnumerable<string> Words(FindingsSkipped skipped) =>
        skipped.Findings.Select(finding => $"{finding with { Severity = Severity.Warning }}");

    protected static string Words(LockWaited wait) => string.Create(CultureInfo.InvariantCulture,
        $"Waiting for a lock: {wait.Why}. Held by {wait.Blockers}. Next attempt in {wait.Pause.TotalSeconds:0.0} s.");

    protected static string Words(BackfillPaused pause) => string.Create(CultureInfo.InvariantCulture,
        $"Waiting for a replica: '{pause.Replica}' is {pause.Lag.TotalSeconds:0.0} s behind, more than {pause.Limit.TotalSeconds:0.0} s. The backfill of {pause.Table} goes on when it has caught up.");

    protected static string Words(SchemaDrifted drifted)
    {
        var differences = drifted.Drift.Differences;
        var more = differences.Count > DifferencesShown ? $"; and {differences.Count - DifferencesShown} more, which `drift` lists" : "";
        return $"Warning: The schema is not as '{drifted.Drift.Migration}' left it: {string.Join("; ", differences.Take(DifferencesShown))}{more}. Databases that are made from the files lack that.";
    }

    protected static string Words(Warned warning) => $"Warning: {warning.What}";
}
