using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0707. What the versions' views show is PGR0702's.</summary>
sealed class DestructiveSql() : LintRule(new("PGR0707", "sql-destructive", Severity.Warning,
    "Raw SQL that takes away what is in use",
    "{0} {1}.",
    "At `start` the old version's clients are still there, and `rollback` brings no rows back. Nothing is told of `onComplete`, where the old version is gone, of what the same migration made or makes anew, and of temporary tables; what acts on the whole server is told of anywhere.",
    "Drop with `drop_table`, `drop_column` or `drop_constraint`, or at complete (`onComplete: true`); delete rows there as well, or by hand when the rollout is over."))
{
    const string Rows = "deletes rows at `start` that the old version still shows";
    const string Use = "takes away at `start` what the old version may still use";

    public override void Check(LintContext context)
    {
        foreach (var (statement, place) in context.Runs<Statement>())
            if (OnServer(statement) is { } server)
                context.Add(Rule, place, place.Span, server, "acts on more than this migration's schema, and nothing takes it back");
            else if (!place.Operation.OnComplete && !context.IsBaseline)
                Check(context, statement, place);
    }

    static string? OnServer(Statement statement) => statement switch
    {
        DropObjects { Kind: ObjectKind.Database or ObjectKind.Tablespace } drop => $"DROP {drop.Kind.ToString().ToUpperInvariant()} '{drop.Names[0]}'",
        AlterObject { Kind: ObjectKind.System } => "ALTER SYSTEM",
        PrivilegeStatement owned when owned.Source.Tokens[0].IsWord("drop") => "DROP OWNED",
        _ => null,
    };

    void Check(LintContext context, Statement statement, LintedStatement place)
    {
        switch (statement)
        {
            case Truncate truncate:
                foreach (var table in truncate.Tables.Where(table => context.IsInUse(table, place)))
                    context.Add(Rule, place, table.Span, $"TRUNCATE of '{table}'{(truncate.Cascade ? ", and of all that refer to it," : "")}", Rows);
                break;
            case ChangeRows change:
                foreach (var delete in change.Others.Prepend(change))
                    if (delete is { Kind: RowChange.Delete, HasWhere: false, Target: { } table } && context.IsInUse(table, place))
                        context.Add(Rule, place, table.Span, $"DELETE of all rows of '{table}'", Rows);
                break;
            case AlterTable alter when context.IsInUse(alter.Target, place):
                foreach (var action in alter.Actions)
                    if (Taken(context, alter, action, place) is { } taken)
                        context.Add(Rule, place, action.Span, $"{taken} of '{alter.Target}'", Use);
                break;
            case AlterObject { Kind: ObjectKind.Type, Target: { } type } alter when context.IsInUse(type, place) && Taken(alter) is { } taken:
                context.Add(Rule, place, place.Span, $"{taken} of type '{type}'", Use);
                break;
            case DropObjects drop:
                Check(context, drop, place);
                break;
        }
    }

    void Check(LintContext context, DropObjects drop, LintedStatement place)
    {
        if (drop.Kind is ObjectKind.Index or ObjectKind.Statistics or ObjectKind.Role || drop.On is { } on && !context.IsInUse(on, place))
            return;
        if (drop.Names.Count == 0)
            context.Add(Rule, place, place.Span, $"DROP {Words(drop.Kind)}", Use);
        foreach (var name in drop.Names)
            if (context.IsInUse(name, place) && !IsRemade(context, drop, name, place) && !IsToldOf(context, drop, name, place))
                context.Add(Rule, place, name.Span, $"DROP {Words(drop.Kind)} '{name}'{(drop.Cascade ? " CASCADE" : "")}",
                    drop.Kind is ObjectKind.Table ? Rows : Use);
    }

    /// <summary>Drop and create in one transaction is how functions, triggers and views are changed: nobody sees them missing.</summary>
    static bool IsRemade(LintContext context, DropObjects drop, ObjectName name, LintedStatement place) => context.Statements.Any(other =>
        !other.IsDown && (other.Statement is CreateObject made && made.Kind == drop.Kind && made.Created?.Name == name.Name
            && (other.Order < place.Order || drop.Kind is not (ObjectKind.Sequence or ObjectKind.Schema))
        // DROP TABLE IF EXISTS before CREATE TABLE, of a table that no file made.
        || other.Statement is CreateTable table && drop is { Kind: ObjectKind.Table, IfExists: true } && table.Table.Name == name.Name && table.Table.Schema == name.Schema));

    static bool IsToldOf(LintContext context, DropObjects drop, ObjectName name, LintedStatement place) => drop.Kind switch
    {
        ObjectKind.Table => context.Find(name, place) is not null,
        ObjectKind.Schema => name.Name is "pgroll" || name.Name == context.Before.Name && context.Before.Tables.Count > 0 || context.VersionSchemas.Contains(name.Name),
        ObjectKind.Type or ObjectKind.Domain => drop.Cascade && VersionViewsBroken.UserOf(context, name, place) is not null,
        _ => context.VersionSchemas.Contains(name.Schema ?? ""),
    };

    static string? Taken(AlterObject type)
    {
        var at = type.Source.Tokens.TakeWhile(token => token.Start < type.Action.Start).Count();
        return type.Source.Says(at, "rename", "value") ? "RENAME VALUE" : type.Source.Says(at, "drop", "attribute") ? "DROP ATTRIBUTE" : null;
    }

    static string? Taken(LintContext context, AlterTable alter, TableAction action, LintedStatement place) => action switch
    {
        DropColumnAction drop when !IsShown(context, alter, drop, place) && !IsAddedBefore(context, alter, drop, place) => $"DROP COLUMN '{drop.Column}'",
        DropConstraintAction drop when !IsAddedAgain(context, alter, drop, place) && Matters(context, alter, drop, place) => $"DROP CONSTRAINT '{drop.Constraint}'",
        _ => null,
    };

    /// <summary>Then PGR0702 tells, or nobody: a column that is not there cannot be dropped.</summary>
    static bool IsShown(LintContext context, AlterTable alter, DropColumnAction drop, LintedStatement place) =>
        context.Find(alter.Target, place) is { } table && (table.Find(drop.Column.Text) is not null || !context.Before.IsPartlyUnknown);

    static bool IsAddedBefore(LintContext context, AlterTable alter, DropColumnAction drop, LintedStatement place) =>
        Actions<AddColumnAction>(context, alter).Any(add => add.Place.Order < place.Order && add.Action.Column.Name.Text == drop.Column.Text);

    /// <summary>What only checks rows may go: the old version's are as good as before.</summary>
    static bool Matters(LintContext context, AlterTable alter, DropConstraintAction drop, LintedStatement place) =>
        drop.Cascade || context.Find(alter.Target, place)?.FindConstraint(drop.Constraint.Text) is ForeignKey or UniqueConstraint or ExclusionConstraint;

    static bool IsAddedAgain(LintContext context, AlterTable alter, DropConstraintAction drop, LintedStatement place) =>
        Actions<AddConstraintAction>(context, alter).Any(add => add.Action.Constraint.Name?.Text == drop.Constraint.Text)
        || Actions<RenameConstraintAction>(context, alter).Any(rename => rename.Place.Order <= place.Order && rename.Action.To.Text == drop.Constraint.Text);

    static IEnumerable<(T Action, LintedStatement Place)> Actions<T>(LintContext context, AlterTable alter) where T : TableAction =>
        from other in context.Runs<AlterTable>()
        where other.Statement.Target.Name == alter.Target.Name
        from action in other.Statement.Actions.OfType<T>()
        select (action, other.Place);

    static string Words(ObjectKind kind) => string.Concat(kind.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {c}" : $"{char.ToUpperInvariant(c)}"));
}
