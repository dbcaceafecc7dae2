using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads CREATE TABLE.</summary>
static class TableReader
{
    /// <summary>Whether it begins here.</summary>
    public static bool Starts(TokenReader r)
    {
        var at = r.Is("create") ? 1 : -1;
        if (at < 0)
            return false;
        while (r.At(at) is { Kind: TokenKind.Identifier, Value: "global" or "local" or "temporary" or "temp" or "unlogged" or "foreign" })
            at++;
        return r.At(at).IsWord("table");
    }

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        r.Expect("create");
        if (!r.Skip("global"))
            r.Skip("local");
        var persistence = r.SkipOneOf("temporary", "temp") is not null ? Persistence.Temporary : r.Skip("unlogged") ? Persistence.Unlogged : Persistence.Permanent;
        var isForeign = r.Skip("foreign");
        r.Expect("table");
        var ifNotExists = r.Skip("if", "not", "exists");
        var table = new CreateTable(r.Source, r.ObjectName()) { IfNotExists = ifNotExists, Persistence = persistence, IsForeign = isForeign };
        if (r.Skip("partition", "of"))
            table = PartitionOf(r, table);
        else if (r.Skip("of"))
            table = Elements(r, table with { OfType = r.ObjectName() }, hasTypes: false);
        else if (!IsNamesOfQuery(r))
            table = Elements(r, table, hasTypes: true);
        return Tail(r, table);
    }

    /// <summary>CREATE TABLE t (a, b) AS …: names alone, or none at all.</summary>
    static bool IsNamesOfQuery(TokenReader r)
    {
        if (!r.IsSymbol("("))
            return true;
        if (!(r.At(1).IsName && (r.At(2).IsSymbol(",") || r.At(2).IsSymbol(")"))))
            return false;
        r.SkipParentheses();
        return true;
    }

    static CreateTable PartitionOf(TokenReader r, CreateTable table)
    {
        table = table with { PartitionOf = r.ObjectName() };
        if (r.IsSymbol("("))
            table = Elements(r, table, hasTypes: false);
        if (r.Skip("default"))
            return table;
        r.Expect("for", "values");
        if (r.Skip("from"))
        {
            r.SkipParentheses();
            r.Expect("to");
        }
        else if (r.SkipOneOf("in", "with") is null)
            r.Fail("IN, FROM or WITH");
        r.SkipParentheses();
        return table;
    }

    static CreateTable Elements(TokenReader r, CreateTable table, bool hasTypes)
    {
        List<ColumnDefinition> columns = [];
        List<ConstraintDefinition> constraints = [];
        List<ObjectName> like = [];
        if (!r.IsSymbol("(") && !hasTypes)
            return table;
        r.ExpectSymbol("(");
        if (!r.IsSymbol(")"))
            r.List(() =>
            {
                if (r.Skip("like"))
                {
                    like.Add(r.ObjectName());
                    while (r.SkipOneOf("including", "excluding") is not null)
                        r.Next();
                }
                else if (ConstraintReader.StartsTableConstraint(r))
                {
                    if (ConstraintReader.ReadForTable(r) is { } constraint)
                        constraints.Add(constraint);
                }
                else
                    columns.Add(ColumnReader.Read(r, constraints, hasTypes));
                return true;
            });
        r.ExpectSymbol(")");
        return table with { Columns = columns, Constraints = constraints, Like = like };
    }

    static CreateTable Tail(TokenReader r, CreateTable table)
    {
        while (!r.IsAtEnd)
            if (r.Skip("inherits"))
                table = table with { Inherits = r.InParentheses(r.ObjectName) };
            else if (r.Skip("partition", "by"))
            {
                var from = r.Position;
                r.Name();
                r.SkipParentheses();
                table = table with { PartitionBy = r.Clause(from, r.Position) };
            }
            else if (r.Skip("with", "data") || r.Skip("with", "no", "data"))
            {
            }
            else if (r.Skip("with") || r.Skip("options"))
            {
                r.SkipParentheses();
                table = table with { HasOptions = true };
            }
            else if (r.Skip("using") || r.Skip("tablespace") || r.Skip("server"))
            {
                r.Name();
                table = table with { HasOptions = true };
            }
            else if (r.Skip("without", "oids"))
            {
            }
            else if (r.Skip("on", "commit"))
            {
                if (!r.Skip("preserve", "rows") && !r.Skip("delete", "rows") && !r.Skip("drop"))
                    r.Fail("PRESERVE ROWS, DELETE ROWS or DROP");
                table = table with { HasOptions = true };
            }
            else if (r.Skip("as"))
            {
                table = table with { IsFromQuery = true };
                r.SkipRest();
            }
            else
                r.Fail("the end of the statement", isPerhapsKnown: true);
        return table;
    }
}
