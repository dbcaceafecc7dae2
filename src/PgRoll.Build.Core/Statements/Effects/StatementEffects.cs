using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Effects;

/// <summary>
/// What statements lock, and whether they read or rewrite whole tables, as PostgreSQL 14 to 18 do it: measured, form by form, by
/// <c>StatementEffectsTests</c>. What depends on what is not known here (the type that a column had) counts as the worse of both.
/// </summary>
static class StatementEffects
{
    /// <summary>The tables that a statement locks against others' writes or DDL, one effect for each.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="schema">The schema before it.</param>
    public static IReadOnlyList<TableEffect> Of(Statement statement, Schema schema) =>
    [
        .. All(statement, schema).GroupBy(effect => (effect.Table.Schema ?? schema.Name, effect.Table.Name))
            .Select(same => new TableEffect(same.First().Table, same.Max(effect => effect.Lock), same.Max(effect => effect.Work))),
    ];

    /// <summary>What an action of ALTER TABLE does with the rows of its table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="action">The action.</param>
    /// <param name="schema">The schema before it.</param>
    public static TableWork WorkOf(ObjectName table, TableAction action, Schema schema) => AlterEffects.Of(table, action, schema).First().Work;

    /// <summary>What the build of an index takes on its table.</summary>
    public static TableLock LockOf(CreateIndex create) => create.Concurrently ? TableLock.ShareUpdateExclusive : TableLock.Share;

    static IEnumerable<TableEffect> All(Statement statement, Schema schema) => statement switch
    {
        AlterTable { Kind: ObjectKind.Table or ObjectKind.ForeignTable or ObjectKind.MaterializedView } alter =>
            alter.Actions.SelectMany(action => AlterEffects.Of(alter.Target, action, schema)),
        CreateTable create => CreateEffects.Of(create),
        CreateIndex create => [new(create.Table, LockOf(create), TableWork.IndexBuild)],
        CreateObject { Kind: ObjectKind.Trigger, On: { } table } => [new(table, TableLock.ShareRowExclusive)],
        CreateObject { Kind: ObjectKind.Rule or ObjectKind.Policy, On: { } table } => [new(table, TableLock.AccessExclusive)],
        DropObjects drop => DropEffects.Of(drop, schema),
        Truncate truncate => truncate.Tables.Select(table => new TableEffect(table, TableLock.AccessExclusive, TableWork.Rewrite)),
        MaintenanceStatement maintenance => MaintenanceEffects.Of(maintenance, schema),
        ChangeRows { Target: { } table, Kind: not RowChange.CopyOut } => [new(table, TableLock.RowExclusive)],
        CommentOn { Kind: ObjectKind.Table or ObjectKind.Column, Target: { } table } => [new(table, TableLock.ShareUpdateExclusive)],
        _ => [],
    };
}
