using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>What each kind of statement becomes.</summary>
static class StatementConversion
{
    public static Converted Convert(ConversionContext context, ScriptStatement statement) => statement.Value switch
    {
        CreateTable create => CreateTableConversion.Convert(context, create, statement.Comments),
        AlterTable { Actions.Count: 1 } alter => AlterTableConversion.Convert(context, alter, statement.Text, statement.Fill),
        CreateIndex create => IndexConversion.Convert(context, create),
        DropObjects { Kind: ObjectKind.Table or ObjectKind.Index } drop => Drop(context, drop),
        CommentOn comment => Comment(context, comment),
        UnknownStatement unknown => Converted.Sql($"not understood: {unknown.Problem}") with { Remark = $"kept as SQL, which nothing here understands: {unknown.Problem}" },
        CreateObject create => Converted.Sql($"no operation makes {Kind(create.Kind)}"),
        CreateEnum or CreateDomain => Converted.Sql("no operation makes a type"),
        DropObjects drop => Converted.Sql($"no operation drops {Kind(drop.Kind)}"),
        AlterObject alter => Converted.Sql($"no operation changes {Kind(alter.Kind)}"),
        PrivilegeStatement => Converted.Sql("no operation is about privileges"),
        ChangeRows or Truncate => Converted.Sql("no operation writes rows"),
        Query { Into: not null } => Converted.Sql("no operation makes a table of a query"),
        Query => Converted.Sql("no operation runs a query"),
        CodeStatement => Converted.Sql("what the code does is not known"),
        MaintenanceStatement => Converted.Sql("no operation maintains tables"),
        _ => Converted.Sql("no operation does this"),
    };

    static Converted Drop(ConversionContext context, DropObjects drop)
    {
        if (drop.Names.FirstOrDefault(n => !context.IsOurs(n)) is { } other)
            return Converted.Sql($"{other} is not in schema {context.Schema.Name}");
        var isTable = drop.Kind is ObjectKind.Table;
        bool IsKnown(ObjectName name) => isTable ? context.Schema.Find(name.Name) is not null : context.Schema.FindIndexOwner(name.Name) is not null;
        if (drop.IfExists && drop.Names.FirstOrDefault(n => !IsKnown(n)) is { } missing)
            return Converted.Sql($"whether {missing} exists is not known here");
        return Converted.To([.. drop.Names.Select(n => OperationNode.Of(isTable ? "drop_table" : "drop_index", ("name", Nodes.Text(n.Name))))]) with
        {
            Remark = drop.Cascade ? $"DROP {drop.Kind.ToString().ToUpperInvariant()} {string.Join(", ", drop.Names)} CASCADE: what depends on it must go first; `start` names it" : null,
        };
    }

    static Converted Comment(ConversionContext context, CommentOn comment) =>
        comment is { Kind: ObjectKind.Column, Target: { } table, Part: { } column } && context.IsOurs(table)
            ? Converted.To(AlterColumnConversion.Of(table.Name, column, ("comment", comment.Text is { } text ? Nodes.Text(text) : Nodes.Null)))
            : Converted.Sql($"no operation comments on {Kind(comment.Kind)}{(comment.Kind is ObjectKind.Table ? " that is there" : "")}");

    /// <summary>A kind of object with its article.</summary>
    static string Kind(ObjectKind kind)
    {
        var words = string.Concat(kind.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
        return kind is ObjectKind.Statistics or ObjectKind.DefaultPrivileges ? words : $"{(words[0] is 'a' or 'e' or 'i' or 'o' ? "an" : "a")} {words}";
    }
}
