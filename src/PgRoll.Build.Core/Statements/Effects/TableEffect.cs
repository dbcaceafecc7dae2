namespace PgRoll.Build.Statements.Effects;

/// <summary>What a statement does to a table that others use.</summary>
/// <param name="Table">The table.</param>
/// <param name="Lock">The strongest lock it takes on it, until its transaction ends.</param>
/// <param name="Work">What it does with the rows meanwhile.</param>
sealed record TableEffect(ObjectName Table, TableLock Lock, TableWork Work = TableWork.None);

/// <summary>PostgreSQL's table locks, weakest first.</summary>
enum TableLock
{
    AccessShare,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive,
}

/// <summary>What takes as long as the table is large, least first.</summary>
enum TableWork
{
    /// <summary>Nothing: a moment.</summary>
    None,

    /// <summary>Every row is read.</summary>
    Scan,

    /// <summary>Every row is read, and an index written.</summary>
    IndexBuild,

    /// <summary>Every row is written anew, and every index.</summary>
    Rewrite,
}
