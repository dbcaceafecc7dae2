using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Engine;

/// <summary>Something that happened while a command ran.</summary>
public abstract record RunnerProgress
{
    private protected RunnerProgress() { }
}

/// <summary>A step begins.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Why">What it is for.</param>
public sealed record StepBegins(int Number, int Count, string Why) : RunnerProgress;

/// <summary>Of several migrations that <c>start</c> takes one by one, an earlier one is complete.</summary>
/// <param name="Migration">Its name.</param>
public sealed record MigrationCompleted(string Migration) : RunnerProgress;

/// <summary>A batch of a backfill is done.</summary>
/// <param name="Table">The table.</param>
/// <param name="Fraction">How much of the table has been passed, from 0 to 1.</param>
/// <param name="Rows">Rows filled so far by this runner.</param>
/// <param name="Elapsed">Time spent on the table by this runner.</param>
public sealed record BackfillAdvanced(string Table, double Fraction, long Rows, TimeSpan Elapsed) : RunnerProgress
{
    /// <summary>Rows filled in a second.</summary>
    public double RowsPerSecond => Elapsed > TimeSpan.Zero ? Rows / Elapsed.TotalSeconds : 0;
}

/// <summary>A backfill waits for a replica that is too far behind; its next <see cref="BackfillAdvanced"/> says that it goes on.</summary>
/// <param name="Table">The table.</param>
/// <param name="Replica">The name by which the replica is connected (<c>application_name</c>), of several the furthest behind.</param>
/// <param name="Lag">How much time it is behind.</param>
/// <param name="Limit">How much it may be.</param>
public sealed record BackfillPaused(string Table, string Replica, TimeSpan Lag, TimeSpan Limit) : RunnerProgress;

/// <summary>Validation found errors, and was told to be skipped: the database judges.</summary>
/// <param name="Findings">The errors.</param>
public sealed record FindingsSkipped(IReadOnlyList<Diagnostic> Findings) : RunnerProgress;

/// <summary>A lock was not to be had; the attempt is repeated.</summary>
/// <param name="Why">The step that wants it.</param>
/// <param name="Blockers">The sessions that hold what it waits for, readable.</param>
/// <param name="Pause">The time until the next attempt.</param>
public sealed record LockWaited(string Why, string Blockers, TimeSpan Pause) : RunnerProgress;

/// <summary>The schema is not as the last migration left it. A rollout records it as it finds it: databases made from the files lack what no file says.</summary>
/// <param name="Drift">The differences.</param>
public sealed record SchemaDrifted(DriftReport Drift) : RunnerProgress;

/// <summary>Something that does not stop the command, and that its user ought to know.</summary>
/// <param name="What">What it is, and what to do about it.</param>
public sealed record Warned(string What) : RunnerProgress;
