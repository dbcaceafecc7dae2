using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>What cannot be done to a table in parts.</summary>
static class PartitionChecks
{
    /// <summary>What the server cannot do to the whole of a partitioned table while clients write.</summary>
    public static void NotPartitioned(this Report report, Table table, string at, string what)
    {
        if (table.IsPartitioned)
            report.Add(ReferenceRules.NoOnlinePath, at, $"'{table.Name}' is partitioned: {what}");
    }

    /// <summary>The table of a foreign partition is on another server, which would not get the column.</summary>
    public static void NoForeignPartitions(this Report report, Table table, string at)
    {
        if (table.Partitioning is { ForeignTables: { Count: > 0 } foreign })
            report.Add(ReferenceRules.NoOnlinePath, at, $"'{table.Name}' has partitions that are foreign tables ({string.Join(", ", foreign)}): their columns are another server's");
    }

    /// <summary>Rows are where the value of the key says: another value would be another partition's.</summary>
    public static void NotInPartitionKey(this Report report, Table table, string column, string at)
    {
        if (table.Partitioning?.KeyColumns.Contains(column) == true)
            report.Add(ReferenceRules.NoOnlinePath, at, $"'{column}' is part of the key by which '{table.Name}' is partitioned");
    }

    /// <summary>A column that gets a second half: everything that names it must be there for that half as well, in each partition.</summary>
    public static void CopyInPartitions(this Report report, Schema schema, Table table, Column column, string at)
    {
        foreach (var (owner, key) in schema.ForeignKeysTo(table.Name))
            if (owner.IsPartitioned && key.ReferencedColumns.Contains(column.Name))
                report.Add(ReferenceRules.NoOnlinePath, at, $"The foreign key '{key.Name}' of '{owner.Name}', which is partitioned, points to '{column.Name}': its copy cannot be validated while clients write");
        if (table.Partitioning is not { } partitioning)
            return;
        report.NoForeignPartitions(table, at);
        report.NotInPartitionKey(table, column.Name, at);
        void Refuse(string what) => report.Add(ReferenceRules.NoOnlinePath, at, $"'{table.Name}' is partitioned, and {what}");
        if (column.Identity is not null)
            Refuse($"'{column.Name}' is an identity column, which partitions do not take over");
        foreach (var constraint in table.Constraints.Where(c => c is not CheckConstraint && c.Uses(column.Name.Equals)))
            Refuse($"'{constraint.Name}' names '{column.Name}': its copy cannot be built for all partitions while clients write");
        foreach (var index in table.Indexes.Where(i => i.Columns.Contains(column.Name)))
            Refuse($"the index '{index.Name}' names '{column.Name}': its copy cannot be built for all partitions while clients write");
        foreach (var own in partitioning.OwnObjects.Where(o => o.Columns.Contains(column.Name)))
            Refuse($"{own.Description} would be lost with the old half of '{column.Name}'");
    }
}
