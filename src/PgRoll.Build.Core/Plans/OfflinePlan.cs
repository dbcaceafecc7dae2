namespace PgRoll.Build.Plans;

/// <summary>Plans a migration without a database: on the schema that the files before it make, for the oldest supported server.</summary>
static class OfflinePlan
{
    /// <param name="set">Migrations without errors.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="usesVersionSchema">Whether versions are published.</param>
    /// <param name="exposesXmin">Whether the version's views show <c>xmin</c>.</param>
    public static Plan Of(MigrationSet set, int index, bool usesVersionSchema = true, bool exposesXmin = false)
    {
        var (migration, before, after) = (set.History[index].Migration, set.History[index].Before, set.History[index].After);
        var previous = index > 0 ? set.History[index - 1].Migration : null;
        return Planner.Plan(new(
            [migration], before, after,
            usesVersionSchema ? migration.VersionSchema(set.BaseSchema) : null,
            usesVersionSchema ? previous?.VersionSchema(set.BaseSchema) : null,
            ServerFacts.Offline) { ExposesXmin = exposesXmin });
    }
}
