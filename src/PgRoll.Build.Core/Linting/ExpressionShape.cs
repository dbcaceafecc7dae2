using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting;

/// <summary>What the words of an expression show of it.</summary>
static class ExpressionShape
{
    // They stand before a parenthesis, too.
    static readonly HashSet<string> grammar = ["cube", "filter", "over", "rollup", "sets"];

    /// <summary>The functions that it calls by their names alone.</summary>
    public static IEnumerable<NameReference> Calls(this SqlExpression expression) =>
        from i in Enumerable.Range(0, expression.Tokens.Count)
        where expression.Roles[i] is NameRole.Function && !grammar.Contains(expression.Tokens[i].Value!)
        select Reference(expression.Tokens[i]);

    /// <summary>The types that it casts to, where their names have no schema.</summary>
    public static IEnumerable<NameReference> CastTypes(this SqlExpression expression)
    {
        var tokens = expression.Tokens;
        for (var i = 1; i < tokens.Count; i++)
            if (expression.Roles[i] is NameRole.Type && IsCast(tokens[i - 1]) && !(i + 1 < tokens.Count && tokens[i + 1].IsSymbol(".")))
                yield return Reference(tokens[i]);
    }

    /// <summary>The columns that it casts, and to which type: those of <c>CAST(a AS date)</c> and of <c>a::date</c>.</summary>
    public static IEnumerable<(string Column, SqlType Type)> Casts(this SqlExpression expression)
    {
        var tokens = expression.Tokens;
        for (var i = 1; i + 1 < tokens.Count; i++)
            if (IsCast(tokens[i]) && expression.Roles[i - 1] is NameRole.Column && SqlType.ParseAt(expression.Text, tokens, i + 1).Type is { } type)
                yield return (tokens[i - 1].Value!, type);
    }

    /// <summary>Whether it is a column, and nothing is done with it but that it may be cast.</summary>
    public static bool IsColumnOrCast(this SqlExpression expression, string column) =>
        expression.ReferencedNames is [var name] && name.Name == column && Enumerable.Range(0, expression.Tokens.Count).All(i => expression.Roles[i] switch
        {
            NameRole.Column or NameRole.Type => true,
            NameRole.Function => expression.Tokens[i].IsWord("cast"),
            NameRole.Keyword => expression.Tokens[i].Value is "cast" or "as",
            NameRole.None => expression.Tokens[i].Kind is TokenKind.Number or TokenKind.Symbol,
            _ => false,
        });

    /// <summary>Whether one value or another comes of it, as the row says.</summary>
    public static bool HasCase(this SqlExpression expression) => expression.Tokens.Any(token => token.IsWord("case"));

    static bool IsCast(Token token) => token.IsSymbol("::") || token.IsWord("as");

    static NameReference Reference(Token token) => new(token.Value!, token.Start, token.Length);
}
