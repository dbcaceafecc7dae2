using PgRoll.Build.SqlText;

namespace PgRoll.Build.Model;

/// <summary>How a column's values are stored and counted, where it differs from what its type has by itself.</summary>
public sealed record ColumnSettings
{
    /// <summary>Everything as the type has it.</summary>
    public static ColumnSettings None { get; } = new();

    /// <summary>How many values ANALYZE keeps; null for the server's setting.</summary>
    public int? StatisticsTarget { get; init; }

    /// <summary>PLAIN, EXTERNAL, EXTENDED or MAIN; null for the type's own.</summary>
    public string? Storage { get; init; }

    /// <summary>The method that compresses values; null for the server's setting.</summary>
    public string? Compression { get; init; }

    /// <summary>Attribute options such as <c>n_distinct</c>, the text between SET's parentheses, or null.</summary>
    public SqlClause? Options { get; init; }
}
