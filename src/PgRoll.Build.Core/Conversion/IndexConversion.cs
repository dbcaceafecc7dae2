using PgRoll.Build.Documents;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Conversion;

/// <summary>CREATE INDEX.</summary>
static class IndexConversion
{
    static readonly string[] methods = ["btree", "hash", "gist", "spgist", "gin", "brin"];

    public static Converted Convert(ConversionContext context, CreateIndex create)
    {
        var table = create.Table.Name;
        if (!context.IsOurs(create.Table))
            return Converted.Sql($"{create.Table} is not in schema {context.Schema.Name}");
        if (Unsayable(create) is { } reason)
            return Converted.Sql(reason);
        if (create.IfNotExists && create.Index is { } wanted && context.Schema.FindIndexOwner(wanted.Text) is not null)
            return Converted.Nothing($"left out: CREATE INDEX IF NOT EXISTS {wanted}, which is there");
        var name = create.Index?.Text ?? context.Schema.Choose(table, IndexReplay.Joined(create.Keys), "idx");
        return Converted.To(OperationNode.Of("create_index",
            ("name", Nodes.Text(name)),
            ("table", Nodes.Text(table)),
            ("columns", Nodes.List(create.Keys.Select(Key))),
            ("method", create.Method == "btree" ? null : Nodes.Text(create.Method)),
            ("unique", Nodes.Flag(create.IsUnique)),
            ("predicate", Nodes.Optional(create.Predicate?.Value.Text)),
            ("storage_parameters", Nodes.Optional(create.StorageParameters?.Text)))) with
        {
            Remark = create.IfNotExists ? $"CREATE INDEX IF NOT EXISTS {name}: taken for an index that is not there yet" : null,
        };
    }

    static string? Unsayable(CreateIndex create) => create switch
    {
        { Only: true } => "create_index does not know ONLY",
        { Include.Count: > 0 } => "create_index does not know INCLUDE",
        { NullsNotDistinct: true } => "create_index does not know NULLS NOT DISTINCT",
        { Tablespace: not null } => "create_index does not know tablespaces",
        _ when create.Keys.Any(k => k.Column is null) => "create_index takes columns, no expressions",
        _ when !methods.Contains(create.Method) => $"create_index does not know the method {create.Method}",
        _ => null,
    };

    static MappingNode Key(IndexKey key) => Nodes.Map(
        ("column", Nodes.Text(key.Column!.Text)),
        ("collate", Nodes.Optional(key.Collation?.Text)),
        ("sort", key.IsDescending ? Nodes.Text("DESC") : null),
        ("nulls", Nodes.Optional(key.NullsFirst is { } first ? first ? "FIRST" : "LAST" : null)),
        ("opclass", key.OperatorClass is { } opclass ? OperatorClass(opclass.Text) : null));

    static MappingNode OperatorClass(string text)
    {
        var tokens = SqlLexer.Significant(text);
        var open = tokens.TakeWhile(t => !t.IsSymbol("(")).Count();
        if (open == tokens.Count)
            return Nodes.Map(("name", Nodes.Text(text)));
        var inside = text.Substring(tokens[open].End, tokens[tokens.Count - 1].Start - tokens[open].End);
        return Nodes.Map(("name", Nodes.Text(text.Substring(0, tokens[open - 1].End))), ("params", Nodes.Texts([inside.Trim()])));
    }
}
