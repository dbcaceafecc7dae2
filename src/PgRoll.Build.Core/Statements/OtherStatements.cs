using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements;

/// <summary>DROP of whatever kind.</summary>
/// <param name="Source">Its words.</param>
/// <param name="Kind">What is dropped.</param>
/// <param name="Names">Its names.</param>
sealed record DropObjects(SqlStatement Source, ObjectKind Kind, IReadOnlyList<ObjectName> Names) : Statement(Source)
{
    public bool IfExists { get; init; }

    public bool Cascade { get; init; }

    public bool Concurrently { get; init; }

    /// <summary>The table that a trigger, a rule or a policy belongs to; null for others.</summary>
    public ObjectName? On { get; init; }
}

/// <summary>CREATE of what has no statement of its own here.</summary>
/// <param name="Source">Its words.</param>
/// <param name="Kind">What is made.</param>
/// <param name="Created">Its name; null where it has none (a cast), or IF NOT EXISTS leaves it to the server.</param>
sealed record CreateObject(SqlStatement Source, ObjectKind Kind, ObjectName? Created) : Statement(Source)
{
    public bool OrReplace { get; init; }

    public bool IfNotExists { get; init; }

    public bool IsTemporary { get; init; }

    /// <summary>The table that a trigger, a rule or a policy belongs to; null for others.</summary>
    public ObjectName? On { get; init; }

    /// <summary>The column that a sequence belongs to, or null.</summary>
    public ColumnReference? OwnedBy { get; init; }

    /// <summary>The schema that an extension is put into; null where it is not said.</summary>
    public Name? InSchema { get; init; }

    /// <summary>Whether a subscription makes its replication slot at once.</summary>
    public bool MakesSlot { get; init; }

    /// <summary>Whether a body follows that nothing here looks into.</summary>
    public bool HasOpaqueBody { get; init; }
}

/// <summary>CREATE TYPE … AS ENUM.</summary>
sealed record CreateEnum(SqlStatement Source, ObjectName Type, IReadOnlyList<string> Labels) : Statement(Source);

/// <summary>CREATE DOMAIN.</summary>
sealed record CreateDomain(SqlStatement Source, ObjectName Domain, SqlType Base) : Statement(Source)
{
    public SqlClause? Collation { get; init; }

    public bool IsNotNull { get; init; }

    public Expression? Default { get; init; }

    public IReadOnlyList<ConstraintDefinition> Constraints { get; init; } = [];
}

/// <summary>ALTER of what has no statement of its own here: its kind, its name, and the words of what is done.</summary>
sealed record AlterObject(SqlStatement Source, ObjectKind Kind, ObjectName? Target, SqlSpan Action) : Statement(Source)
{
    /// <summary>ALTER TYPE … ADD VALUE.</summary>
    public bool AddsEnumValue { get; init; }

    /// <summary>ALTER DATABASE … SET TABLESPACE.</summary>
    public bool SetsTablespace { get; init; }

    /// <summary>ALTER SUBSCRIPTION … PUBLICATION, which fetches their tables at once.</summary>
    public bool FetchesPublications { get; init; }

    /// <summary>ALTER DOMAIN … ADD, or SET NOT NULL: every column of the domain is looked through.</summary>
    public bool Validates { get; init; }

    /// <summary>The new name; null where it keeps its own.</summary>
    public Name? RenamedTo { get; init; }

    /// <summary>The column that a sequence belongs to from now on; null where nothing is said of it.</summary>
    public ColumnReference? OwnedBy { get; init; }
}

/// <summary>COMMENT ON.</summary>
sealed record CommentOn(SqlStatement Source, ObjectKind Kind, ObjectName? Target, string? Text) : Statement(Source)
{
    /// <summary>The column, constraint, trigger, rule or policy; the target is then its table.</summary>
    public Name? Part { get; init; }
}

/// <summary>GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, REASSIGN OWNED and the like: who may do what.</summary>
sealed record PrivilegeStatement(SqlStatement Source, bool IsRevoke) : Statement(Source)
{
    /// <summary>Tables that are named; none where the statement is about something else.</summary>
    public IReadOnlyList<ObjectName> Tables { get; init; } = [];
}

/// <summary>SET and RESET of a setting.</summary>
sealed record SetStatement(SqlStatement Source, string Setting, bool IsLocal) : Statement(Source)
{
    public bool IsReset { get; init; }

    /// <summary>The values, as words and strings; none for DEFAULT.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>BEGIN, COMMIT, ROLLBACK, SAVEPOINT and the like.</summary>
sealed record TransactionStatement(SqlStatement Source, string Verb) : Statement(Source);

/// <summary>What is done to whole tables and indexes without changing what they mean.</summary>
sealed record MaintenanceStatement(SqlStatement Source, Maintenance Kind, IReadOnlyList<ObjectName> Targets) : Statement(Source)
{
    public bool Concurrently { get; init; }

    public bool IsFull { get; init; }

    /// <summary>What REINDEX works on; a table's for the others.</summary>
    public ObjectKind TargetKind { get; init; } = ObjectKind.Table;
}

/// <summary>The sorts of maintenance.</summary>
enum Maintenance
{
    Vacuum,
    Analyze,
    Reindex,
    Cluster,
    Refresh,
}

/// <summary>TRUNCATE.</summary>
sealed record Truncate(SqlStatement Source, IReadOnlyList<ObjectName> Tables) : Statement(Source)
{
    public bool Cascade { get; init; }
}

/// <summary>INSERT, UPDATE, DELETE, MERGE or COPY, in outline.</summary>
sealed record ChangeRows(SqlStatement Source, RowChange Kind, ObjectName? Target) : Statement(Source)
{
    public bool HasWhere { get; init; }

    /// <summary>Whether an INSERT takes its rows from a query.</summary>
    public bool IsFromQuery { get; init; }

    /// <summary>Its words, without those of WITH before it.</summary>
    public SqlSpan Span { get; init; }

    /// <summary>The other changes of the statement, in its WITH.</summary>
    public IReadOnlyList<ChangeRows> Others { get; init; } = [];
}

/// <summary>The sorts of changes.</summary>
enum RowChange
{
    Insert,
    Update,
    Delete,
    Merge,
    CopyIn,
    CopyOut,
}

/// <summary>SELECT, VALUES, TABLE, and WITH before them where nothing is changed.</summary>
sealed record Query(SqlStatement Source) : Statement(Source)
{
    /// <summary>The table that SELECT INTO makes, or null.</summary>
    public ObjectName? Into { get; init; }
}

/// <summary>What runs code that nothing here looks into: DO, CALL, EXECUTE.</summary>
sealed record CodeStatement(SqlStatement Source, string Verb) : Statement(Source);

/// <summary>What does nothing to the schema: LOCK, NOTIFY, SHOW, EXPLAIN, CHECKPOINT and the like.</summary>
sealed record HarmlessStatement(SqlStatement Source, string Verb) : Statement(Source)
{
    /// <summary>DISCARD ALL.</summary>
    public bool DiscardsAll { get; init; }

    /// <summary>The tables that LOCK names.</summary>
    public IReadOnlyList<ObjectName> Tables { get; init; } = [];
}
