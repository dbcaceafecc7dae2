using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Effects;

/// <summary>ALTER TABLE, action by action; the statement takes the strongest of their locks.</summary>
static class AlterEffects
{
    public static IEnumerable<TableEffect> Of(ObjectName table, TableAction action, Schema schema)
    {
        var known = Known.Table(table, schema);
        return action switch
        {
            AddColumnAction add => [new(table, TableLock.AccessExclusive, WorkOf(add)), .. add.Constraints.OfType<ForeignKeyDefinition>().Select(key => Referenced(key, TableWork.None))],
            ChangeTypeAction change => [new(table, TableLock.AccessExclusive, change.Using is null && known?.Find(change.Column.Text) is { } column && TypeChange.IsFree(column.Type, change.Type) ? TableWork.None : TableWork.Rewrite)],
            ChangeNullabilityAction { IsNullable: false } change => [new(table, TableLock.AccessExclusive, IsProven(known, change.Column.Text) ? TableWork.None : TableWork.Scan)],
            ChangeGenerationAction { Change: GenerationChange.SetExpression } => [new(table, TableLock.AccessExclusive, TableWork.Rewrite)],
            AddConstraintAction { Constraint: var constraint } => Add(table, constraint, known),
            DropConstraintAction drop => [new(table, TableLock.AccessExclusive), .. Pointed(table, known, drop.Constraint.Text, TableLock.AccessExclusive, TableWork.None)],
            ValidateConstraintAction validate => [new(table, TableLock.ShareUpdateExclusive, TableWork.Scan), .. Pointed(table, known, validate.Constraint.Text, TableLock.RowShare, TableWork.Scan)],
            AttachPartitionAction attach => [new(table, TableLock.ShareUpdateExclusive), new(attach.Partition, TableLock.AccessExclusive, TableWork.Scan)],
            DetachPartitionAction { Concurrently: true } detach => [new(table, TableLock.ShareUpdateExclusive), new(detach.Partition, TableLock.AccessExclusive)],
            DetachPartitionAction detach => [new(table, TableLock.AccessExclusive), new(detach.Partition, TableLock.AccessExclusive)],
            InheritAction inherit => [new(table, TableLock.AccessExclusive), new(inherit.Parent, inherit.Inherits ? TableLock.ShareUpdateExclusive : TableLock.AccessShare)],
            SettingAction { Setting: var setting } => [Setting(table, setting)],
            _ => [new(table, TableLock.AccessExclusive)],
        };
    }

    static TableWork WorkOf(AddColumnAction add)
    {
        var column = add.Column;
        if (column is { Identity: not null } or { Type.SerialOf: not null } or { GeneratedAs: not null, IsVirtual: false } || column.Default is { Value.Volatility: SqlText.Volatility.Unknown })
            return TableWork.Rewrite;
        if (add.Constraints.Any(constraint => constraint is KeyDefinition or ExclusionDefinition))
            return TableWork.IndexBuild;
        return add.Constraints.Any(constraint => constraint is CheckDefinition) || (column.IsNullable is false && column.Default is null) ? TableWork.Scan : TableWork.None;
    }

    static IEnumerable<TableEffect> Add(ObjectName table, ConstraintDefinition constraint, Table? known) => constraint switch
    {
        KeyDefinition { UsingIndex: not null } key => [new(table, TableLock.AccessExclusive, key.IsPrimaryKey && known is null ? TableWork.Scan : TableWork.None)],
        KeyDefinition or ExclusionDefinition => [new(table, TableLock.AccessExclusive, TableWork.IndexBuild)],
        ForeignKeyDefinition key => [new(table, TableLock.ShareRowExclusive, Proof(key)), Referenced(key, Proof(key))],
        _ => [new(table, TableLock.AccessExclusive, Proof(constraint))],
    };

    static TableWork Proof(ConstraintDefinition constraint) => constraint.IsNotValid || !constraint.IsEnforced ? TableWork.None : TableWork.Scan;

    static TableEffect Referenced(ForeignKeyDefinition key, TableWork work) => new(key.Referenced, TableLock.ShareRowExclusive, work);

    /// <summary>The table that a foreign key points to.</summary>
    static IEnumerable<TableEffect> Pointed(ObjectName table, Table? known, string constraint, TableLock held, TableWork work) =>
        known?.FindConstraint(constraint) is ForeignKey key ? [new(Known.Name(key.ReferencedTable, key.ReferencedSchema, table), held, work)] : [];

    /// <summary>NOT NULL costs no look at the rows where a valid check says the same, and nothing where it is said already.</summary>
    static bool IsProven(Table? known, string column) =>
        known?.Find(column) is { IsNullable: false }
        || known?.Constraints.OfType<CheckConstraint>().Any(check => check.IsValid && check.Expression.IsNotNullOf(column)) is true;

    static TableEffect Setting(ObjectName table, TableSetting setting) => setting switch
    {
        TableSetting.Statistics or TableSetting.Parameters or TableSetting.Cluster => new(table, TableLock.ShareUpdateExclusive),
        TableSetting.Trigger => new(table, TableLock.ShareRowExclusive),
        TableSetting.Logged or TableSetting.Tablespace or TableSetting.AccessMethod => new(table, TableLock.AccessExclusive, TableWork.Rewrite),
        _ => new(table, TableLock.AccessExclusive),
    };
}
