using PgRoll.Build.SqlText;

namespace PgRoll.Build.Model;

/// <summary>A table constraint. Column names are those of the version.</summary>
/// <param name="Name">Its name in this version.</param>
public abstract record Constraint(string Name)
{
    /// <summary>Its name in the database.</summary>
    public string Physical { get => field ?? Name; init; }

    /// <summary>The columns of its own table that it names.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The comment, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether existing rows are known to satisfy it.</summary>
    public bool IsValid { get; init; } = true;

    /// <summary>Whether the server checks it at all (NOT ENFORCED, 18+).</summary>
    public bool IsEnforced { get; init; } = true;

    /// <summary>Whether it goes when one of these columns goes.</summary>
    internal bool Uses(Func<string, bool> column) => Columns.Any(column) || this is UniqueConstraint unique && unique.Include.Any(column);

    /// <summary>Whether an index of the constraint's name enforces it.</summary>
    public bool HasIndex => this is UniqueConstraint or ExclusionConstraint;
}

/// <summary>A UNIQUE or PRIMARY KEY constraint.</summary>
/// <param name="Name">Its name in this version.</param>
public sealed record UniqueConstraint(string Name) : Constraint(Name)
{
    /// <summary>PRIMARY KEY rather than UNIQUE.</summary>
    public bool IsPrimaryKey { get; init; }

    /// <summary>Columns carried in the index without being part of the key.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>NULLS NOT DISTINCT (15+).</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>When it is checked.</summary>
    public Deferral Deferral { get; init; }

    /// <summary>Whether its last column is a range that may not overlap (WITHOUT OVERLAPS, 18+).</summary>
    public bool IsWithoutOverlaps { get; init; }

    /// <summary>What hangs on its index.</summary>
    public IndexProperties IndexProperties { get; init; } = IndexProperties.None;

    /// <summary>The index's storage parameters, the text between WITH's parentheses, or null.</summary>
    public SqlClause? StorageParameters { get; init; }

    /// <summary>The index's tablespace, or null.</summary>
    public string? Tablespace { get; init; }
}

/// <summary>A CHECK constraint.</summary>
/// <param name="Name">Its name in this version.</param>
/// <param name="Expression">What must not be false.</param>
public sealed record CheckConstraint(string Name, SqlExpression Expression) : Constraint(Name)
{
    /// <summary>Whether child tables do not inherit it.</summary>
    public bool NoInherit { get; init; }
}

/// <summary>A FOREIGN KEY constraint; columns and referenced columns go by position.</summary>
/// <param name="Name">Its name in this version.</param>
/// <param name="ReferencedTable">The table it points to.</param>
/// <param name="ReferencedColumns">The columns it points to.</param>
public sealed record ForeignKey(string Name, string ReferencedTable, IReadOnlyList<string> ReferencedColumns) : Constraint(Name)
{
    /// <summary>The schema of the table it points to; null for the table's own.</summary>
    public string? ReferencedSchema { get; init; }

    /// <summary>What a delete of the referenced row does.</summary>
    public ReferentialAction OnDelete { get; init; }

    /// <summary>The columns that SET NULL and SET DEFAULT on delete are limited to; empty for all.</summary>
    public IReadOnlyList<string> OnDeleteSetColumns { get; init; } = [];

    /// <summary>What an update of the referenced key does.</summary>
    public ReferentialAction OnUpdate { get; init; }

    /// <summary>Whether its last column is a range that must be covered (PERIOD, 18+).</summary>
    public bool HasPeriod { get; init; }

    /// <summary>Whether the triggers that enforce it were enabled or disabled by hand.</summary>
    public bool HasSwitchedTriggers { get; init; }

    /// <summary>MATCH FULL rather than SIMPLE.</summary>
    public bool MatchFull { get; init; }

    /// <summary>When it is checked.</summary>
    public Deferral Deferral { get; init; }
}

/// <summary>An EXCLUDE constraint.</summary>
/// <param name="Name">Its name in this version.</param>
/// <param name="Definition">The text after the word EXCLUDE.</param>
public sealed record ExclusionConstraint(string Name, SqlClause Definition) : Constraint(Name)
{
    /// <summary>When it is checked.</summary>
    public Deferral Deferral { get; init; }
}

/// <summary>When a constraint is checked.</summary>
public enum Deferral
{
    /// <summary>At each statement's end, always.</summary>
    NotDeferrable,

    /// <summary>At each statement's end, unless a transaction defers it.</summary>
    Deferrable,

    /// <summary>At commit, unless a transaction says otherwise.</summary>
    InitiallyDeferred,
}

/// <summary>What happens to the referencing rows.</summary>
public enum ReferentialAction
{
    /// <summary>Refused, checked when the constraint is.</summary>
    NoAction,

    /// <summary>Refused at once.</summary>
    Restrict,

    /// <summary>They follow.</summary>
    Cascade,

    /// <summary>Their columns become NULL.</summary>
    SetNull,

    /// <summary>Their columns take their defaults.</summary>
    SetDefault,
}
