using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine;

/// <summary>Reads what a database is at.</summary>
sealed class StatusReader(Session session, StateStore state, RunnerOptions options)
{
    readonly Ident _schema = new(options.StateSchema);

    public async Task<RunnerStatus> ReadAsync(CancellationToken ct)
    {
        var history = await state.HistoryAsync(ct);
        var version = await state.LatestVersionAsync(ct);
        var rollout = await RolloutAsync(ct);
        var newest = history.Count == 0 ? null : history[^1];
        var versionSchema = version is null ? null : GeneratedNames.VersionSchema(options.Schema, version);
        var words = newest is { IsDone: false } ? "In progress" : newest is null ? "No migrations" : "Complete";
        return new(options.Schema, words, version ?? "")
        {
            Migration = newest?.Name,
            VersionSchema = versionSchema,
            // Until it is published, the newest version is the old one.
            PreviousVersionSchema = rollout is { Phase: RolloutPhase.Starting or RolloutPhase.Active } && rollout.Plan.PreviousVersionSchema != versionSchema ? rollout.Plan.PreviousVersionSchema : null,
            Phase = rollout?.Phase.ToString() ?? (newest is { IsDone: false } ? "Active" : null),
            PgrollObstacle = await state.ObstacleAsync(ct),
            StepsDone = rollout is null ? 0 : rollout.Phase == RolloutPhase.Active ? RolloutEnd.StepsOf(rollout).Count : rollout.Done,
            Steps = rollout is null ? 0 : RolloutEnd.StepsOf(rollout).Count,
            StartedAt = newest?.CreatedAt,
            Age = newest is null ? null : await session.ScalarAsync<TimeSpan>("SELECT pg_catalog.clock_timestamp() - $1", ct, newest.CreatedAt),
            Migrations = newest is { IsDone: true } ? [] : rollout is null ? newest is null ? [] : [newest.Name] : [.. rollout.Migrations.Select(m => m.Name)],
            Owner = rollout is null ? new Dictionary<string, string>() : await state.OwnerAsync(ct),
            Backfills = rollout is null ? [] : await BackfillsAsync(ct),
        };
    }

    Task<IReadOnlyList<BackfillStatus>> BackfillsAsync(CancellationToken ct) => session.QueryAsync(
        $"""
         SELECT table_name, coalesce(next_block::float8 / nullif(blocks, 0), 1), rows,
                coalesce((rows - since_rows)::float8 / nullif(seconds, 0), 0),
                CASE WHEN next_block < blocks THEN (blocks - next_block)::float8 * seconds / nullif(next_block - since_block, 0)::float8 END
         FROM {_schema}.backfills CROSS JOIN LATERAL (SELECT pg_catalog.date_part('epoch', updated_at - since) AS seconds) AS pace
         WHERE schema = $1 ORDER BY table_name
         """,
        static row => new BackfillStatus(row.GetString(0), row.GetDouble(1), row.GetInt64(2))
        {
            RowsPerSecond = row.GetDouble(3),
            Remaining = row.IsDBNull(4) ? null : TimeSpan.FromSeconds(row.GetDouble(4)),
        }, ct, options.Schema);

    /// <summary>A database that only pgroll has initialised has no rollouts of ours, nor a table for them; one that pgroll ended is none.</summary>
    async Task<RolloutRow?> RolloutAsync(CancellationToken ct)
    {
        if (!await session.ScalarAsync<bool>("SELECT pg_catalog.to_regclass(pg_catalog.format('%I.rollouts', $1)) IS NOT NULL", ct, options.StateSchema))
            return null;
        var rollout = await state.RolloutAsync(ct);
        return rollout is { Phase: RolloutPhase.Starting or RolloutPhase.Active } && !await state.IsRolloutActiveAsync(ct) ? null : rollout;
    }
}
