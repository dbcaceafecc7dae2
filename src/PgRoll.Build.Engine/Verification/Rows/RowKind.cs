namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>What a row is tried for, the most usual first.</summary>
enum RowKind
{
    /// <summary>A value of its own in each column.</summary>
    Ordinary,

    /// <summary>NULL where a column may be.</summary>
    Nulls,

    /// <summary>Nothing said but what has to be.</summary>
    Defaults,

    /// <summary>A value that is rare.</summary>
    Edge,

    /// <summary>The values of another row, but for its keys; or a reference to nothing.</summary>
    Loose,
}
