using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>Makes an index, while clients write.</summary>
/// <param name="Index">The index's name.</param>
/// <param name="Table">The table.</param>
/// <param name="Keys">Its keys, in order.</param>
public sealed record CreateIndex(string Index, string Table, IReadOnlyList<IndexKey> Keys) : Operation
{
    static readonly string[] Methods = ["btree", "hash", "gist", "spgist", "gin", "brin"];

    /// <inheritdoc/>
    public override string Name => "create_index";

    /// <summary>The access method; null for the server's default, btree.</summary>
    public string? Method { get; init; }

    /// <summary>Whether it refuses duplicates.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The rows it holds; null for all.</summary>
    public SqlExpression? Predicate { get; init; }

    /// <summary>The text between WITH's parentheses, or null.</summary>
    public SqlClause? StorageParameters { get; init; }

    internal static OperationGuide Guide { get; } = new(
        "Makes an index, while clients write.",
        """
        name: customers_name_idx
        table: customers
        columns: [{ column: name, sort: DESC }]
        """);

    internal static Operation Read(FieldReader fields) =>
        new CreateIndex(fields.RequiredName("name"), fields.RequiredString("table"), fields.RequiredMappingList("columns", IndexKey.Read, "; `dotnet pgroll update` rewrites this older form"))
        {
            Method = fields.Word("method", Methods, ignoreCase: true),
            IsUnique = fields.Bool("unique"),
            Predicate = fields.Expression("predicate"),
            StorageParameters = fields.Clause("storage_parameters"),
        };

    internal override void Validate(Schema before, Report report)
    {
        report.NewIndex(before, Index, "name");
        if (Keys.Count == 0)
            report.Add(DocumentRules.InvalidStructure, "columns", Name, "an index needs at least one column.");
        if (report.Table(before, Table) is not { } table)
            return;
        for (var i = 0; i < Keys.Count; i++)
            report.Column(before, table, Keys[i].Column, $"columns[{i}].column");
        if (Predicate is { } predicate)
            report.Columns(before, predicate, Table, table.Columns, "new", "predicate");
        report.NotPartitioned(table, "table", "its indexes cannot be built concurrently as one");
    }

    internal override Schema Apply(Schema before) => before.Find(Table) is not { } table ? before : before.Replace(table, t => t with
    {
        Indexes =
        [
            .. t.Indexes,
            new Model.Index(Index, IsUnique, Definition())
            {
                Physical = before.PhysicalFor(Index),
                Columns = [.. Keys.Select(k => k.Column).Concat(Predicate is null ? [] : t.ColumnsIn(Predicate)).Distinct()],
            },
        ],
    });

    SqlClause Definition()
    {
        var with = StorageParameters is { } parameters ? $" WITH ({parameters.Text})" : "";
        var where = Predicate is { } predicate ? $" WHERE {predicate.ToSql()}" : "";
        return SqlClause.FromCatalog($"{Method ?? "btree"} ({string.Join(", ", Keys.Select(k => k.ToSql()))}){with}{where}");
    }
}

/// <summary>A key of an index.</summary>
/// <param name="Column">The column.</param>
public sealed record IndexKey(string Column)
{
    /// <summary>The collation as it is written in SQL, or null for the column's.</summary>
    public SqlClause? Collate { get; init; }

    /// <summary>The operator class with its parameters as it is written in SQL, or null for the type's.</summary>
    public SqlClause? OperatorClass { get; init; }

    /// <summary>ASC, DESC, or null.</summary>
    public string? Sort { get; init; }

    /// <summary>FIRST, LAST, or null.</summary>
    public string? Nulls { get; init; }

    internal static IndexKey Read(FieldReader fields) => new(fields.RequiredName("column"))
    {
        Collate = fields.Clause("collate"),
        Sort = fields.Word("sort", ["ASC", "DESC"], ignoreCase: true),
        Nulls = fields.Word("nulls", ["FIRST", "LAST"], ignoreCase: true),
        OperatorClass = fields.Mapping("opclass", ReadOperatorClass),
    };

    internal Sql ToSql() => Sql.Join(" ", ((Sql?[])
    [
        Sql.Of($"{new Ident(Column)}"),
        Collate is null ? null : Sql.Of($"COLLATE {Collate}"),
        OperatorClass is null ? null : Sql.Of($"{OperatorClass}"),
        Sort is null ? null : Sort == "DESC" ? Sql.Of($"DESC") : Sql.Of($"ASC"),
        Nulls is null ? null : Nulls == "FIRST" ? Sql.Of($"NULLS FIRST") : Sql.Of($"NULLS LAST"),
    ]).OfType<Sql>());

    static SqlClause? ReadOperatorClass(FieldReader fields)
    {
        var (name, parameters) = (fields.RequiredClause("name"), fields.StringList("params"));
        if (parameters.Count == 0)
            return name;
        var clause = SqlClause.Parse($"{name.Text} ({string.Join(", ", parameters)})", out var problem);
        if (clause is null)
            fields.Fail("params", ReferenceRules.NotAnExpression, "params", problem ?? "");
        return clause;
    }
}
