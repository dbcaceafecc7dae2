using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Conversion;

/// <summary>CREATE TABLE.</summary>
static class CreateTableConversion
{
    public static Converted Convert(ConversionContext context, CreateTable create, IReadOnlyList<CommentOn> comments)
    {
        var name = create.Table.Name;
        if (!context.IsOurs(create.Table))
            return Converted.Sql($"{create.Table} is not in schema {context.Schema.Name}");
        if (context.Schema.Find(name) is not null && create.IfNotExists)
            return Converted.Nothing($"left out: CREATE TABLE IF NOT EXISTS {name}, which is there");
        if (Unsayable(create) is { } reason)
            return Converted.Sql(reason);
        var before = context.Schema.Find(name) is null ? context.Schema : Schema.Empty(context.Schema.Name);
        var table = TableReplay.Create(before, create, context.Place)!.Find(name)!;
        if (table.Constraints.Select(c => c is CheckConstraint ? null : ConstraintConversion.Missing(c)).FirstOrDefault(m => m is not null) is { } missing)
            return Converted.Sql(missing);
        var inline = Inline(before, table);
        List<Node> others = [];
        foreach (var constraint in table.Constraints.Except(inline.SelectMany(c => c.Value)))
            if (Fields(constraint) is { } fields)
                others.Add(Nodes.Map(fields));
            else
                return Converted.Sql("create_table knows no exclusion constraint with these options");
        string? Comment(string? column) => comments.LastOrDefault(c => c.Part?.Text == column)?.Text;
        return Converted.To(OperationNode.Of("create_table",
            ("name", Nodes.Text(name)),
            ("columns", Nodes.List(create.Columns.Select(c => ColumnConversion.Of(c, IsNullable(table, c), inline.TryGetValue(c.Name.Text, out var own) ? own : [], Comment(c.Name.Text))))),
            ("constraints", others.Count == 0 ? null : Nodes.List(others)),
            ("comment", Nodes.Optional(Comment(null))))) with
        {
            Remark = create.IfNotExists ? $"CREATE TABLE IF NOT EXISTS {name}: taken for a table that is not there yet"
                : create.Constraints.FirstOrDefault(c => c is NotNullDefinition { Name: { } own } n && own.Text != PostgresNames.Choose(name, n.On.Text, "not_null")) is NotNullDefinition named
                    ? $"the name of a NOT NULL ('{named.Name}') is the server's choice"
                : null,
        };
    }

    static string? Unsayable(CreateTable create) => create switch
    {
        { IsForeign: true } => "no operation makes a foreign table",
        { Persistence: Persistence.Temporary } => "no operation makes a temporary table",
        { Persistence: Persistence.Unlogged } => "no operation makes an unlogged table",
        { PartitionOf: not null } => "no operation makes a partition",
        { PartitionBy: not null } => "no operation makes a partitioned table",
        { IsFromQuery: true } => "no operation makes a table of a query",
        { OfType: not null } => "no operation makes a table of a type",
        { Like.Count: > 0 } => "create_table does not know LIKE",
        { Inherits.Count: > 0 } => "no operation makes a table that inherits",
        { HasOptions: true } => "create_table does not know options of storage",
        _ => create.Columns.Select(ColumnConversion.Unsayable).Concat(create.Constraints.Select(ConstraintConversion.Unsayable)).FirstOrDefault(r => r is not null),
    };

    /// <summary>The constraints that a column's own fields say, under the name that they will have.</summary>
    static Dictionary<string, IReadOnlyList<Constraint>> Inline(Schema before, Table table)
    {
        Dictionary<string, IReadOnlyList<Constraint>> inline = [];
        IReadOnlyList<Constraint> Of(string column) => inline.TryGetValue(column, out var all) ? all : [];
        foreach (var constraint in table.Constraints)
            if (IsPlainKey(before, table, constraint) || constraint.Columns.Count == 1 && constraint switch
            {
                CheckConstraint => !Of(constraint.Columns[0]).OfType<CheckConstraint>().Any(),
                ForeignKey key => key.OnDeleteSetColumns.Count == 0 && !Of(constraint.Columns[0]).OfType<ForeignKey>().Any(),
                _ => false,
            })
                foreach (var column in constraint.Columns)
                    inline[column] = [.. Of(column), constraint];
        return inline;
    }

    static bool IsPlainKey(Schema before, Table table, Constraint constraint) =>
        constraint is UniqueConstraint { Include.Count: 0, NullsNotDistinct: false, Deferral: Deferral.NotDeferrable, StorageParameters: null, Tablespace: null } key
        && (key.IsPrimaryKey
            ? key.Name == before.Choose(table.Name, null, "pkey") && key.Columns.SequenceEqual(table.Columns.Select(c => c.Name).Where(key.Columns.Contains))
            : key.Columns.Count == 1 && key.Name == before.Choose(table.Name, key.Columns[0], "key"));

    static bool IsNullable(Table table, ColumnDefinition column) => column.IsNullable is not false && table.Find(column.Name.Text) is { IsNullable: true };

    static IEnumerable<(string, Node?)>? Fields(Constraint constraint)
    {
        var deferral = constraint switch { UniqueConstraint c => c.Deferral, ForeignKey c => c.Deferral, ExclusionConstraint c => c.Deferral, _ => Deferral.NotDeferrable };
        MappingNode? exclusion = null;
        if (constraint is ExclusionConstraint { Definition: { } definition } && (exclusion = Exclusion(definition.Text)) is null)
            return null;
        return
        [
            .. ConstraintConversion.Fields(constraint).Take(5),
            ("exclude", exclusion),
            .. ConstraintConversion.Fields(constraint).Skip(5),
            ("deferrable", Nodes.Flag(deferral is not Deferral.NotDeferrable)),
            ("initially_deferred", Nodes.Flag(deferral is Deferral.InitiallyDeferred)),
            ("nulls_not_distinct", Nodes.Flag(constraint is UniqueConstraint { NullsNotDistinct: true })),
        ];
    }

    /// <summary>[USING method] (elements) [WHERE (predicate)]; null where more is said.</summary>
    static MappingNode? Exclusion(string text)
    {
        var tokens = SqlLexer.Significant(text);
        var at = tokens[0].IsWord("using") ? 2 : 0;
        var method = at == 2 ? tokens[1].Value : null;
        if (Parentheses(text, tokens, ref at) is not { } elements)
            return null;
        string? predicate = null;
        if (at < tokens.Count && tokens[at].IsWord("where"))
        {
            at++;
            predicate = Parentheses(text, tokens, ref at);
        }
        return at < tokens.Count ? null : Nodes.Map(
            ("index_method", Nodes.Text(method ?? "btree")), ("elements", Nodes.Text(elements)), ("predicate", Nodes.Optional(predicate)));
    }

    static string? Parentheses(string text, IReadOnlyList<Token> tokens, ref int at)
    {
        if (at >= tokens.Count || !tokens[at].IsSymbol("("))
            return null;
        var (from, depth) = (tokens[at].End, 0);
        do
            depth += tokens[at].IsSymbol("(") ? 1 : tokens[at].IsSymbol(")") ? -1 : 0;
        while (++at < tokens.Count && depth > 0);
        return text.Substring(from, tokens[at - 1].Start - from);
    }
}
