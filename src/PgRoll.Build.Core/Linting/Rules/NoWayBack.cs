using PgRoll.Build.Diagnostics;
using PgRoll.Build.Operations;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0705.</summary>
sealed class NoWayBack() : LintRule(new("PGR0705", "sql-without-down", Severity.Warning,
    "Raw SQL that rollback cannot take back",
    "This SQL has no `down`: `rollback` leaves what it did.",
    "What is left may disturb the old version, and the next `start` meets it: CREATE then fails, since the object exists. Not told of SQL that leaves nothing (queries, settings, maintenance, comments, temporary tables), of extensions and schemas made IF NOT EXISTS, of SQL at complete, and of the first migration's, before which there was nothing to go back to.",
    "Write `down`; where nothing needs to be taken back, suppress this with the reason; what shall only happen with no way back belongs to complete (`onComplete: true`)."))
{
    public override void Check(LintContext context)
    {
        if (context.IsBaseline)
            return;
        foreach (var raw in context.All<RawSqlOperation>())
            if (raw.Operation is { OnComplete: false, Down: null } && context.Statements.Any(s => s.Path == $"{raw.Path}.up" && LeavesSomething(context, s)))
                context.Add(Rule, raw.Place, "up");
    }

    static bool LeavesSomething(LintContext context, LintedStatement place) => place.Statement switch
    {
        Query query => query.Into is not null || !KnownNames.CallsNothingElse(query.Source.Tokens),
        SetStatement or HarmlessStatement or MaintenanceStatement or CommentOn or TransactionStatement or UnknownStatement { IsWrong: true } => false,
        Statements.CreateTable create => create.Persistence is not Persistence.Temporary,
        CreateObject { Kind: ObjectKind.Extension or ObjectKind.Schema, IfNotExists: true, HasOpaqueBody: false } => false,
        CreateObject create => !create.IsTemporary,
        ChangeRows { Others.Count: 0 } change => change.Kind is not RowChange.CopyOut && change.Target is { } target && !IsTemporary(context, target, place),
        Truncate truncate => truncate.Tables.Any(table => !IsTemporary(context, table, place)),
        Statements.CreateIndex index => !IsTemporary(context, index.Table, place),
        DropObjects { Kind: ObjectKind.Table } drop => drop.Names.Any(table => !IsTemporary(context, table, place)),
        AlterTable alter => !IsTemporary(context, alter.Target, place),
        _ => true,
    };

    static bool IsTemporary(LintContext context, ObjectName table, LintedStatement at) => table.Schema is "pg_temp" || table.Schema is null
        && context.Runs<Statements.CreateTable>().Any(made => made.Place.Path == at.Path && made.Place.Order < at.Order
            && made.Statement.Persistence is Persistence.Temporary && made.Statement.Table.Name == table.Name);
}
