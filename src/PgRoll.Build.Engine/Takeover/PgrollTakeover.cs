using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Interop;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Takeover;

/// <summary>
/// Makes a rollout of ours of an active migration that pgroll started, to be ended by our <c>complete</c> or <c>rollback</c>. What does not
/// fit what the history says stops it before anything is changed.
/// </summary>
sealed class PgrollTakeover(Session session, StateStore state, RunnerOptions options)
{
    /// <summary>The rollout to complete: its start is what pgroll did not make; null where no migration is active.</summary>
    public async Task<RolloutRow?> ToCompleteAsync(CancellationToken ct)
    {
        if (await FindAsync("complete", ct) is not { } found)
            return null;
        var (recorded, migration) = found;
        var complete = new PgrollComplete(migration);
        if (complete.Errors.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"'{recorded.Name}' was started by pgroll, and cannot be completed here. Complete it with pgroll, or run `rollback`.{Environment.NewLine}{string.Join(Environment.NewLine, complete.Errors)}");
        IReadOnlyList<string> missing = [.. complete.Missing, .. await UnfilledAsync(complete, ct)];
        if (missing.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"'{recorded.Name}' was started by pgroll, and not all of that is in the database: {string.Join(", ", missing)}. Nothing was changed. Run `rollback`, and start it again.");
        await WarnAsync(recorded.Name, complete, ct);
        return new([recorded], RolloutPhase.Active, 0, complete.Plan, "", null);
    }

    /// <summary>The rollout to take back, and the steps that do it; null where no migration is active.</summary>
    public async Task<(RolloutRow Rollout, IReadOnlyList<Step> Undo)?> ToRollBackAsync(CancellationToken ct)
    {
        if (await FindAsync("rollback", ct) is not { } found)
            return null;
        var (recorded, migration) = found;
        var rollback = new PgrollRollback(migration);
        foreach (var table in rollback.ChangedReplicaIdentities)
            Log.KeepsReplicaIdentity(options.Logger, table, recorded.Name);
        var plan = new Plan(options.Schema, migration.VersionSchema, migration.PreviousVersionSchema)
        {
            Start = [],
            Complete = [],
            AfterComplete = [],
            AfterRollback = migration.VersionSchema is { } version ? [new RetireStep("the new version's remaining views", GeneratedNames.GoneSchema(version))] : [],
            PreviousViews = [],
            Views = [.. migration.Actual.Tables.Select(t => t.Name), .. migration.Migration.Operations.OfType<Operations.RenameTable>().Select(r => r.To)],
            TouchedTables = rollback.Tables,
            Drops = [],
            CompleteLocks = [],
            RollbackLocks = rollback.Locks,
        };
        return (new([recorded], RolloutPhase.Active, 0, plan, "", null), [.. rollback.Steps()]);
    }

    async Task<(RolloutMigration Recorded, PgrollMigration Found)?> FindAsync(string command, CancellationToken ct)
    {
        if (await state.ActiveMigrationAsync(ct) is not { } recorded)
            return null;
        await RefuseAtWorkAsync(command, recorded.Name, ct);
        var report = new Report();
        if (MigrationReader.Read(new MigrationFile($"{recorded.Name}.json", recorded.Json), options.Schema, report) is not { } migration || report.HasErrors)
            throw new PgRollException(ExitReason.NotNow,
                $"'{recorded.Name}' was started by pgroll, and this version cannot read it. Use pgroll to {command} it.{Environment.NewLine}{string.Join(Environment.NewLine, report.Diagnostics)}");
        var version = migration.VersionSchema(options.Schema);
        var isPublished = await session.HasSchemaAsync(version, ct);
        var previous = isPublished ? await state.PreviousVersionAsync(ct) : await state.LatestVersionAsync(ct);
        var previousSchema = previous is null ? null : GeneratedNames.VersionSchema(options.Schema, previous);
        var actual = await new SchemaReader(session).ReadAllAsync(options.Schema, null, ct);
        var functions = await FunctionsAsync(ct);
        await RefuseForeignAsync(command, recorded.Name, [.. isPublished ? [version] : (string[])[], .. previousSchema is null ? [] : (string[])[previousSchema]], ct);
        return (recorded, new PgrollMigration(
            migration, actual, SchemaReader.WithoutProvisional(actual), [.. functions.Select(f => f.Function).Distinct()], [.. functions.Where(f => f.Table is not null).Select(f => (f.Table!, f.Function))],
            isPublished ? version : null, previousSchema, new ServerFacts(session.Major)));
    }

    /// <summary>Its functions, each with the tables whose triggers call it.</summary>
    Task<IReadOnlyList<(string Function, string? Table)>> FunctionsAsync(CancellationToken ct) => session.QueryAsync(
        """
        SELECT p.proname, c.relname
        FROM pg_catalog.pg_proc p
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        LEFT JOIN pg_catalog.pg_trigger g ON g.tgfoid = p.oid AND g.tgenabled <> 'D'
        LEFT JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
        WHERE n.nspname = $1 AND pg_catalog.starts_with(p.proname::text, $2) AND p.prorettype = 'pg_catalog.trigger'::regtype
        ORDER BY p.proname COLLATE "C", c.relname COLLATE "C"
        """, static row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), ct, options.Schema, PgrollFunctions.Prefix);

    /// <summary>pgroll knows nothing of our lock. Its sessions say what they are.</summary>
    async Task RefuseAtWorkAsync(string command, string migration, CancellationToken ct)
    {
        var processes = await session.QueryAsync(
            "SELECT pid FROM pg_catalog.pg_stat_activity WHERE datname = pg_catalog.current_database() AND application_name IN ('pgroll', 'pgroll-state') ORDER BY pid",
            static row => row.GetInt32(0), ct);
        if (processes.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"pgroll is connected to this database (process {string.Join(", ", processes)}), and may be at work on '{migration}'. Wait for it to end, then {command}.");
    }

    /// <summary>What another role owns, the server keeps from being dropped or renamed.</summary>
    async Task RefuseForeignAsync(string command, string migration, string[] schemas, CancellationToken ct)
    {
        var owned = await session.QueryAsync(
            """
            SELECT what, pg_catalog.pg_get_userbyid(owner) FROM (
              SELECT 'function ' || p.proname, p.proowner FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
              WHERE n.nspname = $1 AND pg_catalog.starts_with(p.proname::text, $2)
              UNION ALL SELECT 'schema ' || nspname, nspowner FROM pg_catalog.pg_namespace WHERE nspname = ANY ($3)
            ) object (what, owner)
            WHERE NOT pg_catalog.pg_has_role(owner, 'USAGE') ORDER BY what
            """, static row => $"{row.GetString(0)} of {row.GetString(1)}", ct, options.Schema, PgrollFunctions.Prefix, (object)schemas);
        if (owned.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"'{migration}' was started by pgroll as another role, which owns what {command} must take away: {string.Join(", ", owned)}. Run {command} as that role, as a member of it, or as a superuser.");
    }

    /// <summary>Where triggers note the writes of both versions, a row that is still marked is one that the backfill did not reach.</summary>
    async Task<IReadOnlyList<string>> UnfilledAsync(PgrollComplete complete, CancellationToken ct)
    {
        List<string> unfilled = [];
        foreach (var table in complete.FilledTables)
            if (await session.ScalarAsync<long>($"SELECT pg_catalog.count(*) FROM {table} WHERE {new Ident(GeneratedNames.Marker)}", ct) is > 0 and var rows)
                unfilled.Add($"the values of {rows} rows of {table}, which the backfill did not reach");
        return unfilled;
    }

    /// <summary>Where they note those of the old version alone, a marked row may be one that a client of the new version wrote: it is left as it is.</summary>
    async Task WarnAsync(string migration, PgrollComplete complete, CancellationToken ct)
    {
        foreach (var (table, column) in complete.UncertainColumns)
            if (await session.ScalarAsync<long>($"SELECT pg_catalog.count(*) FROM {table} WHERE {new Ident(GeneratedNames.Marker)} AND {new Ident(column)} IS NULL", ct) is > 0 and var rows)
                Log.LeavesNulls(options.Logger, rows, table.ToString(), GeneratedNames.WithoutNew(column), migration);
    }
}
