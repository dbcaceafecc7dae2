namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads VACUUM, ANALYZE, REINDEX, CLUSTER, REFRESH and TRUNCATE.</summary>
static class MaintenanceReader
{
    /// <summary>Whether one of them begins here.</summary>
    public static bool Starts(TokenReader r) =>
        r.Is("vacuum") || r.Is("analyze") || r.Is("analyse") || r.Is("reindex") || r.Is("cluster") || r.Is("refresh", "materialized", "view") || r.Is("truncate");

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r) => r.Next().Value switch
    {
        "vacuum" => Vacuum(r),
        "analyze" or "analyse" => Analyze(r),
        "reindex" => Reindex(r),
        "cluster" => Cluster(r),
        "refresh" => Refresh(r),
        _ => Truncate(r),
    };

    static MaintenanceStatement Vacuum(TokenReader r)
    {
        var options = Options(r, "full", "freeze", "verbose", "analyze", "analyse");
        return Tables(r, Maintenance.Vacuum) with { IsFull = options.Contains("full") };
    }

    static MaintenanceStatement Analyze(TokenReader r)
    {
        Options(r, "verbose");
        return Tables(r, Maintenance.Analyze);
    }

    /// <summary>The words before the tables, in parentheses or not; those that are switched off left out.</summary>
    static List<string> Options(TokenReader r, params string[] words)
    {
        List<string> options = [];
        if (!r.SkipSymbol("("))
        {
            while (r.SkipOneOf(words) is { } word)
                options.Add(word);
            return options;
        }
        while (!r.IsAtEnd && !r.SkipSymbol(")"))
        {
            var option = r.Next().Value ?? "";
            var value = r.IsSymbol(",") || r.IsSymbol(")") ? null : r.Next().Value;
            if (value is not ("off" or "false" or "0"))
                options.Add(option);
            r.SkipSymbol(",");
        }
        return options;
    }

    static MaintenanceStatement Tables(TokenReader r, Maintenance kind)
    {
        IReadOnlyList<ObjectName> tables = r.IsAtEnd ? [] : r.List(() =>
        {
            r.Skip("only");
            var table = r.ObjectName();
            r.SkipSymbol("*");
            if (r.IsSymbol("("))
                r.SkipParentheses();
            return table;
        });
        return new(r.Source, kind, tables);
    }

    static MaintenanceStatement Reindex(TokenReader r)
    {
        var options = Options(r, "verbose");
        var kind = r.SkipOneOf("index", "table", "schema", "database", "system") switch
        {
            "index" => ObjectKind.Index,
            "table" => ObjectKind.Table,
            "schema" => ObjectKind.Schema,
            "database" => ObjectKind.Database,
            "system" => ObjectKind.System,
            _ => (ObjectKind?)null,
        };
        if (kind is null)
            r.Fail("INDEX, TABLE, SCHEMA, DATABASE or SYSTEM", isPerhapsKnown: true);
        var concurrently = r.Skip("concurrently") || options.Contains("concurrently");
        IReadOnlyList<ObjectName> target = r.IsAtEnd ? [] : [r.ObjectName()];
        return new(r.Source, Maintenance.Reindex, target) { Concurrently = concurrently, TargetKind = kind ?? ObjectKind.Table };
    }

    static MaintenanceStatement Cluster(TokenReader r)
    {
        Options(r, "verbose");
        if (r.IsAtEnd)
            return new(r.Source, Maintenance.Cluster, []);
        var table = r.ObjectName();
        if (r.Skip("using"))
            r.Name();
        else if (r.Skip("on"))
            // The old way round: CLUSTER index ON table.
            table = r.ObjectName();
        return new(r.Source, Maintenance.Cluster, [table]);
    }

    static MaintenanceStatement Refresh(TokenReader r)
    {
        r.Expect("materialized", "view");
        var concurrently = r.Skip("concurrently");
        var view = r.ObjectName();
        if (r.Skip("with"))
            r.SkipRest();
        return new(r.Source, Maintenance.Refresh, [view]) { Concurrently = concurrently, TargetKind = ObjectKind.MaterializedView };
    }

    static Truncate Truncate(TokenReader r)
    {
        r.Skip("table");
        var tables = r.List(() =>
        {
            r.Skip("only");
            var table = r.ObjectName();
            r.SkipSymbol("*");
            return table;
        });
        if (r.SkipOneOf("restart", "continue") is not null)
            r.Expect("identity");
        return new(r.Source, tables) { Cascade = r.SkipOneOf("cascade", "restrict") == "cascade" };
    }
}
