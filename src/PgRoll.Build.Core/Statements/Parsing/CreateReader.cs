using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads CREATE of what has no reader of its own: its kind, its name, and what it belongs to.</summary>
static class CreateReader
{
    /// <summary>Whether it begins here.</summary>
    public static bool Starts(TokenReader r) => r.Is("create");

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        r.Expect("create");
        var orReplace = r.Skip("or", "replace");
        if (!r.Skip("global"))
            r.Skip("local");
        var isTemporary = r.SkipOneOf("temporary", "temp") is not null;
        r.Skip("unlogged");
        r.Skip("recursive");
        if (r.SkipKind() is not { } kind || kind is ObjectKind.Table or ObjectKind.Column or ObjectKind.Constraint)
        {
            r.FailKind();
            return new CreateObject(r.Source, ObjectKind.System, null);
        }
        var ifNotExists = r.Skip("if", "not", "exists");
        if (kind is ObjectKind.Domain)
            return Domain(r);
        var name = kind is ObjectKind.Schema && r.Is("authorization") ? null : r.NameOf(kind);
        if (kind is ObjectKind.Type && name is not null && r.Skip("as", "enum"))
            return new CreateEnum(r.Source, name, Labels(r));
        var made = new CreateObject(r.Source, kind, name) { OrReplace = orReplace, IfNotExists = ifNotExists, IsTemporary = isTemporary };
        return kind switch
        {
            ObjectKind.Trigger or ObjectKind.Rule or ObjectKind.Policy => made with { On = OnTable(r), HasOpaqueBody = kind is ObjectKind.Rule },
            ObjectKind.Sequence => made with { OwnedBy = AlterReader.OwnedBy(r) },
            ObjectKind.Extension => made with { InSchema = InSchema(r) },
            ObjectKind.Schema => Schema(r, made),
            ObjectKind.Subscription => ToEnd(r, made with { MakesSlot = !r.SwitchesOff("create_slot") && !r.SwitchesOff("connect") }),
            ObjectKind.Function or ObjectKind.Procedure => WithBody(r, made),
            _ => ToEnd(r, made),
        };
    }

    static CreateDomain Domain(TokenReader r)
    {
        var name = r.ObjectName();
        r.Skip("as");
        var domain = new CreateDomain(r.Source, name, r.Type() ?? SqlType.FromCatalog(""));
        List<ConstraintDefinition> constraints = [];
        while (!r.IsAtEnd)
        {
            var at = r.Position;
            var constraintName = r.Skip("constraint") ? r.Name() : null;
            if (r.Skip("not", "null"))
                domain = domain with { IsNotNull = true };
            else if (r.Skip("null"))
                domain = domain with { IsNotNull = false };
            else if (r.Skip("default"))
                domain = domain with { Default = r.ExpressionUntil(ColumnReader.EndsDefault) };
            else if (r.Skip("collate"))
                domain = domain with { Collation = ColumnReader.Collation(r) };
            else if (r.Skip("check"))
                constraints.Add(new CheckDefinition(constraintName, default, r.ExpressionInParentheses()) with { Span = r.Since(at) });
            else
                r.Fail("a constraint of the domain");
        }
        return domain with { Constraints = constraints };
    }

    static IReadOnlyList<string> Labels(TokenReader r)
    {
        r.ExpectSymbol("(");
        var labels = r.IsSymbol(")") ? [] : r.List(() =>
        {
            var label = r.SkipString();
            if (label is null)
                r.Fail("a string");
            return label ?? "";
        });
        r.ExpectSymbol(")");
        return labels;
    }

    /// <summary>CREATE TRIGGER says its table behind its events, which may name columns (UPDATE OF a, b).</summary>
    static ObjectName? OnTable(TokenReader r)
    {
        ObjectName? table = null;
        while (!r.IsAtEnd && table is null)
            if (r.Skip("on"))
                // CREATE RULE r AS ON UPDATE TO t.
                table = r.SkipOneOf("select", "insert", "update", "delete") is null ? r.ObjectName() : r.Skip("to") ? r.ObjectName() : null;
            else
                r.Next();
        if (table is null)
            r.Fail("ON and a table");
        r.SkipRest();
        return table;
    }

    static Name? InSchema(TokenReader r)
    {
        Name? schema = null;
        while (!r.IsAtEnd)
            if (r.Skip("schema"))
                schema = r.Name();
            else
                r.Next();
        return schema;
    }

    /// <summary>CREATE SCHEMA may make what is in it at once, which is rare: then nothing is said of it.</summary>
    static CreateObject Schema(TokenReader r, CreateObject made)
    {
        if (r.Skip("authorization"))
            r.Role();
        var hasMore = !r.IsAtEnd;
        r.SkipRest();
        return made with { HasOpaqueBody = hasMore };
    }

    static CreateObject WithBody(TokenReader r, CreateObject made)
    {
        r.SkipRest();
        return made with { HasOpaqueBody = true };
    }

    static CreateObject ToEnd(TokenReader r, CreateObject made)
    {
        r.SkipRest();
        return made;
    }
}
