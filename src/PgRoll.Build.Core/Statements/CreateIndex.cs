using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements;

/// <summary>CREATE INDEX.</summary>
/// <param name="Source">Its words.</param>
/// <param name="Table">The table.</param>
/// <param name="Definition">Everything behind USING, that word left out; the method is written even where the statement does not.</param>
sealed record CreateIndex(SqlStatement Source, ObjectName Table, SqlClause Definition) : Statement(Source)
{
    /// <summary>Its name; null where the server chooses one.</summary>
    public Name? Index { get; init; }

    public bool IsUnique { get; init; }

    public bool Concurrently { get; init; }

    public bool IfNotExists { get; init; }

    public bool Only { get; init; }

    public string Method { get; init; } = "btree";

    public IReadOnlyList<IndexKey> Keys { get; init; } = [];

    public IReadOnlyList<Name> Include { get; init; } = [];

    public bool NullsNotDistinct { get; init; }

    /// <summary>The text between the parentheses of WITH, or null.</summary>
    public SqlClause? StorageParameters { get; init; }

    public Name? Tablespace { get; init; }

    public Expression? Predicate { get; init; }
}

/// <summary>A key of an index: a column, or an expression.</summary>
/// <param name="Span">All of it.</param>
sealed record IndexKey(SqlSpan Span)
{
    public Name? Column { get; init; }

    public Expression? Expression { get; init; }

    public SqlClause? Collation { get; init; }

    public SqlClause? OperatorClass { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>What NULLS FIRST and NULLS LAST say; null for neither.</summary>
    public bool? NullsFirst { get; init; }
}
