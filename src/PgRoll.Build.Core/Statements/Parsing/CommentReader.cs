namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads COMMENT ON.</summary>
static class CommentReader
{
    /// <summary>Whether it begins here.</summary>
    public static bool Starts(TokenReader r) => r.Is("comment", "on");

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        r.Expect("comment", "on");
        if (r.SkipKind() is not { } kind)
        {
            r.FailKind(isPerhapsKnown: true);
            return new CommentOn(r.Source, ObjectKind.System, null, null);
        }
        var (target, part) = Target(r, kind);
        while (!r.IsAtEnd && !r.Is("is"))
            r.SkipOne();
        r.Expect("is");
        var text = r.Skip("null") ? null : r.SkipString();
        return new CommentOn(r.Source, kind, target, text) { Part = part };
    }

    static (ObjectName? Target, Name? Part) Target(TokenReader r, ObjectKind kind)
    {
        if (kind is ObjectKind.Column)
        {
            var column = r.ColumnReference();
            return (column.Table, column.Column);
        }
        if (kind is not ObjectKind.Constraint && !kind.BelongsToTable())
            return (r.NameOf(kind), null);
        var part = r.Name();
        r.Expect("on");
        return r.Skip("domain") ? (null, part) : (r.ObjectName(), part);
    }
}
