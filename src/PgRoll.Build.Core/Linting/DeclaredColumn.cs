using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting;

/// <summary>A column that an operation gives a type.</summary>
/// <param name="Place">The operation.</param>
/// <param name="Field">The field that describes the column; "" for the operation's own.</param>
/// <param name="Table">The table.</param>
/// <param name="Name">The column's name.</param>
/// <param name="Type">Its type.</param>
sealed record DeclaredColumn(LintedOperation Place, string Field, string Table, string Name, SqlType Type)
{
    /// <summary>The field that holds the type.</summary>
    public string TypeField => Field.Length == 0 ? "type" : $"{Field}.type";

    /// <summary>The type without brackets of an array.</summary>
    public string ElementType => Type.Canonical.TrimEnd('[', ']');

    /// <summary>The type's name where it is one that somebody must have made, and its schema is left open; else null.</summary>
    public string? OpenTypeName =>
        Type.SerialOf is not null || ElementType.IndexOfAny(['.', ' ', '(']) is var end && end >= 0 && ElementType[end] != '(' ? null
        : (end < 0 ? ElementType : ElementType.Substring(0, end)).Trim('"');

    /// <summary>The columns of an operation.</summary>
    public static IEnumerable<DeclaredColumn> Of(LintedOperation place) => place.Operation switch
    {
        CreateTable o => o.Columns.Select((column, i) => new DeclaredColumn(place, $"columns[{i}]", o.Table, column.Name, column.Type)),
        AddColumn o => [new(place, "column", o.Table, o.Column.Name, o.Column.Type)],
        AlterColumn { Type: { } type } o => [new(place, "", o.Table, o.Column, type)],
        _ => [],
    };
}
