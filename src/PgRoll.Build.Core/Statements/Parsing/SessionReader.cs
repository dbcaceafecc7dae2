namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads SET and RESET, and what begins and ends transactions.</summary>
static class SessionReader
{
    static readonly string[][] transactions =
    [
        ["begin"], ["start", "transaction"], ["commit"], ["end"], ["rollback"], ["abort"], ["savepoint"], ["release"], ["prepare", "transaction"],
        ["set", "transaction"], ["set", "session", "characteristics"],
    ];

    /// <summary>Whether one of them begins here.</summary>
    public static bool Starts(TokenReader r) => r.Is("set") || r.Is("reset") || transactions.Any(words => r.Is(words));

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        if (r.Skip("set", "constraints"))
        {
            r.SkipRest();
            return new HarmlessStatement(r.Source, "set constraints");
        }
        if (transactions.FirstOrDefault(words => r.Skip(words)) is { } verb)
        {
            r.SkipRest();
            return new TransactionStatement(r.Source, string.Join(" ", verb));
        }
        var isReset = r.Skip("reset");
        if (!isReset)
            r.Expect("set");
        // Both are names of settings as well.
        var isName = r.At(1).IsSymbol("=") || r.At(1).IsWord("to");
        var isLocal = !isName && r.Skip("local");
        if (!isName && !isLocal && !r.Is("session", "authorization"))
            r.Skip("session");
        var setting = Setting(r);
        List<string> values = [];
        if (!isReset && !r.SkipSymbol("=") && !r.Skip("to") && !setting.Contains(' ') && setting is not ("role" or "schema" or "names"))
            r.Fail("TO or '='");
        while (!r.IsAtEnd)
        {
            var isMinus = r.SkipSymbol("-");
            var value = r.Current.IsString ? r.SkipString() : r.Next() is { IsComment: false } token ? token.Value ?? r.Text(r.Position - 1, r.Position) : null;
            if (value is not (null or "," or "default"))
                values.Add(isMinus ? "-" + value : value);
        }
        return new SetStatement(r.Source, setting, isLocal) { IsReset = isReset, Values = values };
    }

    static string Setting(TokenReader r)
    {
        if (r.Skip("time", "zone"))
            return "time zone";
        if (r.Skip("session", "authorization"))
            return "session authorization";
        if (r.Skip("xml", "option"))
            return "xml option";
        if (r.Skip("all"))
            return "all";
        var name = r.Name().Text;
        while (r.SkipSymbol("."))
            name += "." + r.Name().Text;
        return name;
    }
}
