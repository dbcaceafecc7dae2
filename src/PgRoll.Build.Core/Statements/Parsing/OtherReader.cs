namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads what runs code, and what does nothing to the schema.</summary>
static class OtherReader
{
    static readonly string[] code = ["do", "call", "execute"];

    static readonly string[] harmless =
        ["checkpoint", "close", "deallocate", "declare", "discard", "explain", "fetch", "listen", "load", "lock", "move", "notify", "prepare", "show", "unlisten"];

    /// <summary>Whether one of them begins here.</summary>
    public static bool Starts(TokenReader r) => code.Concat(harmless).Any(verb => r.Is(verb));

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        var verb = r.Next().Value!;
        IReadOnlyList<ObjectName> tables = [];
        if (verb == "lock")
        {
            r.Skip("table");
            tables = r.List(() =>
            {
                r.Skip("only");
                var table = r.ObjectName();
                r.SkipSymbol("*");
                return table;
            });
        }
        var discardsAll = verb == "discard" && r.Is("all");
        r.SkipRest();
        return code.Contains(verb) ? new CodeStatement(r.Source, verb) : new HarmlessStatement(r.Source, verb) { Tables = tables, DiscardsAll = discardsAll };
    }
}
