using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Effects;

/// <summary>VACUUM, ANALYZE, REINDEX, CLUSTER and REFRESH.</summary>
static class MaintenanceEffects
{
    public static IEnumerable<TableEffect> Of(MaintenanceStatement maintenance, Schema schema)
    {
        var (held, work) = Of(maintenance);
        return maintenance.TargetKind switch
        {
            ObjectKind.Table or ObjectKind.MaterializedView => maintenance.Targets.Select(table => new TableEffect(table, held, work)),
            ObjectKind.Index => from index in maintenance.Targets
                                where (index.Schema ?? schema.Name) == schema.Name
                                let owner = schema.FindIndexOwner(index.Name)
                                where owner is not null
                                select new TableEffect(Known.Name(owner.Name, null, index), held, work),
            _ => [],
        };
    }

    /// <summary>What it takes on each of its tables, and does with their rows.</summary>
    public static (TableLock Lock, TableWork Work) Of(MaintenanceStatement maintenance) => maintenance switch
    {
        { Kind: Maintenance.Vacuum, IsFull: false } => (TableLock.ShareUpdateExclusive, TableWork.Scan),
        { Kind: Maintenance.Analyze } => (TableLock.ShareUpdateExclusive, TableWork.None), // a sample
        { Kind: Maintenance.Refresh, Concurrently: true } => (TableLock.Exclusive, TableWork.Scan),
        { Kind: Maintenance.Reindex, Concurrently: true } => (TableLock.ShareUpdateExclusive, TableWork.IndexBuild),
        { Kind: Maintenance.Reindex } => (TableLock.Share, TableWork.IndexBuild),
        _ => (TableLock.AccessExclusive, TableWork.Rewrite),
    };
}
