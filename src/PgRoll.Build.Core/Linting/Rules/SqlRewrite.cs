using PgRoll.Build.Diagnostics;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Effects;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0711. Types of what versions show are PGR0702's.</summary>
sealed class SqlRewrite() : LintRule(new("PGR0711", "sql-rewrites-table", Severity.Warning,
    "Raw SQL that writes a table anew",
    "{0} writes '{1}' anew, and nobody reads or writes it meanwhile.",
    "The lock (ACCESS EXCLUSIVE) is held for as long as the whole table and its indexes are written. Not told of defaults that are the same for all rows, and of tables that the migration makes.",
    "Use `add_column` or `alter_column`, which fill rows in batches beside clients; run maintenance outside of migrations, REFRESH with CONCURRENTLY."))
{
    public override void Check(LintContext context)
    {
        if (context.IsBaseline)
            return;
        foreach (var (alter, place) in context.Runs<AlterTable>())
            if (alter.Kind is ObjectKind.Table or ObjectKind.MaterializedView && context.IsInUse(alter.Target, place))
                foreach (var action in alter.Actions)
                    if (context.WorkOf(alter, action, place) is TableWork.Rewrite && !(action is ChangeTypeAction change && IsToldOf(context, alter, change, place)))
                        context.Add(Rule, place, action.Span, Words(action), alter.Target);
        foreach (var (statement, place) in context.Runs<MaintenanceStatement>())
            if (MaintenanceEffects.Of(statement).Work is TableWork.Rewrite)
            {
                foreach (var target in statement.Targets.Where(target => context.IsInUse(target, place)))
                    context.Add(Rule, place, target.Span, Words(statement), target);
                if (statement.Targets.Count == 0)
                    context.Add(Rule, place, place.Span, Words(statement), "every table");
            }
    }

    static string Words(TableAction action) => action switch
    {
        AddColumnAction { Column: { } column } => $"ADD COLUMN '{column.Name}' {Reason(column)}",
        ChangeTypeAction change => $"ALTER COLUMN '{change.Column}' TYPE",
        ChangeGenerationAction change => $"SET EXPRESSION of '{change.Column}'",
        SettingAction { Setting: TableSetting.Logged } => "SET LOGGED or UNLOGGED",
        SettingAction { Setting: TableSetting.Tablespace } => "SET TABLESPACE",
        _ => "SET ACCESS METHOD",
    };

    static string Reason(ColumnDefinition column) =>
        column.Type?.SerialOf is not null ? $"as {column.Type}"
        : column.Identity is not null ? "as an identity"
        : column.GeneratedAs is not null ? "with a stored expression"
        : "with a default that may differ from row to row";

    static string Words(MaintenanceStatement statement) => statement.Kind switch
    {
        Maintenance.Vacuum => "VACUUM FULL",
        Maintenance.Cluster => "CLUSTER",
        _ => "REFRESH MATERIALIZED VIEW",
    };

    /// <summary>By PGR0702; nor are there rows in a column that the migration adds.</summary>
    static bool IsToldOf(LintContext context, AlterTable alter, ChangeTypeAction change, LintedStatement place) =>
        context.Find(alter.Target, place) is { } table && (table.Find(change.Column.Text) is not null || !context.Before.IsPartlyUnknown);
}
