namespace PgRoll.Build.Model;

/// <summary>How a table is divided into partitions, and what some of them have for themselves.</summary>
/// <param name="KeyColumns">The columns that decide, at any level of the tree, which partition a row belongs to; those in expressions among them.</param>
public sealed record Partitioning(IReadOnlyList<string> KeyColumns)
{
    /// <summary>Partitions that are foreign tables: another server stores their rows.</summary>
    public IReadOnlyList<string> ForeignTables { get; init; } = [];

    /// <summary>What single partitions have without their parent: a change of the parent does not concern it.</summary>
    public IReadOnlyList<PartitionObject> OwnObjects { get; init; } = [];

    internal Partitioning RenameColumn(string from, string to)
    {
        IReadOnlyList<string> Rename(IReadOnlyList<string> columns) => [.. columns.Select(c => c == from ? to : c)];
        return this with
        {
            KeyColumns = Rename(KeyColumns),
            OwnObjects = [.. OwnObjects.Select(o => o with { Columns = Rename(o.Columns) })],
        };
    }
}

/// <summary>Something that one partition has and its parent has not.</summary>
/// <param name="Description">What it is and where, in words.</param>
/// <param name="Columns">The columns that it is about.</param>
public sealed record PartitionObject(string Description, IReadOnlyList<string> Columns);
