namespace PgRoll.Build.Model;

/// <summary>What hangs on an index besides its definition, whether it belongs to a constraint or not.</summary>
public sealed record IndexProperties
{
    /// <summary>Nothing.</summary>
    public static IndexProperties None { get; } = new();

    /// <summary>The comment, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether CLUSTER goes by it.</summary>
    public bool IsClustered { get; init; }

    /// <summary>How many values ANALYZE keeps of an expression.</summary>
    public IReadOnlyList<IndexStatistics> Statistics { get; init; } = [];

    /// <summary>The extensions that take it with them when they go.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    internal bool IsEmpty => Comment is null && !IsClustered && Statistics.Count == 0 && Extensions.Count == 0;
}

/// <summary>The statistics target of an index's expression.</summary>
/// <param name="Position">The expression's place among the keys, from 1.</param>
/// <param name="Target">How many values ANALYZE keeps.</param>
public sealed record IndexStatistics(int Position, int Target);
