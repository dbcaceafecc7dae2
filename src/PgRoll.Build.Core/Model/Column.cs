using PgRoll.Build.SqlText;

namespace PgRoll.Build.Model;

/// <summary>A column.</summary>
/// <param name="Name">Its name in this version.</param>
/// <param name="Type">Its type.</param>
public sealed record Column(string Name, SqlType Type)
{
    /// <summary>Its name in the database.</summary>
    public string Physical { get => field ?? Name; init; }

    /// <summary>The collation as it is written in SQL; null for the type's own.</summary>
    public SqlClause? Collation { get; init; }

    /// <summary>Whether it may hold NULL.</summary>
    public bool IsNullable { get; init; } = true;

    /// <summary>The constraint behind NOT NULL; null where it may hold NULL, and where nothing is known of one (before PostgreSQL 18).</summary>
    public NotNullConstraint? NotNull { get; init; }

    /// <summary>Whether it is its domain that forbids NULL.</summary>
    public bool HasNotNullDomain { get; init; }

    /// <summary>Whether its type is a domain with a default: a view's column has that one, whatever its table's says.</summary>
    internal bool HasDefaultDomain { get; init; }

    /// <summary>The default, or null.</summary>
    public SqlExpression? Default { get; init; }

    /// <summary>The comment, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>The expression of a stored generated column, or null.</summary>
    public SqlExpression? GeneratedAs { get; init; }

    /// <summary>The sequence that belongs to the column and feeds its default, as <c>serial</c> makes it; null for none.</summary>
    public string? Sequence { get; init; }

    /// <summary>Sequences that belong to the column without feeding it.</summary>
    public IReadOnlyList<string> OtherSequences { get; init; } = [];

    /// <summary>How its values are stored and counted.</summary>
    public ColumnSettings Settings { get; init; } = ColumnSettings.None;

    /// <summary>The sequence that feeds it, as a serial or as an identity column; null for none.</summary>
    internal string? OwnSequence => Sequence ?? Identity?.Sequence;

    /// <summary>The column fed by a sequence of its own, as serial or as identity.</summary>
    internal Column WithSequence(string schema, string name) => Identity is { } identity ? this with { Identity = identity with { Sequence = name } } : this with
    {
        Sequence = name,
        Default = NextNumber(QualifiedName.Of(schema, name).ToString()),
    };

    /// <summary>The default that draws from a sequence, as the server spells it.</summary>
    internal static SqlExpression NextNumber(string sequence) => SqlExpression.FromCatalog($"nextval({new Literal(sequence)}::regclass)");

    /// <summary>What makes it an identity column, or null.</summary>
    public Identity? Identity { get; init; }
}

/// <summary>An identity column's kind and sequence.</summary>
/// <param name="Always">GENERATED ALWAYS rather than BY DEFAULT.</param>
/// <param name="SequenceOptions">The text between the parentheses, or null.</param>
public sealed record Identity(bool Always, SqlClause? SequenceOptions = null)
{
    /// <summary>The sequence that makes the numbers.</summary>
    public string Sequence { get; init; } = "";

    /// <summary>The sequence's type where it is not the column's, or null.</summary>
    public SqlType? SequenceType { get; init; }

    /// <summary>The sequence's comment, or null.</summary>
    public string? SequenceComment { get; init; }

    /// <summary>Who may do what with the sequence.</summary>
    public IReadOnlyList<Grant> SequenceGrants { get; init; } = [];
}
