using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads CREATE INDEX.</summary>
static class IndexReader
{
    /// <summary>Whether it begins here.</summary>
    public static bool Starts(TokenReader r) => r.Is("create", "index") || r.Is("create", "unique", "index");

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        r.Expect("create");
        var isUnique = r.Skip("unique");
        r.Expect("index");
        var concurrently = r.Skip("concurrently");
        var ifNotExists = r.Skip("if", "not", "exists");
        var name = r.Is("on") ? null : r.Name();
        r.Expect("on");
        var only = r.Skip("only");
        var table = r.ObjectName();
        var (method, from) = ("btree", r.Position);
        if (r.Skip("using"))
            (from, method) = (r.Position, r.Name().Text);
        var keysFrom = r.Position;
        var keys = r.InParentheses(() => Key(r));
        var include = r.Skip("include") ? r.InParentheses(() => Included(r)) : [];
        var nullsNotDistinct = r.Skip("nulls", "not", "distinct");
        if (!nullsNotDistinct)
            r.Skip("nulls", "distinct");
        var parameters = r.Skip("with") ? r.ClauseInParentheses() : null;
        var tablespace = r.Skip("tablespace") ? r.Name() : null;
        var predicate = r.Skip("where") ? r.ExpressionUntil(static _ => false) : null;
        if (!r.IsAtEnd)
            r.Fail("the end of the statement");
        return new CreateIndex(r.Source, table, SqlClause.FromCatalog(from == keysFrom ? $"btree {r.Text(from, r.Position)}" : r.Text(from, r.Position)))
        {
            Index = name,
            IsUnique = isUnique,
            Concurrently = concurrently,
            IfNotExists = ifNotExists,
            Only = only,
            Method = method,
            Keys = keys,
            Include = include,
            NullsNotDistinct = nullsNotDistinct,
            StorageParameters = parameters,
            Tablespace = tablespace,
            Predicate = predicate,
        };
    }

    /// <summary>The grammar takes whatever a key may be, but the server refuses all but columns.</summary>
    static Name Included(TokenReader r)
    {
        if (!r.IsName || !(r.At(1).IsSymbol(",") || r.At(1).IsSymbol(")")))
            r.Fail("a column and nothing else");
        return r.Name();
    }

    /// <summary>One key, of an index or of an exclusion constraint.</summary>
    public static IndexKey Key(TokenReader r)
    {
        var from = r.Position;
        var key = new IndexKey(default(SqlSpan));
        if (r.IsSymbol("("))
            key = key with { Expression = r.ExpressionInParentheses() };
        else if (r.IsName && !r.At(1).IsSymbol("(") && !r.At(1).IsSymbol("."))
            key = key with { Column = r.Name() };
        else
            key = key with { Expression = r.ExpressionUntil(EndsExpression) };
        if (r.Skip("collate"))
            key = key with { Collation = ColumnReader.Collation(r) };
        if (r.IsName && !r.Is("nulls"))
            key = key with { OperatorClass = OperatorClass(r) };
        if (r.SkipOneOf("asc", "desc") == "desc")
            key = key with { IsDescending = true };
        if (r.Skip("nulls"))
            key = key with { NullsFirst = r.SkipOneOf("first", "last") == "first" };
        return key with { Span = r.Since(from) };
    }

    /// <summary>Without parentheses of its own, an expression is one call.</summary>
    static bool EndsExpression(TokenReader r) => r.Previous.IsSymbol(")");

    static SqlClause OperatorClass(TokenReader r)
    {
        var from = r.Position;
        r.ObjectName();
        if (r.IsSymbol("("))
            r.SkipParentheses();
        return r.Clause(from, r.Position);
    }
}
