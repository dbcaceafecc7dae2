using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>Columns that change together because a constraint over them comes or goes: each maps its own value, all see the same row.</summary>
static class ColumnMappings
{
    public static void Validate(
        Schema before, Table table, IReadOnlyList<string> columns,
        IReadOnlyDictionary<string, SqlExpression> up, IReadOnlyDictionary<string, SqlExpression> down, Report report)
    {
        foreach (var column in columns)
        {
            if (up.TryGetValue(column, out var toNew))
                report.Columns(before, toNew, table.Name, table.Columns, "old", DocumentPath.Join("up", column));
            if (down.TryGetValue(column, out var toOld))
                report.Columns(before, toOld, table.Name, table.Columns, "new", DocumentPath.Join("down", column));
        }
    }

    /// <summary>The schema with a second half for each column, and the mapping between the halves; in a new table the columns themselves change.</summary>
    public static Schema Apply(
        Schema before, Table table, IReadOnlyList<string> columns, Func<Column, Column> change,
        IReadOnlyDictionary<string, SqlExpression> up, IReadOnlyDictionary<string, SqlExpression> down, Func<Schema, Table, Table> more)
    {
        IReadOnlyList<Column> after = [.. columns.Distinct().Select(c => change(table.Find(c)!))];
        if (table.IsNew)
            return before.Replace(table, t => more(before, after.Aggregate(t, (changed, column) => changed.Replace(column.Name, _ => column))));
        var copied = before.CopyColumns(table, after);
        IReadOnlyList<ColumnChanged> changes =
            [.. columns.Select(c => new ColumnChanged(c, up.TryGetValue(c, out var u) ? u : SqlExpression.Column(c), down.TryGetValue(c, out var d) ? d : SqlExpression.Column(c)))];
        return copied
            .Replace(table, t => more(copied, t))
            .Replace(table, t => t.Map(new ColumnsChanged(changes, table.Columns, t.Columns)));
    }
}
