using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements;

/// <summary>ALTER TABLE, and ALTER of whatever else takes the same actions: views, indexes, sequences.</summary>
/// <param name="Source">Its words.</param>
/// <param name="Kind">What the statement calls it; ALTER TABLE works on the others as well.</param>
/// <param name="Target">What it changes.</param>
/// <param name="Actions">What becomes of it, in order.</param>
sealed record AlterTable(SqlStatement Source, ObjectKind Kind, ObjectName Target, IReadOnlyList<TableAction> Actions) : Statement(Source)
{
    public bool IfExists { get; init; }

    /// <summary>Not the tables that inherit from it.</summary>
    public bool Only { get; init; }

    /// <summary>Its one action; null where it has several.</summary>
    internal TableAction? Single => Actions.Count == 1 ? Actions[0] : null;
}

/// <summary>One action of an ALTER TABLE.</summary>
/// <param name="Span">Its words.</param>
abstract record TableAction(SqlSpan Span);

/// <summary>ADD COLUMN.</summary>
sealed record AddColumnAction(SqlSpan Span, ColumnDefinition Column, IReadOnlyList<ConstraintDefinition> Constraints) : TableAction(Span)
{
    public bool IfNotExists { get; init; }
}

/// <summary>DROP COLUMN.</summary>
sealed record DropColumnAction(SqlSpan Span, Name Column) : TableAction(Span)
{
    public bool IfExists { get; init; }

    public bool Cascade { get; init; }
}

/// <summary>ALTER COLUMN … TYPE.</summary>
sealed record ChangeTypeAction(SqlSpan Span, Name Column, SqlType Type) : TableAction(Span)
{
    public SqlClause? Collation { get; init; }

    public Expression? Using { get; init; }
}

/// <summary>ALTER COLUMN … SET DEFAULT, or DROP DEFAULT.</summary>
sealed record ChangeDefaultAction(SqlSpan Span, Name Column, Expression? Default) : TableAction(Span);

/// <summary>ALTER COLUMN … SET NOT NULL, or DROP NOT NULL.</summary>
sealed record ChangeNullabilityAction(SqlSpan Span, Name Column, bool IsNullable) : TableAction(Span);

/// <summary>ALTER COLUMN … ADD GENERATED, SET GENERATED, DROP IDENTITY, SET EXPRESSION, DROP EXPRESSION.</summary>
sealed record ChangeGenerationAction(SqlSpan Span, Name Column, GenerationChange Change) : TableAction(Span)
{
    public Model.Identity? Identity { get; init; }
}

/// <summary>What becomes of how a column is filled.</summary>
enum GenerationChange
{
    AddIdentity,
    SetIdentity,
    DropIdentity,
    SetExpression,
    DropExpression,
}

/// <summary>ADD CONSTRAINT.</summary>
sealed record AddConstraintAction(SqlSpan Span, ConstraintDefinition Constraint) : TableAction(Span);

/// <summary>DROP CONSTRAINT.</summary>
sealed record DropConstraintAction(SqlSpan Span, Name Constraint) : TableAction(Span)
{
    public bool IfExists { get; init; }

    public bool Cascade { get; init; }
}

/// <summary>VALIDATE CONSTRAINT.</summary>
sealed record ValidateConstraintAction(SqlSpan Span, Name Constraint) : TableAction(Span);

/// <summary>ALTER CONSTRAINT: when it is checked, or whether.</summary>
sealed record AlterConstraintAction(SqlSpan Span, Name Constraint) : TableAction(Span);

/// <summary>RENAME TO.</summary>
sealed record RenameAction(SqlSpan Span, Name To) : TableAction(Span);

/// <summary>RENAME COLUMN.</summary>
sealed record RenameColumnAction(SqlSpan Span, Name Column, Name To) : TableAction(Span);

/// <summary>RENAME CONSTRAINT.</summary>
sealed record RenameConstraintAction(SqlSpan Span, Name Constraint, Name To) : TableAction(Span);

/// <summary>SET SCHEMA.</summary>
sealed record SetSchemaAction(SqlSpan Span, Name Schema) : TableAction(Span);

/// <summary>ATTACH PARTITION.</summary>
sealed record AttachPartitionAction(SqlSpan Span, ObjectName Partition) : TableAction(Span);

/// <summary>DETACH PARTITION.</summary>
sealed record DetachPartitionAction(SqlSpan Span, ObjectName Partition) : TableAction(Span)
{
    public bool Concurrently { get; init; }
}

/// <summary>INHERIT, or NO INHERIT.</summary>
sealed record InheritAction(SqlSpan Span, ObjectName Parent, bool Inherits) : TableAction(Span);

/// <summary>What neither changes columns nor constraints.</summary>
sealed record SettingAction(SqlSpan Span, TableSetting Setting) : TableAction(Span);

/// <summary>The sorts of settings, as far as their locks and costs differ.</summary>
enum TableSetting
{
    /// <summary>ALTER COLUMN … SET STATISTICS, SET (n_distinct = …).</summary>
    Statistics,

    /// <summary>ALTER COLUMN … SET STORAGE, SET COMPRESSION.</summary>
    Storage,

    /// <summary>SET (…), RESET (…): of the table.</summary>
    Parameters,

    /// <summary>ENABLE or DISABLE TRIGGER.</summary>
    Trigger,

    /// <summary>ENABLE or DISABLE RULE.</summary>
    Rule,

    /// <summary>ENABLE, DISABLE, FORCE, NO FORCE ROW LEVEL SECURITY.</summary>
    RowSecurity,

    /// <summary>REPLICA IDENTITY.</summary>
    ReplicaIdentity,

    /// <summary>CLUSTER ON, SET WITHOUT CLUSTER.</summary>
    Cluster,

    /// <summary>SET LOGGED, SET UNLOGGED.</summary>
    Logged,

    /// <summary>SET TABLESPACE.</summary>
    Tablespace,

    /// <summary>SET ACCESS METHOD.</summary>
    AccessMethod,

    /// <summary>OWNER TO.</summary>
    Owner,

    /// <summary>OF, NOT OF.</summary>
    OfType,

    /// <summary>OPTIONS (…): of a foreign table.</summary>
    Options,

    /// <summary>ATTACH PARTITION of an index, DEPENDS ON EXTENSION.</summary>
    Dependency,
}
