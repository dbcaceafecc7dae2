using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Effects;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0709.</summary>
sealed class BlockingIndex() : LintRule(new("PGR0709", "sql-blocking-index", Severity.Warning,
    "Index work that keeps clients waiting",
    "{0} takes {1}.",
    "A build takes as long as the table is large, and nobody writes meanwhile; a lock that conflicts with readers makes everybody wait for the longest transaction that is open. Not told of tables that the migration makes, nor of `ON ONLY` a partitioned table, which builds nothing.",
    "Use `create_index` and `drop_index`, or the form with CONCURRENTLY, alone in its `up`; on a partitioned table `CREATE INDEX … ON ONLY`, then CONCURRENTLY on each partition, and attach them."))
{
    const string NoWrites = "a lock that keeps writers out for as long as it builds";
    const string NoReads = "a lock that keeps readers and writers out";

    public override void Check(LintContext context)
    {
        if (context.IsBaseline)
            return;
        foreach (var (statement, place) in context.Runs<Statement>())
            switch (statement)
            {
                case CreateIndex create when context.IsInUse(create.Table, place) && !(create.Only && MayBePartitioned(context, create, place)):
                    Tell(place, create.Table.Span, $"CREATE INDEX on '{create.Table}'", StatementEffects.LockOf(create));
                    break;
                case DropObjects { Kind: ObjectKind.Index } drop:
                    foreach (var index in drop.Names.Where(index => IsInUse(context, index, place)))
                        Tell(place, index.Span, $"DROP INDEX '{index}'{OnTable(context, index, place)}", DropEffects.LockOnIndexed(drop));
                    break;
                case MaintenanceStatement { Kind: Maintenance.Reindex } reindex when Works(context, reindex, place):
                    Tell(place, place.Span, $"REINDEX{string.Concat(reindex.Targets.Select(target => $" of '{target}'"))}", MaintenanceEffects.Of(reindex).Lock);
                    break;
                case AlterTable alter when context.IsInUse(alter.Target, place):
                    foreach (var detach in alter.Actions.OfType<DetachPartitionAction>())
                        if (context.IsInUse(detach.Partition, place) && !alter.Source.Says(alter.Source.Tokens.Count - 1, "finalize"))
                            Tell(place, detach.Span, $"DETACH PARTITION '{detach.Partition}' of '{alter.Target}'", AlterEffects.Of(alter.Target, detach, context.Before).First().Lock);
                    break;
            }

        void Tell(LintedStatement place, SqlSpan words, string what, TableLock held)
        {
            if (held >= TableLock.Share)
                context.Add(Rule, place, words, what, held >= TableLock.AccessExclusive ? NoReads : NoWrites);
        }
    }

    static bool MayBePartitioned(LintContext context, CreateIndex create, LintedStatement place) =>
        context.Find(create.Table, place) is null or { IsPartitioned: true };

    static bool Works(LintContext context, MaintenanceStatement reindex, LintedStatement place) =>
        reindex.TargetKind is not (ObjectKind.Index or ObjectKind.Table) || reindex.Targets.All(target => IsInUse(context, target, place));

    static bool IsInUse(LintContext context, ObjectName name, LintedStatement place) =>
        context.IsInUse(Owner(context, name, place) is { } table ? new(name.Schema, table.Name, name.Span) : name, place);

    static string OnTable(LintContext context, ObjectName index, LintedStatement place) =>
        Owner(context, index, place) is { } table ? $" of '{table.Name}'" : "";

    static Table? Owner(LintContext context, ObjectName index, LintedStatement place) =>
        place.SchemaOf(index) == context.Before.Name ? context.Before.FindIndexOwner(index.Name) : null;
}
