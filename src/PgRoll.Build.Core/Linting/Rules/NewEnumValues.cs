using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Parsing;

namespace PgRoll.Build.Linting.Rules;

/// <summary>Values that ALTER TYPE … ADD VALUE adds: no statement may use them before the transaction has ended.</summary>
static class NewEnumValues
{
    /// <summary>Where a later statement of the same SQL certainly uses a value that this one adds; null where none does.</summary>
    public static (LintedStatement Place, SqlSpan Words, string Value)? FindUse(LintContext context, LintedStatement place)
    {
        if (place.Statement is not AlterObject { AddsEnumValue: true, Target: { } type } || context.IsNew(type, place))
            return null;
        var added = place.Statement.Source.Tokens.First(token => token.IsString);
        var columns = new HashSet<string>(from table in context.Before.Tables from column in table.Columns where column.Type.Canonical == type.Name select column.Name);
        foreach (var later in context.Statements.Where(other => other.Path == place.Path && other.Order > place.Order))
            for (var i = 0; i < later.Statement.Source.Tokens.Count; i++)
                if (later.Statement.Source.Tokens[i] is { IsString: true } token && Value(later, token) == Value(place, added) && IsOfType(later.Statement, i, type.Name, columns))
                    return (later, SqlSpan.Of(token, token), Value(place, added));
        return null;
    }

    /// <summary>A cast to it, a comparison with a column of it, or such a column's default.</summary>
    static bool IsOfType(Statement statement, int at, string type, HashSet<string> columns)
    {
        var tokens = statement.Source.Tokens;
        Token At(int i) => i >= 0 && i < tokens.Count ? tokens[i] : default;
        return At(at + 1).IsSymbol("::") && (At(at + 2).Value == type || At(at + 4).Value == type && At(at + 3).IsSymbol("."))
            || At(at - 1).IsSymbol("=") && At(at - 2).IsName && columns.Contains(At(at - 2).Value!)
            || At(at - 1).IsWord("default") && At(at - 2).IsWord("set") && columns.Contains(At(at - 3).Value ?? "");
    }

    static string Value(LintedStatement place, Token token) =>
        StringValue.Of((place.IsDown ? place.Operation.Down! : place.Operation.Up).Substring(token.Start, token.Length));
}
