namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads ALTER of what has no reader of its own: its kind, its name, and what becomes of it.</summary>
static class AlterReader
{
    /// <summary>Whether it begins here.</summary>
    public static bool Starts(TokenReader r) => r.Is("alter");

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        r.Expect("alter");
        if (r.SkipKind() is not { } kind)
        {
            r.FailKind();
            return new AlterObject(r.Source, ObjectKind.System, null, default);
        }
        if (kind is ObjectKind.DefaultPrivileges)
        {
            r.SkipRest();
            return new PrivilegeStatement(r.Source, r.Source.Tokens.Any(token => token.IsWord("revoke")));
        }
        r.Skip("if", "exists");
        var target = r.NameOf(kind);
        if (kind.BelongsToTable() && r.Skip("on"))
            r.ObjectName();
        var from = r.Position;
        var alter = new AlterObject(r.Source, kind, target, default)
        {
            AddsEnumValue = kind is ObjectKind.Type && r.Is("add", "value"),
            SetsTablespace = kind is ObjectKind.Database && r.Is("set", "tablespace"),
            FetchesPublications = kind is ObjectKind.Subscription && r.Source.Tokens.Any(token => token.IsWord("publication")) && !r.SwitchesOff("refresh"),
            Validates = kind is ObjectKind.Domain && (r.Is("set", "not", "null") || r.Is("validate") || r.Is("add") && !EndsNotValid(r)),
            RenamedTo = r.Skip("rename", "to") ? r.Name() : null,
            OwnedBy = kind is ObjectKind.Sequence ? OwnedBy(r) : null,
        };
        r.SkipRest();
        return alter with { Action = r.Since(from) };
    }

    /// <summary>The column that a sequence belongs to, anywhere in what follows.</summary>
    public static ColumnReference? OwnedBy(TokenReader r)
    {
        ColumnReference? owner = null;
        while (!r.IsAtEnd)
            if (!r.Skip("owned", "by"))
                r.Next();
            else if (!r.Skip("none"))
                owner = r.ColumnReference();
        return owner;
    }

    static bool EndsNotValid(TokenReader r)
    {
        var tokens = r.Source.Tokens;
        return tokens.Count > 2 && tokens[tokens.Count - 2].IsWord("not") && tokens[tokens.Count - 1].IsWord("valid");
    }
}
