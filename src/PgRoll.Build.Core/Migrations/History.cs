using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;

namespace PgRoll.Build.Migrations;

/// <summary>
/// Replays migrations: each operation is validated against the schema that the ones before it made, and then changes it. Schemas are
/// values, so every migration keeps its before and after, and an operation that builds on another of the same migration is no
/// special case.
/// </summary>
static class History
{
    /// <summary>Each migration as a rollout of its own, one after the other.</summary>
    public static IEnumerable<HistoryEntry> Replay(Schema schema, IEnumerable<Migration> migrations, Report report)
    {
        foreach (var migration in migrations)
        {
            var after = Apply(schema, [migration], report);
            yield return new(migration, schema, after);
            schema = after.Settled();
        }
    }

    /// <summary>The schema after several migrations that are rolled out together; provisional names and mappings are kept.</summary>
    public static Schema Apply(Schema schema, IEnumerable<Migration> migrations, Report report)
    {
        foreach (var migration in migrations)
        {
            var at = report.For(migration.Document);
            if (migration.IsPartlyRead)
                schema = schema with { IsPartlyUnknown = true };
            for (var i = 0; i < migration.Operations.Count; i++)
            {
                var operation = migration.Operations[i];
                operation.Validate(schema, at.At(migration.Places[i]));
                schema = operation.Apply(schema);
            }
        }
        return schema;
    }
}

/// <summary>A migration between two schemas.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Before">The schema before it.</param>
/// <param name="After">The schema after it, as the rollout knows it: provisional names and mappings included.</param>
public sealed record HistoryEntry(Migration Migration, Schema Before, Schema After);
