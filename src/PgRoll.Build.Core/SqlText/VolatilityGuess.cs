namespace PgRoll.Build.SqlText;

/// <summary>Guesses the volatility of a default. Operators and the input of types are taken for immutable, as nearly all are.</summary>
static class VolatilityGuess
{
    static readonly HashSet<string> constantWords =
        ["and", "array", "as", "case", "cast", "collate", "else", "end", "false", "is", "not", "null", "or", "then", "true", "when"];

    static readonly HashSet<string> stableWords =
    [
        "current_catalog", "current_date", "current_role", "current_time", "current_timestamp", "current_user", "localtime",
        "localtimestamp", "session_user", "user",
    ];

    static readonly HashSet<string> stableFunctions = ["now", "statement_timestamp", "transaction_timestamp"];

    public static Volatility Of(IReadOnlyList<Token> tokens, IReadOnlyList<NameRole> roles)
    {
        var result = Volatility.Constant;
        for (var i = 0; i < tokens.Count && result is not Volatility.Unknown; i++)
        {
            var volatility = tokens[i] is { Kind: TokenKind.Error or TokenKind.Parameter } ? Volatility.Unknown : Of(tokens[i], roles[i]);
            result = volatility < result ? volatility : result;
        }
        return result;
    }

    static Volatility Of(Token token, NameRole role) => role switch
    {
        NameRole.None or NameRole.Type or NameRole.Syntax => Volatility.Constant,
        NameRole.Keyword when constantWords.Contains(token.Value!) => Volatility.Constant,
        NameRole.Keyword when stableWords.Contains(token.Value!) => Volatility.Stable,
        NameRole.Function when stableFunctions.Contains(token.Value!) => Volatility.Stable,
        _ => Volatility.Unknown,
    };
}
