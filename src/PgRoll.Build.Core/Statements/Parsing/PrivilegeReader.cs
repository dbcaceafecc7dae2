namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads GRANT and REVOKE, of privileges and of roles, and what changes owners.</summary>
static class PrivilegeReader
{
    /// <summary>Whether it begins here.</summary>
    public static bool Starts(TokenReader r) => r.Is("grant") || r.Is("revoke") || r.Is("reassign", "owned") || r.Is("drop", "owned") || r.Is("security", "label");

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        var isRevoke = r.Is("revoke");
        while (!r.IsAtEnd && !r.Is("on"))
            r.SkipOne();
        IReadOnlyList<ObjectName> tables = [];
        if (r.Skip("on") && !r.Is("all") && (r.Skip("table") || r.SkipKind() is null) && r.IsName)
            tables = r.List(r.ObjectName);
        r.SkipRest();
        return new PrivilegeStatement(r.Source, isRevoke) { Tables = tables };
    }
}
