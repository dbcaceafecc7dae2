using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Verification;

/// <summary>A rollout that was taken through start, rollback, start and complete while both versions wrote.</summary>
/// <param name="Migrations">The names of its migrations, in order.</param>
/// <param name="Before">The schema that it starts from.</param>
/// <param name="After">The schema that it leads to, as it is once the rollout is complete; as far as files tell where raw SQL or a refusal hides it.</param>
public sealed record ProvedRollout(IReadOnlyList<string> Migrations, Schema Before, Schema After)
{
    /// <summary>start, rollback and complete, as far as it came. Times are those with rows in the tables.</summary>
    public IReadOnlyList<ProvedPhase> Phases { get; init; } = [];

    /// <summary>How many rows each of its tables was given.</summary>
    public IReadOnlyList<ExercisedTable> Tables { get; init; } = [];

    /// <summary>How long it takes with more rows.</summary>
    public IReadOnlyList<RowsTime> Growth { get; init; } = [];

    /// <summary>What was found, whether it is suppressed in the file or not.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; init; } = [];
}

/// <summary>One command of a rollout.</summary>
/// <param name="Name">start, rollback or complete.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Locks">The locks against clients' writes, or their reads, that its transactions held when they ended, on relations that were there before.</param>
/// <param name="Steps">Its steps, in order; empty for a command that is one transaction.</param>
public sealed record ProvedPhase(string Name, TimeSpan Elapsed, IReadOnlyList<TakenLock> Locks, IReadOnlyList<TimedStep> Steps);

/// <summary>A lock that was held.</summary>
/// <param name="Relation">The relation, with its schema.</param>
/// <param name="Mode">The mode, in the server's words: <c>ACCESS EXCLUSIVE</c>.</param>
/// <param name="IsAnnounced">Whether the plan says so.</param>
public sealed record TakenLock(string Relation, string Mode, bool IsAnnounced);

/// <summary>A step and its time.</summary>
/// <param name="Why">What it is for.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record TimedStep(string Why, TimeSpan Elapsed);

/// <summary>How a table was tried.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Accepted">How many rows the versions took.</param>
/// <param name="Refused">How many rows the table itself refuses, with or without the rollout.</param>
public sealed record ExercisedTable(string Table, int Accepted, int Refused);

/// <summary>How long a rollout takes with so many rows in each table that it changes.</summary>
/// <param name="Rows">The rows of a table.</param>
/// <param name="Start">The time of <c>start</c>.</param>
/// <param name="Complete">The time of <c>complete</c>.</param>
public sealed record RowsTime(int Rows, TimeSpan Start, TimeSpan Complete);
