using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements.Effects;

namespace PgRoll.Build.Engine.Verification;

/// <summary>The tables that a plan says a command locks against clients; of raw SQL, what its statements are known to lock.</summary>
static class AnnouncedLocks
{
    public static IReadOnlySet<string> Of(string command, Plan? plan, IReadOnlyList<MigrationFile> files, Schema before)
    {
        if (plan is null)
            return new HashSet<string>();
        IEnumerable<QualifiedName> told = command switch
        {
            // What was made by start, and is locked by it for that, is locked by the rollback that takes it back.
            "start" => plan.Start.SelectMany(stage => stage.Steps).SelectMany(step => step.Lock?.Tables ?? []).Concat(plan.RollbackLocks),
            "rollback" => plan.RollbackLocks,
            _ => plan.CompleteLocks,
        };
        return told.Select(t => $"{t.Schema.Name}.{t.Name.Name}").Concat(OfRawSql(command, files, before)).ToHashSet();
    }

    static IEnumerable<string> OfRawSql(string command, IReadOnlyList<MigrationFile> files, Schema before) =>
        from migration in MigrationReader.ReadAll(files, before.Name, new())
        from raw in migration.Operations.OfType<RawSqlOperation>()
        where raw.OnComplete == (command == "complete")
        from statement in command == "rollback" ? raw.DownStatements : raw.Statements
        from effect in StatementEffects.Of(statement, command == "rollback" ? History.Understood(before, migration) : before)
        select $"{effect.Table.Schema ?? before.Name}.{effect.Table.Name}";
}
