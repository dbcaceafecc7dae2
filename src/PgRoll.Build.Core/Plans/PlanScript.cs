using System.Text;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans;

/// <summary>A plan as people read it: the SQL of each phase, with reasons and locks.</summary>
public static class PlanScript
{
    /// <summary>The plan as SQL with comments.</summary>
    public static string Write(Plan plan)
    {
        var text = new StringBuilder();
        Heading(text, "start");
        foreach (var stage in plan.Start)
        {
            Line(text, $"-- {Describe(stage.Kind)}");
            Steps(text, stage.Steps);
        }
        Heading(text, "complete");
        Line(text, $"-- one transaction{Locks(plan.CompleteLocks)}");
        Steps(text, plan.Complete);
        if (plan.AfterComplete.Count > 0)
        {
            Line(text, "-- afterwards, outside of a transaction");
            Steps(text, plan.AfterComplete);
        }
        Heading(text, "rollback (instead of complete)");
        Line(text, $"-- one transaction{Locks(plan.RollbackLocks)}");
        foreach (var step in plan.Rollback)
            Line(text, $"{step.Undo};");
        if (plan.AfterRollback.Count > 0)
        {
            Line(text, "-- afterwards, outside of a transaction");
            Steps(text, plan.AfterRollback);
        }
        return text.ToString();
    }

    internal static string Describe(StageKind kind) => kind switch
    {
        StageKind.Expand => "one short transaction",
        StageKind.Raw => "outside of a transaction, which the server demands",
        StageKind.Backfill => "in batches, a short transaction each",
        StageKind.Indexes => "outside of a transaction, while clients write",
        StageKind.ForeignKeys => "a short transaction each",
        StageKind.Validate => "while clients write, a transaction each",
        _ => "one transaction",
    };

    static string Locks(IReadOnlyList<QualifiedName> locks) => locks.Count == 0 ? "" : $", which holds ACCESS EXCLUSIVE on {string.Join(", ", locks)}";

    static void Steps(StringBuilder text, IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            Line(text, $"-- {Comment(step.Why)}{Describe(step.Lock)}");
            Line(text, step switch
            {
                SqlStep sql => $"{sql.Do};",
                IndexStep index => $"{index.Do};",
                BackfillStep backfill => $"UPDATE {backfill.Table} SET {backfill.Assignments} WHERE {new Ident(Model.GeneratedNames.Marker)}; -- a range of the table at a time",
                RawStep raw => $"{raw.Text.TrimEnd().TrimEnd(';')};",
                PublishStep publish => $"-- CREATE SCHEMA {new Ident(publish.VersionSchema)} with a view of each table{(publish.ExposesXmin ? ", which shows xmin" : "")}",
                RetireStep retire => $"-- DROP SCHEMA {new Ident(retire.Schema)}, its views in portions",
                _ => throw new InvalidOperationException($"No such step: {step}."),
            });
        }
    }

    static string Describe(Lock? held) => held is null ? "" : $" [{Words(held)}]";

    /// <summary>A lock, and on what.</summary>
    internal static string Words(Lock held) => $"{Words(held.Mode)} on {string.Join(" and ", held.Tables)}";

    internal static string Words(LockMode mode) => mode switch
    {
        LockMode.AccessExclusive => "ACCESS EXCLUSIVE",
        LockMode.ShareRowExclusive => "SHARE ROW EXCLUSIVE",
        _ => "SHARE UPDATE EXCLUSIVE",
    };

    /// <summary>A reason may quote a name or an expression of the user's: it must not end the comment.</summary>
    static string Comment(string why) => why.Replace("\r", " ").Replace("\n", " ");

    static void Heading(StringBuilder text, string phase) => Line(text, $"{(text.Length == 0 ? "" : "\n")}-- ==== {phase} ====");

    static void Line(StringBuilder text, string line) => text.Append(line.Replace("\r\n", "\n")).Append('\n');
}
