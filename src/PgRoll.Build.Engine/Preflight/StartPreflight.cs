using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>
/// What stands in the way of a rollout although its migrations are right: looked at before anything is changed. What only ought to be
/// known is reported.
/// </summary>
sealed class StartPreflight(Session session, RunnerOptions options)
{
    /// <summary>The plan, fitted to the triggers of the tables that it fills.</summary>
    public async Task<Plan> CheckAsync(string migration, Schema before, Schema after, Plan plan, CancellationToken ct)
    {
        var what = $"Migration '{migration}' cannot be started";
        ServerSupport.Require(what, new(session.Major), after);
        await CheckDependentsAsync(what, plan, ct);
        await new Replication(session, options).CheckAsync(what, before, after, plan, ct);
        await WarnOfRowSecurityAsync(plan, after, ct);
        await new Rewrites(session, options).WarnAsync(before, after, ct);
        await new WholeRows(session, options).WarnAsync(before, after, plan, ct);
        await new GoneColumns(session, options).WarnAsync(before, after, ct);
        await new SyncedTables(session).RefuseAsync(what, plan, ct);
        List<Stage> start = [];
        foreach (var stage in plan.Start)
            start.Add(stage.Kind == StageKind.Backfill ? await FitAsync(what, stage, ct) : stage);
        return plan with { Start = start };
    }

    /// <summary>SQL of the migration that runs at complete may be what takes them out of the way.</summary>
    async Task CheckDependentsAsync(string what, Plan plan, CancellationToken ct)
    {
        var dependents = new Dependents(session);
        if (!plan.Complete.Any(step => step is RawStep))
            await dependents.RefuseAsync(what, plan, ct);
        else if (await dependents.FindAsync(plan, ct) is { Count: > 0 } found)
            options.Report(new Warned($"`complete` will be refused unless the migration's SQL with onComplete takes these out of the way:{Dependents.Lines(found)}"));
    }

    /// <summary>Decides how users' triggers and each backfill get along.</summary>
    async Task<Stage> FitAsync(string what, Stage stage, CancellationToken ct)
    {
        var triggers = new UserTriggers(session);
        List<Step> steps = [];
        foreach (var step in stage.Steps)
        {
            if (step is not BackfillStep backfill)
            {
                steps.Add(step);
                continue;
            }
            var mode = await triggers.ModeAsync(backfill, ct);
            if (mode.Harmful.Count > 0 && !options.AllowUserTriggers)
                throw new PgRollException(ExitReason.NotNow, $"{what}; nothing was changed. {await triggers.AdviceAsync(mode, ct)}");
            if (mode.Firing.Count > 0)
                options.Report(new Warned($"The backfill of '{backfill.Table.Name.Name}' fires, for each row or for each batch:{UserTriggers.Lines(mode.Firing)}"));
            steps.Add(mode.Harmful.Count > 0 ? backfill.ThroughTriggers() : backfill);
        }
        return stage with { Steps = steps };
    }

    async Task WarnOfRowSecurityAsync(Plan plan, Schema after, CancellationToken ct)
    {
        if (plan.VersionSchema is null || new ServerFacts(session.Major).HasSecurityInvoker)
            return;
        var secured = await session.QueryAsync(
            """
            SELECT c.relname FROM pg_catalog.pg_class c
            WHERE c.relrowsecurity AND c.relname = ANY ($2::text[]) AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
            ORDER BY c.relname
            """, static row => row.GetString(0), ct, options.Schema, after.Tables.Select(t => t.Physical).ToArray());
        if (secured.Count > 0)
            options.Report(new Warned(
                $"Before PostgreSQL 15 a view reads with its owner's rights: row security of {string.Join(", ", secured.Select(t => $"'{t}'"))} is that of the owner for whoever uses '{plan.VersionSchema}'."));
    }
}
