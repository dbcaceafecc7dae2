using PgRoll.Build.Documents;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>ALTER TABLE … ALTER COLUMN.</summary>
static class AlterColumnConversion
{
    /// <summary>alter_column of these fields.</summary>
    public static OperationNode Of(string table, Name column, params (string Key, Node? Value)[] fields) =>
        OperationNode.Of("alter_column", [("table", Nodes.Text(table)), ("column", Nodes.Text(column.Text)), .. fields]);

    public static Converted Type(ConversionContext context, string table, ChangeTypeAction change)
    {
        if (change.Collation is not null)
            return Converted.Sql("alter_column does not know collations");
        var name = change.Column.Text;
        var old = context.Find(table, name)?.Type;
        if (old is not null && change.Using is null && SqlType.SameType(old, change.Type))
            return Converted.Nothing($"left out: ALTER COLUMN {name} TYPE, which is {change.Type} already");
        var down = old is not null && change.Using is null && TypeChange.IsWidening(change.Type, old)
            ? Placeholder.Itself(name)
            : old is not null && (context.IsNew(table) || change.Using is null && TypeChange.IsWidening(old, change.Type))
            ? $"{Placeholder.Itself(name)}::{old}"
            : Placeholder.For($"what the old version reads in '{name}'{(old is null ? "" : $" ({old})")} of what the new version writes ({change.Type})");
        return Converted.To(Of(table, change.Column,
            ("type", Nodes.Text(change.Type.Text)),
            ("up", Nodes.Text(change.Using?.Value.Text ?? Placeholder.Itself(name))),
            ("down", Nodes.Text(down))));
    }

    public static Converted Nullability(ConversionContext context, string table, ChangeNullabilityAction change, string? fill)
    {
        var name = change.Column.Text;
        if (context.Find(table, name) is { } known && known.IsNullable == change.IsNullable)
            return Converted.Nothing($"left out: ALTER COLUMN {name} {(change.IsNullable ? "DROP" : "SET")} NOT NULL, which is so already");
        var itself = Placeholder.Itself(name);
        var missing = context.IsNew(table) ? itself
            : fill is not null ? $"coalesce({itself}, {fill})"
            : Placeholder.For(change.IsNullable
                ? $"what the old version reads in '{name}' where the new version writes NULL, such as coalesce({itself}, …)"
                : $"the value of '{name}' in rows that have none, such as coalesce({itself}, …)");
        return Converted.To(Of(table, change.Column, ("nullable", Nodes.Bool(change.IsNullable)),
            ("up", Nodes.Text(change.IsNullable ? itself : missing)), ("down", Nodes.Text(change.IsNullable ? missing : itself))));
    }
}
