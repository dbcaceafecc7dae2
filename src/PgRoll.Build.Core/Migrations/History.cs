using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Statements.Replay;

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
            schema = Understood(after.Settled() with { IsPartlyUnknown = schema.IsPartlyUnknown || migration.IsPartlyRead }, migration);
        }
    }

    /// <summary>With what its raw SQL does, which runs past the rollout's plan: the schema of the migrations after it.</summary>
    internal static Schema Understood(Schema schema, Migration migration)
    {
        foreach (var raw in migration.Operations.OfType<RawSqlOperation>().OrderBy(o => o.OnComplete))
            (schema, _) = SchemaReplay.Apply(schema, raw.Statements);
        return schema;
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
