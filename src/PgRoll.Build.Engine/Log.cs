using Microsoft.Extensions.Logging;

namespace PgRoll.Build.Engine;

/// <summary>What the engine logs. The event ids are part of the public contract: filters and alerts are built on them.</summary>
static partial class Log
{
    /// <summary>Logs and hands on what happened.</summary>
    public static void Report(this RunnerOptions options, RunnerProgress progress)
    {
        switch (progress)
        {
            case StepBegins step:
                StepBegins(options.Logger, step.Number, step.Count, step.Why);
                break;
            case MigrationCompleted completed:
                MigrationCompleted(options.Logger, completed.Migration);
                break;
            case BackfillAdvanced batch:
                BackfillAdvanced(options.Logger, batch.Table, batch.Fraction, batch.Rows);
                break;
            case BackfillPaused pause:
                BackfillPaused(options.Logger, pause.Table, pause.Replica, pause.Lag, pause.Limit);
                break;
            case FindingsSkipped skipped:
                foreach (var finding in skipped.Findings)
                    FindingSkipped(options.Logger, finding.ToString());
                break;
            case LockWaited wait:
                LockWaited(options.Logger, wait.Why, wait.Blockers, wait.Pause);
                break;
            case Warned warning:
                Warned(options.Logger, warning.What);
                break;
        }
        options.Progress?.Report(progress);
    }

    [LoggerMessage(1, LogLevel.Information, "{Command} on schema {Schema}")]
    public static partial void CommandBegins(ILogger logger, string command, string schema);

    [LoggerMessage(2, LogLevel.Information, "{Command} ended")]
    public static partial void CommandEnds(ILogger logger, string command);

    [LoggerMessage(3, LogLevel.Error, "{Command} failed: {Reason}")]
    public static partial void CommandFails(ILogger logger, string command, string reason, Exception error);

    [LoggerMessage(10, LogLevel.Information, "Step {Number} of {Count}: {Why}")]
    static partial void StepBegins(ILogger logger, int number, int count, string why);

    [LoggerMessage(18, LogLevel.Information, "{Migration} is complete")]
    static partial void MigrationCompleted(ILogger logger, string migration);

    [LoggerMessage(11, LogLevel.Debug, "Backfill of {Table}: {Fraction:P0} passed, {Rows} rows filled")]
    static partial void BackfillAdvanced(ILogger logger, string table, double fraction, long rows);

    [LoggerMessage(12, LogLevel.Warning, "No lock for: {Why}. Held by {Blockers}. Next attempt in {Pause}")]
    static partial void LockWaited(ILogger logger, string why, string blockers, TimeSpan pause);

    [LoggerMessage(13, LogLevel.Warning, "Taking back {Migration}: {Reason}")]
    public static partial void TakesBack(ILogger logger, string migration, string reason);

    [LoggerMessage(14, LogLevel.Warning, "{What}")]
    static partial void Warned(ILogger logger, string what);

    [LoggerMessage(15, LogLevel.Warning, "Not validated, as asked: {Finding}")]
    static partial void FindingSkipped(ILogger logger, string finding);

    [LoggerMessage(16, LogLevel.Warning, "The replica identity of {Table}, which pgroll set when it started {Migration}, stays: what it was before is not known")]
    public static partial void KeepsReplicaIdentity(ILogger logger, string table, string migration);

    [LoggerMessage(17, LogLevel.Warning, "{Rows} rows of {Table} have no value in column '{Column}' of {Migration}: written so by the new version, or not reached by pgroll's backfill. They are left as they are")]
    public static partial void LeavesNulls(ILogger logger, long rows, string table, string column, string migration);

    [LoggerMessage(20, LogLevel.Warning, "A further worker for the backfill of {Table} gets no connection; the others go on without it: {Reason}")]
    public static partial void WorksAlone(ILogger logger, string table, string reason);

    [LoggerMessage(21, LogLevel.Warning, "The backfill of {Table} waits: replica '{Replica}' is {Lag} behind, and may be {Limit}")]
    static partial void BackfillPaused(ILogger logger, string table, string replica, TimeSpan lag, TimeSpan limit);

    [LoggerMessage(19, LogLevel.Warning, "{File} differs from what pgroll applied under its name, at {Place}")]
    public static partial void DiffersFromApplied(ILogger logger, string file, string place);
}
