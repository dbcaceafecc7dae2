using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads column definitions.</summary>
static class ColumnReader
{
    /// <summary>A column with its type, and the constraints that stand behind it.</summary>
    /// <param name="r">Stands before the column's name.</param>
    /// <param name="constraints">Takes the constraints.</param>
    /// <param name="hasType">Whether a type follows: not in a partition's or a typed table's.</param>
    public static ColumnDefinition Read(TokenReader r, ICollection<ConstraintDefinition> constraints, bool hasType = true)
    {
        var from = r.Position;
        var name = r.Name();
        var column = new ColumnDefinition(name, hasType ? r.Type() : null, default);
        if (!hasType)
            r.Skip("with", "options");
        while (!r.IsAtEnd && !r.IsSymbol(",") && !r.IsSymbol(")"))
        {
            if (Option(r, column) is { } more)
                column = more;
            else if (ConstraintReader.ReadForColumn(r, name) is { } constraint)
            {
                constraints.Add(constraint);
                if (constraint is NotNullDefinition)
                    column = column with { IsNullable = false };
            }
            else
                r.Fail(ConstraintReader.StartsAttribute(r) ? "the constraint that this belongs to" : "a constraint of the column, a comma or ')'");
        }
        return column with { Span = r.Since(from) };
    }

    /// <summary>A column's default ends where something else is said of it: inside of it these words stand in parentheses alone.</summary>
    public static bool EndsDefault(TokenReader r) =>
        r.Is("constraint") || r.Is("not", "null") || r.Is("unique") || r.Is("primary", "key") || r.Is("check") || r.Is("references") || r.Is("collate")
        || r.Is("generated") || r.Is("default") || r.Is("storage") || r.Is("compression") || r.Is("deferrable") || r.Is("initially") || r.Is("not", "valid")
        || r.Is("not", "deferrable") || r.Is("null") && EndsOperand(r.Previous);

    static bool EndsOperand(Token token) => token.IsString || token.Kind is TokenKind.Number || token.IsSymbol(")") || token.IsSymbol("]")
        || token.Kind is TokenKind.QuotedIdentifier || token is { Kind: TokenKind.Identifier, Value: not ("is" or "not" or "distinct" or "from") };

    static ColumnDefinition? Option(TokenReader r, ColumnDefinition column)
    {
        // Names make no difference here: the server forgets the name of a default, and of NULL.
        var at = r.Position;
        if (r.Skip("constraint"))
            r.Name();
        if (r.Skip("null"))
            return column with { IsNullable = true };
        if (r.Skip("default"))
            return column with { Default = r.ExpressionUntil(EndsDefault) };
        if (r.Skip("generated"))
            return Generated(r, column);
        r.ReturnTo(at);
        if (r.Skip("collate"))
            return column with { Collation = Collation(r) };
        if (r.Skip("storage") || r.Skip("compression"))
        {
            if (!r.Skip("default"))
                r.Name();
            return column with { HasOptions = true };
        }
        if (!r.Skip("options"))
            return null;
        r.SkipParentheses();
        return column with { HasOptions = true };
    }

    /// <summary>A collation's name, as a clause.</summary>
    public static SqlClause Collation(TokenReader r)
    {
        var from = r.Position;
        r.ObjectName();
        return r.Clause(from, r.Position);
    }

    static ColumnDefinition Generated(TokenReader r, ColumnDefinition column)
    {
        var always = r.Skip("always");
        if (!always)
            r.Expect("by", "default");
        r.Expect("as");
        if (r.Skip("identity"))
            return column with { Identity = new Identity(always, r.IsSymbol("(") ? r.ClauseInParentheses() : null) };
        column = column with { GeneratedAs = r.ExpressionInParentheses() };
        // Since 18 a generated column is virtual unless it says otherwise.
        return r.Skip("stored") ? column : column with { IsVirtual = r.Skip("virtual") || r.Problem is null };
    }
}
