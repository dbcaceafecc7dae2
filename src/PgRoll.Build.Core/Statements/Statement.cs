using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements;

/// <summary>One SQL statement, understood as far as its kind. Offsets count in the text it was read from.</summary>
/// <param name="Source">Its words.</param>
abstract record Statement(SqlStatement Source);

/// <summary>A statement that is not known here, or that broke off: nothing is said about what it does.</summary>
/// <param name="Source">Its words.</param>
/// <param name="Problem">What was not understood, for a person.</param>
/// <param name="At">Where.</param>
sealed record UnknownStatement(SqlStatement Source, string Problem, SqlSpan At) : Statement(Source)
{
    /// <summary>Whether it certainly is no SQL, rather than SQL that is not known here.</summary>
    public bool IsWrong { get; init; }
}

/// <summary>A stretch of the text.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Length">Its length.</param>
readonly record struct SqlSpan(int Start, int Length)
{
    /// <summary>From a token to another, both included.</summary>
    public static SqlSpan Of(Token first, Token last) => new(first.Start, last.End - first.Start);

    public int End => Start + Length;
}

/// <summary>The name of an object as a statement says it.</summary>
/// <param name="Schema">Its schema; null where the path decides.</param>
/// <param name="Name">The name itself.</param>
/// <param name="Span">Where it stands.</param>
sealed record ObjectName(string? Schema, string Name, SqlSpan Span)
{
    /// <summary>The name as one would say it.</summary>
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}

/// <summary>A plain name, of a column say.</summary>
/// <param name="Text">The name.</param>
/// <param name="Span">Where it stands.</param>
sealed record Name(string Text, SqlSpan Span)
{
    public override string ToString() => Text;
}

/// <summary>A column with its table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
sealed record ColumnReference(ObjectName Table, Name Column)
{
    public override string ToString() => $"{Table}.{Column}";
}

/// <summary>An expression of a statement.</summary>
/// <param name="Value">The expression.</param>
/// <param name="Start">Where its text begins.</param>
sealed record Expression(SqlExpression Value, int Start);

/// <summary>What sort of object a statement is about.</summary>
enum ObjectKind
{
    Table,
    ForeignTable,
    View,
    MaterializedView,
    Index,
    Sequence,
    Type,
    Domain,
    Schema,
    Function,
    Procedure,
    Aggregate,
    Routine,
    Trigger,
    EventTrigger,
    Rule,
    Policy,
    Extension,
    Statistics,
    Collation,
    Conversion,
    Operator,
    OperatorClass,
    OperatorFamily,
    Cast,
    Language,
    Transform,
    AccessMethod,
    TextSearch,
    Publication,
    Subscription,
    ForeignDataWrapper,
    Server,
    UserMapping,
    Role,
    Database,
    Tablespace,
    LargeObject,
    Column,
    Constraint,
    DefaultPrivileges,
    System,
}
