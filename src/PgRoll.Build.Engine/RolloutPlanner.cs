using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine;

/// <summary>Plans a rollout against the database as it is, by the same code that plans offline.</summary>
sealed class RolloutPlanner(Session session, StateStore state, RunnerOptions options)
{
    /// <summary>The plan for the first migration that the history lacks; null where it has them all.</summary>
    public async Task<PlannedRollout?> PlanAsync(IReadOnlyList<MigrationFile> files, IReadOnlyList<HistoryRow> history, CancellationToken ct)
    {
        var known = new HashSet<string>(history.Select(h => h.Name));
        var pending = files.Where(f => !known.Contains(f.Name)).ToList();
        if (pending.Count == 0)
            return null;
        var latest = history.Count == 0 ? null : await state.LatestVersionAsync(ct);
        var previous = latest is null ? null : GeneratedNames.VersionSchema(options.Schema, latest);
        var schema = await new SchemaReader(session).ReadAsync(options.Schema, previous, ct);
        if (history.Count == 0 && schema.Tables.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"Schema '{options.Schema}' has tables but no migration history. Make the present state the baseline first.");
        var set = MigrationSet.Check([pending[0]], schema);
        if (set.HasErrors)
            throw new PgRollException([.. set.Diagnostics.Where(d => d.Severity == Severity.Error)]);
        var entry = set.History[0];
        var version = options.UseVersionSchema ? entry.Migration.VersionSchema(options.Schema) : null;
        var plan = Planner.Plan(new([entry.Migration], schema, entry.After, version, previous, new ServerFacts(session.Major)));
        return new(entry.Migration, plan, Checksum.Of(entry.Migration));
    }
}

/// <summary>A rollout about to start.</summary>
sealed record PlannedRollout(Migration Migration, Plan Plan, string Checksum);
