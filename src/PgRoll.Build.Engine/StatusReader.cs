using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine;

/// <summary>Reads what a database is at.</summary>
sealed class StatusReader(Session session, StateStore state, RunnerOptions options)
{
    public async Task<RunnerStatus> ReadAsync(CancellationToken ct)
    {
        var history = await state.HistoryAsync(ct);
        var version = await state.LatestVersionAsync(ct);
        var rollout = await RolloutAsync(ct);
        var newest = history.Count == 0 ? null : history[^1];
        var words = newest is { IsDone: false } ? "In progress" : newest is null ? "No migrations" : "Complete";
        return new(options.Schema, words, version ?? "")
        {
            Migration = newest?.Name,
            VersionSchema = version is null ? null : GeneratedNames.VersionSchema(options.Schema, version),
            Phase = rollout?.Phase.ToString() ?? (newest is { IsDone: false } ? "Active" : null),
            PgrollObstacle = await state.ObstacleAsync(ct),
            StepsDone = rollout is null ? 0 : rollout.Phase == RolloutPhase.Active ? RolloutEnd.StepsOf(rollout).Count : rollout.Done,
            Steps = rollout is null ? 0 : RolloutEnd.StepsOf(rollout).Count,
            StartedAt = newest?.CreatedAt,
        };
    }

    /// <summary>A database that only pgroll has initialised has no rollouts of ours, nor a table for them; one that pgroll ended is none.</summary>
    async Task<RolloutRow?> RolloutAsync(CancellationToken ct)
    {
        if (!await session.ScalarAsync<bool>("SELECT pg_catalog.to_regclass(pg_catalog.format('%I.rollouts', $1)) IS NOT NULL", ct, options.StateSchema))
            return null;
        var rollout = await state.RolloutAsync(ct);
        return rollout is { Phase: RolloutPhase.Starting or RolloutPhase.Active } && !await state.IsRolloutActiveAsync(ct) ? null : rollout;
    }
}
