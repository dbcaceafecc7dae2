using PgRoll.Build.Diagnostics;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0702.</summary>
sealed class VersionViewsBroken() : LintRule(new("PGR0702", "sql-breaks-version-views", Severity.Error,
    "Change of what the versions' views show",
    "{0} {1}.",
    "Clients read tables through the views of their version. The server changes no type and drops no column or table that a view shows; CASCADE drops the view, and with it the version that is running. At complete the new version's views are there already, so `onComplete` makes no difference, but that views which CASCADE dropped are made anew there: nothing is told of that. A rename at `start` is seen by the new version alone and harms nobody; one at complete takes the old name from clients of the new version while they run.",
    "Use the operations `alter_column`, `drop_column`, `drop_table`, `rename_table` and `rename_column`: they keep both versions working, and can be rolled back."))
{
    public override void Check(LintContext context)
    {
        foreach (var (alter, place) in context.Runs<AlterTable>())
            if (context.Find(alter.Target, place) is { } table)
                foreach (var action in alter.Actions)
                    Check(context, place, table, alter, action);
        foreach (var (drop, place) in context.Runs<DropObjects>())
            Check(context, place, drop);
    }

    void Check(LintContext context, LintedStatement place, Model.Table table, AlterTable alter, TableAction action)
    {
        if (action is ChangeTypeAction change && table.Find(change.Column.Text) is not null)
            Add($"ALTER COLUMN '{change.Column}' TYPE on '{alter.Target}'", Refused);
        else if (action is DropColumnAction drop && table.Find(drop.Column.Text) is not null && !(drop.Cascade && place.Operation.OnComplete))
            Add($"DROP COLUMN '{drop.Column}' of '{alter.Target}'", drop.Cascade ? Cascades : Refused);
        else if (action is RenameAction or RenameColumnAction && place.Operation.OnComplete)
            Add(action is RenameColumnAction column ? $"RENAME of column '{column.Column}' of '{alter.Target}'" : $"RENAME of '{alter.Target}'", Renames);

        void Add(string what, string effect) => context.Add(Rule, place, action.Span, what, effect);
    }

    void Check(LintContext context, LintedStatement place, DropObjects drop)
    {
        var isMadeAnew = drop.Cascade && place.Operation.OnComplete;
        foreach (var name in drop.Names)
            if (!isMadeAnew && drop.Kind is ObjectKind.Table && context.Find(name, place) is not null)
                context.Add(Rule, place, name.Span, $"DROP TABLE '{name}'", drop.Cascade ? Cascades : Refused);
            else if (drop.Kind is ObjectKind.Schema && !context.IsBaseline && name.Name == context.Before.Name && context.Before.Tables.Count > 0)
                context.Add(Rule, place, name.Span, $"DROP SCHEMA '{name}'", drop.Cascade ? Cascades : Refused);
            else if (!isMadeAnew && drop is { Kind: ObjectKind.Type or ObjectKind.Domain, Cascade: true } && UserOf(context, name, place) is { } user)
                context.Add(Rule, place, name.Span,
                    $"DROP {drop.Kind.ToString().ToUpperInvariant()} '{name}' CASCADE", $"drops {user}, and with it the views of the running version");
    }

    /// <summary>A column whose type it is; null for none.</summary>
    public static string? UserOf(LintContext context, ObjectName type, LintedStatement place) =>
        place.SchemaOf(type) != context.Before.Name || !context.IsInUse(type, place) ? null
        : (from table in context.Before.Tables
           from column in table.Columns
           where column.Type.Canonical.TrimEnd('[', ']') is var used && (used == type.Name || used == $"{context.Before.Name}.{type.Name}")
           select $"'{table.Name}.{column.Name}'").FirstOrDefault();

    const string Renames = "at complete takes the name from clients of the new version, which use it by then";
    const string Refused = "is refused, since views of the versions show it";
    const string Cascades = "CASCADE drops the views of the running version as well";
}
