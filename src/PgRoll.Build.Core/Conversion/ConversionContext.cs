using PgRoll.Build.Model;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>What is known where a statement stands.</summary>
sealed class ConversionContext(Schema schema)
{
    readonly HashSet<string> newTables = [];
    readonly HashSet<(string Table, string Column)> emptyColumns = [];

    /// <summary>The schema as the statements before made it. What is not in it may be there all the same.</summary>
    public Schema Schema { get; set; } = schema;

    /// <summary>The schema of names that have none.</summary>
    public string Place { get; set; } = schema.Name;

    /// <summary>Whether an object belongs to the base schema, which is what operations are about.</summary>
    public bool IsOurs(ObjectName name) => (name.Schema ?? Place) == Schema.Name;

    /// <summary>Notes a table that has no rows yet.</summary>
    public void AddTable(string table) => newTables.Add(table);

    /// <summary>Notes a column that is NULL in all rows.</summary>
    public void AddEmptyColumn(string table, string column) => emptyColumns.Add((table, column));

    /// <summary>Rows may have been written: nothing is empty any more.</summary>
    public void ForgetEmptiness()
    {
        newTables.Clear();
        emptyColumns.Clear();
    }

    /// <summary>Whether the table was made just now, and holds no rows.</summary>
    public bool IsNew(string table) => newTables.Contains(table);

    /// <summary>Whether no row has a value in any of these columns.</summary>
    public bool IsEmpty(string table, IEnumerable<string> columns) => IsNew(table) || columns.All(c => emptyColumns.Contains((table, c)));

    /// <summary>A column, or null where nothing is known of it.</summary>
    public Column? Find(string table, string column) => Schema.Find(table)?.Find(column);
}

/// <summary>What a statement becomes.</summary>
/// <param name="Operations">Operations, in order.</param>
/// <param name="Reason">Why it is SQL instead; null where it is not.</param>
sealed record Converted(IReadOnlyList<OperationNode> Operations, string? Reason)
{
    /// <summary>What a person should know of it, or null.</summary>
    public string? Remark { get; init; }

    public static Converted To(params OperationNode[] operations) => new(operations, null);

    public static Converted Sql(string reason) => new([], reason);

    /// <summary>It has no effect.</summary>
    public static Converted Nothing(string remark) => new([], null) { Remark = remark };
}
