using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Execution;
using PgRoll.Build.Engine.Preflight;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Engine.Takeover;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine;

/// <summary><c>complete</c> and <c>rollback</c>: one transaction each, then what cannot be in one.</summary>
sealed class RolloutEnd(Session session, StateStore state, RunnerOptions options)
{
    readonly StepExecutor _executor = new(session, state, options);
    readonly ReplicaLag _lag = new(options);

    /// <summary>The steps that a rollout's journal counts.</summary>
    public static IReadOnlyList<Step> StepsOf(RolloutRow rollout) => rollout.Phase switch
    {
        RolloutPhase.Completed => rollout.Plan.AfterComplete,
        RolloutPhase.RolledBack => rollout.Plan.AfterRollback,
        _ => [.. rollout.Plan.Start.SelectMany(stage => stage.Steps)],
    };

    public async Task<IReadOnlyList<string>> CompleteAsync(CancellationToken ct)
    {
        if (await FinishAsync(ct) is { Phase: RolloutPhase.Completed } finished)
            return finished.Names;
        var (rollout, isOurs) = await state.RolloutAsync(ct) is { } own ? (own, true) : (await TakeOverAsync(ct), false);
        if (rollout.Phase == RolloutPhase.Starting)
            throw new PgRollException(ExitReason.NotNow, $"The start of '{rollout.Migration}' was interrupted. Run `start` again to go on, or `rollback`.");
        await new RunnerRights(session, options).RequireAsync("complete", rollout.Plan, rollout.Plan.PreviousVersionSchema, ct);
        if (isOurs)
            // Rows that came past the trigger (somebody had it disabled) are still marked.
            foreach (var backfill in rollout.Plan.Start.SelectMany(stage => stage.Steps).OfType<BackfillStep>())
                await new Backfiller(session, state, options, _lag).RunAsync(backfill, ct);
        await _executor.InTransactionAsync("complete", rollout.Plan.Complete, rollout.Plan.CompleteLocks,
            ready: () => new Dependents(session).RefuseAsync($"Migration '{rollout.Migration}' cannot be completed", rollout.Plan, ct),
            check: async () =>
            {
                await new ForeignObjects(session).RefuseAsync("complete", rollout.Plan.PreviousVersionSchema, rollout.Plan.PreviousViews, ct);
                await CheckUnchangedAsync(rollout, ct);
                if (!isOurs)
                    await state.InsertRolloutAsync(rollout, ct);
            },
            after: async () =>
            {
                await state.CompleteMigrationAsync(rollout, ct);
                await state.DeleteBackfillsAsync(ct);
                await state.SetPhaseAsync(RolloutPhase.Completed, 0, null, ct);
            }, ct);
        await FinishAsync(ct);
        return rollout.Names;
    }

    public async Task<IReadOnlyList<string>> RollbackAsync(CancellationToken ct)
    {
        if (await FinishAsync(ct) is { Phase: RolloutPhase.RolledBack } finished)
            return finished.Names;
        var (rollout, undo, isOurs) = await ToRollBackAsync(ct);
        await new RunnerRights(session, options).RequireAsync("rollback", rollout.Plan, rollout.Plan.VersionSchema, ct);
        await _executor.InTransactionAsync("rollback", undo, rollout.Plan.RollbackLocks,
            ready: static () => Task.CompletedTask,
            check: async () =>
            {
                await new ForeignObjects(session).RefuseAsync("rollback", rollout.Plan.VersionSchema, HasRawSql(rollout) ? await ViewsAsync(rollout.Plan, ct) : rollout.Plan.Views, ct);
                if (!isOurs)
                    await state.InsertRolloutAsync(rollout, ct);
            },
            after: async () =>
            {
                await state.DeleteMigrationAsync(ct);
                await state.DeleteBackfillsAsync(ct);
                await state.SetPhaseAsync(RolloutPhase.RolledBack, 0, null, ct);
            }, ct);
        await FinishAsync(ct);
        return rollout.Names;
    }

    /// <summary>Does what an earlier complete or rollback left to be done after its transaction; the rollout it belonged to, or null.</summary>
    public async Task<RolloutRow?> FinishAsync(CancellationToken ct)
    {
        if (await state.RolloutAsync(ct) is not { Phase: RolloutPhase.Completed or RolloutPhase.RolledBack } rollout)
        {
            await new Leftovers(session, state, options).ClearAsync(ct);
            return null;
        }
        var refused = await _executor.AfterwardsAsync(StepsOf(rollout), rollout.Done, ct);
        await state.DeleteRolloutAsync(ct);
        return refused.Count == 0 ? rollout : throw new PgRollException(ExitReason.NeedsAttention,
            $"Migration '{rollout.Migration}' is complete, but its SQL that runs after that was refused, and will not be run again. Take away what it left, such as an invalid index, and run it yourself:{Environment.NewLine}{string.Join(Environment.NewLine, refused)}");
    }

    /// <summary>Those that the version schema holds: whose each is, nobody knows.</summary>
    Task<IReadOnlyList<string>> ViewsAsync(Plan plan, CancellationToken ct) => session.QueryAsync(
        "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'v'",
        static row => row.GetString(0), ct, plan.VersionSchema);

    /// <summary>Then the version shows what the plan could not know.</summary>
    static bool HasRawSql(RolloutRow rollout) => rollout.Plan.Start.Any(stage => stage.Steps.Any(step => step is PublishStep));

    async Task<(RolloutRow Rollout, IReadOnlyList<Step> Undo, bool IsOurs)> ToRollBackAsync(CancellationToken ct)
    {
        if (await state.RolloutAsync(ct) is { } rollout)
        {
            // Of what is not done, only an index build can have left something: it alone is not in a transaction with its journal.
            var steps = StepsOf(rollout);
            var done = rollout.Phase == RolloutPhase.Starting ? steps.Take(rollout.Done).Concat(steps.Skip(rollout.Done).Take(1).OfType<IndexStep>()) : steps;
            return (rollout, [.. done.Reverse().Where(s => s.Undo is not null).Select(s => new SqlStep(s.Why, s.Undo!))], true);
        }
        var pgrolls = await new PgrollTakeover(session, state, options).ToRollBackAsync(ct) ?? throw NothingActive("rollback");
        return (pgrolls.Rollout, pgrolls.Undo, false);
    }

    /// <summary>What pgroll started, with all that our complete relies on.</summary>
    async Task<RolloutRow> TakeOverAsync(CancellationToken ct)
    {
        var takeover = new PgrollTakeover(session, state, options);
        var rollout = await takeover.ToCompleteAsync(ct) ?? throw NothingActive("complete");
        await _executor.SupplementAsync(rollout.Plan, ct);
        return rollout with { Fingerprint = await new Fingerprint(session).OfAsync(rollout.Plan.TouchedTables, options.Schema, ct) };
    }

    PgRollException NothingActive(string command) => new(ExitReason.NotNow, $"No migration is active on schema '{options.Schema}'; {command} has nothing to do.");

    async Task CheckUnchangedAsync(RolloutRow rollout, CancellationToken ct)
    {
        if (rollout.Fingerprint is { } expected && await new Fingerprint(session).OfAsync(rollout.Plan.TouchedTables, options.Schema, ct) != expected)
            throw new PgRollException(ExitReason.NotNow,
                $"Tables of '{rollout.Migration}' were changed since it was started ({string.Join(", ", rollout.Plan.TouchedTables)}), behind the plan that complete would carry out. Undo the change, or run `rollback` and `start` again.");
    }
}
