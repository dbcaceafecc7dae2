using PgRoll.Build.Diagnostics;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans;

/// <summary>One thing to do to the database, and why. A closed set: who executes steps handles every kind.</summary>
/// <param name="Why">The reason, for the plan's reader, the progress line and the log.</param>
public abstract record Step(string Why)
{
    /// <summary>The strongest lock it takes, or null where it takes none worth a word.</summary>
    public Lock? Lock { get; init; }

    /// <summary>What of a migration file asks for it; null where that is not one thing, or is not known.</summary>
    public Location? Origin { get; init; }

    /// <summary>What takes it back if it was done; null where taking back something else takes this with it.</summary>
    public Sql? Undo { get; init; }
}

/// <summary>One statement.</summary>
/// <param name="Why">The reason.</param>
/// <param name="Do">The statement.</param>
public sealed record SqlStep(string Why, Sql Do) : Step(Why);

/// <summary>An index built while clients write. What an interrupted attempt left is dropped and built anew.</summary>
/// <param name="Why">The reason.</param>
/// <param name="Index">The index.</param>
/// <param name="Do">The statement that builds it.</param>
public sealed record IndexStep(string Why, QualifiedName Index, Sql Do) : Step(Why);

/// <summary>Existing rows given their values for the new version, in batches.</summary>
/// <param name="Why">The reason.</param>
/// <param name="Table">The table.</param>
/// <param name="Assignments">What follows SET; the marker is among them.</param>
public sealed record BackfillStep(string Why, QualifiedName Table, Sql Assignments) : Step(Why)
{
    /// <summary>Whether users' triggers fire for the rows. Then they may change what the values are computed from.</summary>
    public bool FiresUserTriggers { get; init; }

    /// <summary>
    /// The same, with the values computed by the sync trigger, which sees the row as the users' triggers left it: it fills any row whose
    /// marker an update leaves as it is.
    /// </summary>
    internal BackfillStep ThroughTriggers() =>
        this with
        {
            Why = $"{Why}, computed by the sync trigger from what the table's own triggers leave",
            Assignments = Sql.Of($"{new Ident(Model.GeneratedNames.Marker)} = true"),
            FiresUserTriggers = true,
        };
}

/// <summary>SQL that a user wrote, run as it is.</summary>
/// <param name="Why">The reason.</param>
/// <param name="Text">The SQL, possibly several statements.</param>
public sealed record RawStep(string Why, string Text) : Step(Why);

/// <summary>The version schema made from whatever the base schema holds by then: what raw SQL did is not known before it ran.</summary>
/// <param name="Why">The reason.</param>
/// <param name="VersionSchema">The schema to make or to bring up to date.</param>
public sealed record PublishStep(string Why, string VersionSchema) : Step(Why)
{
    /// <summary>Whether its views show <c>xmin</c>.</summary>
    public bool ExposesXmin { get; init; }
}

/// <summary>A schema of ours that no client can name any more, dropped in portions that fit the server's lock table.</summary>
/// <param name="Why">The reason.</param>
/// <param name="Schema">The schema.</param>
public sealed record RetireStep(string Why, string Schema) : Step(Why);

/// <summary>A lock on a table.</summary>
/// <param name="Mode">Its mode.</param>
/// <param name="Table">The table.</param>
public sealed record Lock(LockMode Mode, QualifiedName Table)
{
    /// <summary>The table that a foreign key points to, locked in the same mode; null where there is none, or where it is the same table.</summary>
    public QualifiedName? Referenced { get; init; }

    /// <summary>All that is locked.</summary>
    public IReadOnlyList<QualifiedName> Tables => Referenced is { } referenced ? [Table, referenced] : [Table];
}

/// <summary>PostgreSQL's table lock modes that matter here, weakest first.</summary>
public enum LockMode
{
    /// <summary>Blocks DDL alone.</summary>
    ShareUpdateExclusive,

    /// <summary>Blocks writes.</summary>
    ShareRowExclusive,

    /// <summary>Blocks reads and writes.</summary>
    AccessExclusive,
}
