namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads DROP.</summary>
static class DropReader
{
    /// <summary>Whether it begins here.</summary>
    public static bool Starts(TokenReader r) => r.Is("drop") && !r.Is("drop", "owned");

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        r.Expect("drop");
        if (r.SkipKind() is not { } kind)
        {
            r.FailKind(isPerhapsKnown: true);
            return new DropObjects(r.Source, ObjectKind.Table, []);
        }
        var concurrently = r.Skip("concurrently");
        var ifExists = r.Skip("if", "exists");
        var drop = new DropObjects(r.Source, kind, []) { Concurrently = concurrently, IfExists = ifExists };
        if (r.NameOf(kind) is not { } first)
        {
            if (r.IsAtEnd)
                r.Fail("a name");
            // A cast, an operator: what it is called by is not looked at.
            while (!r.IsAtEnd && !r.Is("cascade") && !r.Is("restrict"))
                r.SkipOne();
            return drop with { Cascade = Cascades(r) };
        }
        List<ObjectName> names = [first];
        Arguments(r);
        if (r.Skip("using"))
            r.Name();
        if (kind.BelongsToTable())
        {
            r.Expect("on");
            drop = drop with { On = r.ObjectName() };
        }
        while (r.SkipSymbol(","))
        {
            names.Add(r.ObjectName());
            Arguments(r);
        }
        if (kind is ObjectKind.Database && r.IsSymbol("("))
            r.SkipParentheses();
        else if (kind is ObjectKind.Database && r.Skip("with"))
            r.SkipParentheses();
        return drop with { Names = names, Cascade = Cascades(r) };
    }

    static void Arguments(TokenReader r)
    {
        if (r.IsSymbol("("))
            r.SkipParentheses();
    }

    static bool Cascades(TokenReader r) => r.SkipOneOf("cascade", "restrict") == "cascade";
}
