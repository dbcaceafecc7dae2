using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements;

/// <summary>How long what a table holds is kept.</summary>
enum Persistence
{
    Permanent,
    Unlogged,
    Temporary,
}

/// <summary>CREATE TABLE, in all its forms.</summary>
/// <param name="Source">Its words.</param>
/// <param name="Table">The table.</param>
sealed record CreateTable(SqlStatement Source, ObjectName Table) : Statement(Source)
{
    public bool IfNotExists { get; init; }

    public Persistence Persistence { get; init; }

    public bool IsForeign { get; init; }

    public IReadOnlyList<ColumnDefinition> Columns { get; init; } = [];

    /// <summary>Constraints, those of columns among them.</summary>
    public IReadOnlyList<ConstraintDefinition> Constraints { get; init; } = [];

    /// <summary>Tables that LIKE copies columns of.</summary>
    public IReadOnlyList<ObjectName> Like { get; init; } = [];

    /// <summary>Tables that it inherits from.</summary>
    public IReadOnlyList<ObjectName> Inherits { get; init; } = [];

    /// <summary>The table it is a partition of, or null.</summary>
    public ObjectName? PartitionOf { get; init; }

    /// <summary>The composite type that gives its columns, or null.</summary>
    public ObjectName? OfType { get; init; }

    /// <summary>How it is divided into partitions, the text behind PARTITION BY; null where it is not.</summary>
    public SqlClause? PartitionBy { get; init; }

    /// <summary>Whether a query gives its columns (CREATE TABLE … AS).</summary>
    public bool IsFromQuery { get; init; }

    /// <summary>Whether it says what only the server can (storage parameters, a tablespace, an access method, ON COMMIT).</summary>
    public bool HasOptions { get; init; }
}

/// <summary>A column as CREATE TABLE or ADD COLUMN describes it. Its constraints stand beside it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null for a partition's, whose table says it.</param>
/// <param name="Span">All of it.</param>
sealed record ColumnDefinition(Name Name, SqlType? Type, SqlSpan Span)
{
    public SqlClause? Collation { get; init; }

    /// <summary>What is said about NULL; null where nothing is.</summary>
    public bool? IsNullable { get; init; }

    public Expression? Default { get; init; }

    /// <summary>The expression of a generated column, or null.</summary>
    public Expression? GeneratedAs { get; init; }

    /// <summary>Whether the generated column is computed when it is read (18+).</summary>
    public bool IsVirtual { get; init; }

    /// <summary>What makes it an identity column, or null.</summary>
    public Model.Identity? Identity { get; init; }

    /// <summary>Whether it says what a migration file cannot: STORAGE, COMPRESSION, options of a foreign table.</summary>
    public bool HasOptions { get; init; }
}

/// <summary>A constraint as a statement describes it.</summary>
/// <param name="Name">Its name; null where the server chooses one.</param>
/// <param name="Span">All of it.</param>
abstract record ConstraintDefinition(Name? Name, SqlSpan Span)
{
    public Model.Deferral Deferral { get; init; }

    /// <summary>Rows that are there already are not looked at.</summary>
    public bool IsNotValid { get; init; }

    /// <summary>Whether it is checked at all (NOT ENFORCED, 18+).</summary>
    public bool IsEnforced { get; init; } = true;

    /// <summary>The column it stands behind; null for one of the table.</summary>
    public Name? Column { get; init; }
}

/// <summary>PRIMARY KEY or UNIQUE.</summary>
/// <param name="Name">Its name; null where the server chooses one.</param>
/// <param name="Span">All of it.</param>
sealed record KeyDefinition(Name? Name, SqlSpan Span) : ConstraintDefinition(Name, Span)
{
    public bool IsPrimaryKey { get; init; }

    public IReadOnlyList<Name> Columns { get; init; } = [];

    public IReadOnlyList<Name> Include { get; init; } = [];

    public bool NullsNotDistinct { get; init; }

    public bool IsWithoutOverlaps { get; init; }

    /// <summary>The text between the parentheses of WITH, or null.</summary>
    public SqlClause? StorageParameters { get; init; }

    public Name? Tablespace { get; init; }

    /// <summary>The index that becomes the constraint's, or null.</summary>
    public Name? UsingIndex { get; init; }
}

/// <summary>CHECK.</summary>
/// <param name="Name">Its name; null where the server chooses one.</param>
/// <param name="Span">All of it.</param>
/// <param name="Expression">What must not be false.</param>
sealed record CheckDefinition(Name? Name, SqlSpan Span, Expression Expression) : ConstraintDefinition(Name, Span)
{
    public bool NoInherit { get; init; }
}

/// <summary>FOREIGN KEY or REFERENCES.</summary>
/// <param name="Name">Its name; null where the server chooses one.</param>
/// <param name="Span">All of it.</param>
/// <param name="Referenced">The table it points to.</param>
sealed record ForeignKeyDefinition(Name? Name, SqlSpan Span, ObjectName Referenced) : ConstraintDefinition(Name, Span)
{
    public IReadOnlyList<Name> Columns { get; init; } = [];

    /// <summary>The columns it points to; none for the primary key's.</summary>
    public IReadOnlyList<Name> ReferencedColumns { get; init; } = [];

    public bool IsMatchFull { get; init; }

    public bool HasPeriod { get; init; }

    public Model.ReferentialAction OnDelete { get; init; }

    public IReadOnlyList<Name> OnDeleteSetColumns { get; init; } = [];

    public Model.ReferentialAction OnUpdate { get; init; }
}

/// <summary>EXCLUDE.</summary>
/// <param name="Name">Its name; null where the server chooses one.</param>
/// <param name="Span">All of it.</param>
/// <param name="Definition">The text behind EXCLUDE.</param>
/// <param name="Keys">What is compared.</param>
sealed record ExclusionDefinition(Name? Name, SqlSpan Span, SqlClause Definition, IReadOnlyList<IndexKey> Keys) : ConstraintDefinition(Name, Span);

/// <summary>NOT NULL, as a constraint of the table (18+) or of a column.</summary>
/// <param name="Name">Its name; null where the server chooses one.</param>
/// <param name="Span">All of it.</param>
/// <param name="On">The column.</param>
sealed record NotNullDefinition(Name? Name, SqlSpan Span, Name On) : ConstraintDefinition(Name, Span)
{
    public bool NoInherit { get; init; }
}
