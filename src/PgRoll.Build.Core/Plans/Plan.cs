using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans;

/// <summary>
/// All that a rollout does to a database, as data: what a reviewer reads, <c>start</c> executes and stores, <c>complete</c> finishes
/// and <c>rollback</c> takes back.
/// </summary>
/// <param name="BaseSchema">The schema the tables live in.</param>
/// <param name="VersionSchema">The schema of views that clients of the new version put on their search path; null for none.</param>
/// <param name="PreviousVersionSchema">The one that clients of the old version use; null for none.</param>
public sealed record Plan(string BaseSchema, string? VersionSchema, string? PreviousVersionSchema)
{
    /// <summary>What <c>start</c> does, stage by stage.</summary>
    public required IReadOnlyList<Stage> Start { get; init; }

    /// <summary>What <c>complete</c> does, in one transaction.</summary>
    public required IReadOnlyList<Step> Complete { get; init; }

    /// <summary>What follows <c>complete</c> because it cannot be in a transaction; repeated until done.</summary>
    public required IReadOnlyList<Step> AfterComplete { get; init; }

    /// <summary>What <c>rollback</c> does, in one transaction, if every step of <c>start</c> was done.</summary>
    public IEnumerable<Step> Rollback => Start.SelectMany(stage => stage.Steps).Reverse().Where(step => step.Undo is not null);

    /// <summary>What follows <c>rollback</c>; repeated until done.</summary>
    public required IReadOnlyList<Step> AfterRollback { get; init; }

    /// <summary>The tables of the old version, by the names of its views.</summary>
    public required IReadOnlyList<string> PreviousViews { get; init; }

    /// <summary>The tables of the new version, by the names of its views.</summary>
    public required IReadOnlyList<string> Views { get; init; }

    /// <summary>The tables that it changes, by their names in the database.</summary>
    public required IReadOnlyList<string> TouchedTables { get; init; }

    /// <summary>What <c>complete</c> drops of the tables: nothing of somebody else's may depend on it by then.</summary>
    public required IReadOnlyList<Drop> Drops { get; init; }

    /// <summary>
    /// What <c>complete</c> locks before anything else, in this order: a client locks a version's view before the table behind it, and so
    /// do we.
    /// </summary>
    public required IReadOnlyList<QualifiedName> CompleteLocks { get; init; }

    /// <summary>What <c>rollback</c> locks before anything else, in this order.</summary>
    public required IReadOnlyList<QualifiedName> RollbackLocks { get; init; }
}

/// <summary>A part of <c>start</c>.</summary>
/// <param name="Kind">How its steps are executed.</param>
/// <param name="Steps">The steps, in order.</param>
public sealed record Stage(StageKind Kind, IReadOnlyList<Step> Steps);

/// <summary>The parts of <c>start</c>, in their order.</summary>
public enum StageKind
{
    /// <summary>Columns, functions, triggers and unvalidated checks: one short transaction.</summary>
    Expand,

    /// <summary>Raw SQL that refuses to run inside a transaction.</summary>
    Raw,

    /// <summary>Existing rows: one transaction a batch.</summary>
    Backfill,

    /// <summary>Indexes, built concurrently: no transaction.</summary>
    Indexes,

    /// <summary>Unvalidated foreign keys: one short transaction each.</summary>
    ForeignKeys,

    /// <summary>Constraints validated while clients write: one transaction each.</summary>
    Validate,

    /// <summary>The version schema and its views: one transaction.</summary>
    Publish,
}
