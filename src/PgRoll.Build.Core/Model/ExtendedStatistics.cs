using PgRoll.Build.SqlText;

namespace PgRoll.Build.Model;

/// <summary>What CREATE STATISTICS makes: how several columns, or expressions over them, hang together.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Targets">The columns and expressions, as they follow ON.</param>
public sealed record ExtendedStatistics(string Name, SqlClause Targets)
{
    /// <summary>Its name in the database.</summary>
    public string Physical { get => field ?? Name; init; }

    /// <summary>Its schema; null for the table's own.</summary>
    public string? Schema { get; init; }

    /// <summary>The kinds in their parentheses; null for all that the server has.</summary>
    public SqlClause? Kinds { get; init; }

    /// <summary>The columns that it names.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>How many values ANALYZE keeps; null for what the columns have.</summary>
    public int? Target { get; init; }

    /// <summary>The comment, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Its owner; null for whoever reads it.</summary>
    public string? Owner { get; init; }
}
