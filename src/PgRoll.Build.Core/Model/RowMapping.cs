using PgRoll.Build.SqlText;

namespace PgRoll.Build.Model;

/// <summary>
/// How one operation maps a row of the version before it to a row of the version after it, and back. A rollout's mappings, in
/// order, are all that its sync trigger and its backfill are made of.
/// </summary>
public abstract record RowMapping
{
    private protected RowMapping() { }
}

/// <summary>Columns that both versions show, each with values of its own.</summary>
/// <param name="Columns">The columns; their expressions see the row as it was before any of them changed.</param>
/// <param name="Before">The table's columns in the version before, which <c>up</c> reads.</param>
/// <param name="After">The table's columns in the version after, which <c>down</c> reads.</param>
public sealed record ColumnsChanged(IReadOnlyList<ColumnChanged> Columns, IReadOnlyList<Column> Before, IReadOnlyList<Column> After) : RowMapping;

/// <summary>One of the <see cref="ColumnsChanged"/>.</summary>
/// <param name="Column">Its name, the same in both versions.</param>
/// <param name="Up">Its value in the version after, from a row of the version before.</param>
/// <param name="Down">Its value in the version before, from a row of the version after.</param>
public sealed record ColumnChanged(string Column, SqlExpression Up, SqlExpression Down);

/// <summary>A column that only the version after has.</summary>
/// <param name="Column">The column.</param>
/// <param name="Up">Its value for rows of the version before; null where its default serves.</param>
/// <param name="Before">The table's columns in the version before, which <c>up</c> reads.</param>
public sealed record ColumnAdded(Column Column, SqlExpression? Up, IReadOnlyList<Column> Before) : RowMapping;

/// <summary>A column that only the version before has.</summary>
/// <param name="Column">The column.</param>
/// <param name="Down">Its value for rows of the version after; null where its default serves.</param>
/// <param name="After">The table's columns in the version after, which <c>down</c> reads.</param>
public sealed record ColumnDropped(Column Column, SqlExpression? Down, IReadOnlyList<Column> After) : RowMapping;

/// <summary>A column that the two versions call by different names.</summary>
/// <param name="From">Its name in the version before.</param>
/// <param name="To">Its name in the version after.</param>
public sealed record ColumnRenamed(string From, string To) : RowMapping;
