namespace PgRoll.Build.Statements.Effects;

/// <summary>CREATE TABLE: what it locks besides the table that nobody uses yet.</summary>
static class CreateEffects
{
    public static IEnumerable<TableEffect> Of(CreateTable create)
    {
        foreach (var key in create.Constraints.OfType<ForeignKeyDefinition>())
            if (key.Referenced.Name != create.Table.Name)
                yield return new(key.Referenced, TableLock.ShareRowExclusive);
        foreach (var parent in create.Inherits)
            yield return new(parent, TableLock.ShareUpdateExclusive);
        if (create.PartitionOf is { } partitioned)
            yield return new(partitioned, TableLock.AccessExclusive);
    }
}
