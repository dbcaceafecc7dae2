namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads what changes rows and what asks for them, in outline.</summary>
static class RowsReader
{
    /// <summary>Whether one of them begins here.</summary>
    public static bool Starts(TokenReader r) =>
        r.Is("insert") || r.Is("update") || r.Is("delete") || r.Is("merge") || r.Is("copy") || r.Is("select") || r.Is("values") || r.Is("table") || r.Is("with")
        || r.IsSymbol("(");

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        var statement = Changes(r);
        r.SkipRest();
        return statement;
    }

    /// <summary>A change among those of WITH is the statement's, if it makes none itself.</summary>
    static Statement Changes(TokenReader r)
    {
        var others = r.Skip("with") ? Ctes(r) : [];
        var from = r.Position;
        return Change(r) switch
        {
            ChangeRows change => change with { Others = others, Span = r.ToEnd(from) },
            Query when others.Count > 0 => others[0] with { Others = [.. others.Skip(1)] },
            var query => query,
        };
    }

    static Statement Change(TokenReader r)
    {
        if (r.Skip("insert"))
            return Insert(r);
        if (r.Skip("update"))
            return Where(r, new(r.Source, RowChange.Update, Target(r)));
        if (r.Skip("delete"))
        {
            r.Expect("from");
            return Where(r, new(r.Source, RowChange.Delete, Target(r)));
        }
        if (r.Skip("merge"))
        {
            r.Expect("into");
            return new ChangeRows(r.Source, RowChange.Merge, Target(r)) { HasWhere = true };
        }
        return r.Skip("copy") ? Copy(r) : Select(r);
    }

    /// <summary>WITH x AS (…), …</summary>
    static List<ChangeRows> Ctes(TokenReader r)
    {
        List<ChangeRows> changes = [];
        if (r.At(1).IsName && !r.At(1).IsReserved)
            r.Skip("recursive");
        r.List(() =>
        {
            r.Name();
            if (r.IsSymbol("("))
                r.SkipParentheses();
            r.Expect("as");
            if (!r.Skip("not", "materialized"))
                r.Skip("materialized");
            var at = r.Position;
            r.SkipParentheses();
            var end = r.Position;
            r.ReturnTo(at);
            if (r.SkipSymbol("(") && (r.Is("insert") || r.Is("update") || r.Is("delete") || r.Is("merge") || r.Is("with")) && Changes(r) is ChangeRows change)
            {
                r.ReturnTo(end);
                changes.AddRange([change with { Others = [], Span = r.Since(at + 1) }, .. change.Others]);
            }
            r.ReturnTo(end);
            // SEARCH and CYCLE
            while (!r.IsAtEnd && (r.Is("search") || r.Is("cycle")))
                while (!r.IsAtEnd && !r.IsSymbol(",") && !r.Is("select") && !r.Is("insert") && !r.Is("update") && !r.Is("delete"))
                    r.Next();
            return true;
        });
        return changes;
    }

    static ObjectName Target(TokenReader r)
    {
        r.Skip("only");
        return r.ObjectName();
    }

    static ChangeRows Insert(TokenReader r)
    {
        r.Expect("into");
        var target = r.ObjectName();
        if (r.Skip("as"))
            r.Name();
        if (r.IsSymbol("(") && !r.At(1).IsWord("select") && !r.At(1).IsWord("with"))
            r.SkipParentheses();
        if (r.SkipOneOf("overriding") is not null)
        {
            r.Next();
            r.Expect("value");
        }
        return new(r.Source, RowChange.Insert, target) { IsFromQuery = !r.Is("values") && !r.Is("default", "values"), HasWhere = true };
    }

    static ChangeRows Where(TokenReader r, ChangeRows change)
    {
        while (!r.IsAtEnd && !r.IsSymbol(")"))
            if (r.IsSymbol("("))
                r.SkipParentheses();
            else if (r.Next().IsWord("where"))
                return change with { HasWhere = true };
        return change;
    }

    static Statement Copy(TokenReader r)
    {
        if (r.IsSymbol("("))
            return new Query(r.Source);
        var target = r.ObjectName();
        if (r.IsSymbol("("))
            r.SkipParentheses();
        return new ChangeRows(r.Source, r.Skip("from") ? RowChange.CopyIn : RowChange.CopyOut, target) { HasWhere = true };
    }

    static Query Select(TokenReader r)
    {
        ObjectName? into = null;
        while (!r.IsAtEnd && into is null)
            if (r.IsSymbol("("))
                r.SkipParentheses();
            else if (r.Skip("into"))
            {
                // All but TABLE are names as well.
                if (r.At(1).IsWord("table") || r.At(1).IsName && !r.At(1).IsReserved)
                    r.SkipOneOf("temporary", "temp", "unlogged");
                r.Skip("table");
                into = r.ObjectName();
            }
            else
                r.Next();
        return new(r.Source) { Into = into };
    }
}
