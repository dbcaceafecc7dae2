using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting;

/// <summary>An expression that computes a column of one version from a row of the other, in a table that both versions have.</summary>
/// <param name="Place">The operation.</param>
/// <param name="Field">The field that holds the expression.</param>
/// <param name="IsUp">Whether it computes the new version's value.</param>
/// <param name="Expression">The expression.</param>
/// <param name="Table">The table as the expression reads it.</param>
/// <param name="Column">The column whose value it is.</param>
sealed record Mapping(LintedOperation Place, string Field, bool IsUp, SqlExpression Expression, Table Table, string Column)
{
    /// <summary>Whether one version alone has the column: then there is no value that this one replaces.</summary>
    public bool IsOfOneVersion => Place.Operation is AddColumn or DropColumn;

    /// <summary>The mappings of an operation.</summary>
    public static IEnumerable<Mapping> Of(LintedOperation place) => place.Operation switch
    {
        AddColumn o => Of(place, o.Table, o.Column.Name, o.Up, null),
        DropColumn o => Of(place, o.Table, o.Column, null, o.Down),
        AlterColumn o => Of(place, o.Table, o.Column, o.Up, o.Down),
        DropConstraint o when place.Before.Find(o.Table)?.FindConstraint(o.Constraint)?.Columns is [var column] => Of(place, o.Table, column, o.Up, o.Down),
        CreateConstraint o => Of(place, o.Table, o.Up, o.Down),
        DropMulticolumnConstraint o => Of(place, o.Table, o.Up, o.Down),
        _ => [],
    };

    static IEnumerable<Mapping> Of(
        LintedOperation place, string table, IReadOnlyDictionary<string, SqlExpression> up, IReadOnlyDictionary<string, SqlExpression> down) =>
        from column in up.Keys.Union(down.Keys)
        from mapping in Of(place, table, column, up.TryGetValue(column, out var toNew) ? toNew : null, down.TryGetValue(column, out var toOld) ? toOld : null)
        select mapping with { Field = DocumentPath.Join(mapping.Field, column) };

    static IEnumerable<Mapping> Of(LintedOperation place, string table, string column, SqlExpression? up, SqlExpression? down)
    {
        if (place.Before.Find(table) is not { IsNew: false } before || place.After.Find(table) is not { } after)
            yield break;
        if (up is not null)
            yield return new(place, "up", true, up, before, column);
        if (down is not null)
            yield return new(place, "down", false, down, after, column);
    }
}
