using PgRoll.Build.Plans;

namespace PgRoll.Build.Tasks;

/// <summary>What the last migration of a set would do, for those who review a build's output.</summary>
static class PlanFile
{
    public static string Write(MigrationSet set) =>
        $"-- The plan of {set.Migrations.Last().Name}, for the oldest supported server.\n{PlanScript.Write(OfflinePlan.Of(set, set.History.Count - 1))}";
}
