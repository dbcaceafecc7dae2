using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans;

/// <summary>Something that <c>complete</c> drops, by its name in the database while the rollout is active.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Table">The table that it is, or that it belongs to.</param>
/// <param name="Name">Its name; the table's own for a table.</param>
public sealed record Drop(DropKind Kind, QualifiedName Table, string Name)
{
    /// <summary>The sequence that passes from a dropped column to the one that takes its place; null for none.</summary>
    public string? KeptSequence { get; init; }
}

/// <summary>The kinds of <see cref="Drop"/>.</summary>
public enum DropKind
{
    /// <summary>A table.</summary>
    Table,

    /// <summary>A column.</summary>
    Column,

    /// <summary>A constraint.</summary>
    Constraint,

    /// <summary>An index that belongs to no constraint.</summary>
    Index,
}
