namespace PgRoll.Build.SqlText;

/// <summary>Decides whether a text is one scalar expression, one that stays inside the parentheses it will be put into.</summary>
static class ExpressionReader
{
    static readonly HashSet<string> statements =
    [
        "abort", "alter", "analyze", "begin", "call", "checkpoint", "close", "cluster", "comment", "commit", "copy", "create", "deallocate",
        "declare", "delete", "discard", "do", "drop", "end", "execute", "explain", "fetch", "grant", "import", "insert", "listen", "load",
        "lock", "merge", "move", "notify", "prepare", "reassign", "refresh", "reindex", "release", "reset", "return", "revoke", "rollback",
        "savepoint", "security", "set", "show", "start", "table", "truncate", "unlisten", "update", "vacuum", "values", "with",
    ];

    // Behind SELECT <expr> these words make it a query that must stay one.
    static readonly HashSet<string> clauses =
    [
        "as", "except", "fetch", "for", "from", "group", "having", "intersect", "limit", "offset", "order", "union", "where", "window",
    ];

    // Words that go on behind an operand.
    static readonly HashSet<string> operators =
    [
        "and", "at", "between", "collate", "ilike", "in", "is", "isnull", "like", "not", "notnull", "operator", "or", "overlaps", "similar",
    ];

    /// <summary>What is wrong with the text, or null; whether it begins with a SELECT that can be left out.</summary>
    public static (string? Problem, bool IsSelectSpare) Read(string text, IReadOnlyList<Token> tokens)
    {
        var problem = Placeholder(text, tokens) ?? LeavesItsPlace(text, tokens) ?? Statement(tokens);
        if (problem is not null)
            return (problem, false);

        var isSelect = tokens[0].IsWord("select");
        var (columns, clause, into) = TopLevel(tokens, isSelect ? 1 : 0);
        problem = isSelect && tokens.Count == 1 ? "SELECT has no expression"
            : isSelect && tokens[1].IsSymbol("*") ? "SELECT * is no scalar: name the one column you want"
            : into ? "SELECT INTO is a statement: write one scalar expression"
            : columns > 1 ? $"it has {columns} columns: write one scalar expression, without a comma outside of parentheses"
            : clause is not null && !isSelect ? $"{clause.ToUpperInvariant()} belongs to a query: write one scalar expression"
            : null;
        return (problem, isSelect && clause is null && !HasBareAlias(tokens));
    }

    /// <summary>What <c>convert</c> writes where only a person knows the expression, here and in pgroll.</summary>
    static string? Placeholder(string text, IReadOnlyList<Token> tokens) =>
        tokens.Count > 1 && tokens[0].IsWord("todo") && tokens[1].IsSymbol(":") ? $"it is the placeholder '{text.Trim()}': write the expression in its place" : null;

    /// <summary>What would let the text leave the place it is put into, or null.</summary>
    public static string? LeavesItsPlace(string text, IReadOnlyList<Token> tokens)
    {
        var problem = text.Contains('\0') ? "it contains a NUL character" : null;
        problem ??= tokens.Count == 0 ? "it is empty" : null;
        problem ??= FirstWrongToken(tokens);
        return problem ?? Unbalanced(text, tokens);
    }

    static string? FirstWrongToken(IReadOnlyList<Token> tokens)
    {
        foreach (var token in tokens)
        {
            if (token.Kind is TokenKind.Error)
                return token.Value;
            if (token.Kind is TokenKind.Parameter)
                return "it has a parameter such as $1, which has no value here: name a column";
            if (token.IsSymbol(";"))
                return "it has a ';', which ends a statement: write one scalar expression without it";
        }
        return null;
    }

    static string? Unbalanced(string text, IReadOnlyList<Token> tokens)
    {
        var open = new Stack<Token>();
        foreach (var token in tokens.Where(token => token.Kind is TokenKind.Symbol))
        {
            if (token.Value is "(" or "[")
                open.Push(token);
            else if (token.Value is ")" or "]" && (open.Count == 0 || open.Pop().Value != (token.Value == ")" ? "(" : "[")))
                return $"a '{token.Value}' closes nothing, at '{Excerpt(text, token.Start)}'";
        }
        return open.Count == 0 ? null : $"a '{open.Peek().Value}' is not closed, at '{Excerpt(text, open.Peek().Start)}'";
    }

    static string Excerpt(string text, int from)
    {
        var lineEnd = text.IndexOf('\n', from) is var found && found < 0 ? text.Length : found;
        return text.Substring(from, Math.Min(20, lineEnd - from)).TrimEnd();
    }

    // Most of these words may be columns: "comment || '!'" is an expression, "comment on …" a statement.
    static string? Statement(IReadOnlyList<Token> tokens)
    {
        var first = 0;
        while (first < tokens.Count && tokens[first].IsSymbol("("))
            first++;
        if (first == tokens.Count || tokens[first] is not { Kind: TokenKind.Identifier, Value: { } word } || !statements.Contains(word))
            return null;
        // WITH and VALUES make a query that is a scalar when it stands in parentheses.
        if (first > 0 && word is "with" or "values" or "table")
            return null;
        var isStatement = Keywords.CannotBeColumn(word)
            || (word == "values" && first + 1 < tokens.Count && tokens[first + 1].IsSymbol("("))
            || (first + 1 < tokens.Count && StartsOperand(tokens[first + 1]));
        return isStatement ? $"{word.ToUpperInvariant()} starts a statement: write one scalar expression" : null;
    }

    static bool StartsOperand(Token token) =>
        token.Kind is TokenKind.QuotedIdentifier || (token.Kind is TokenKind.Identifier && !operators.Contains(token.Value!));

    static (int Columns, string? Clause, bool Into) TopLevel(IReadOnlyList<Token> tokens, int first)
    {
        var (columns, depth, into) = (1, 0, false);
        string? clause = null;
        for (var i = first; i < tokens.Count; i++)
        {
            depth += Nesting(tokens[i]);
            if (depth > 0)
                continue;
            if (tokens[i].IsSymbol(",") && clause is null)
                columns++;
            else if (tokens[i].IsWord("into"))
                into = true;
            else if (StartsClause(tokens, i, first))
                clause ??= tokens[i].Value;
        }
        return (columns, clause, into);
    }

    // Not so in "x = ALL (…)", "a IS NOT DISTINCT FROM b" and "WITHIN GROUP (…)".
    static bool StartsClause(IReadOnlyList<Token> tokens, int i, int first) => tokens[i] switch
    {
        { Kind: TokenKind.Identifier, Value: "all" or "distinct" } => i == first,
        { Kind: TokenKind.Identifier, Value: "group" } => i == first || !tokens[i - 1].IsWord("within"),
        { Kind: TokenKind.Identifier, Value: "from" } => i == first || !tokens[i - 1].IsWord("distinct"),
        { Kind: TokenKind.Identifier, Value: { } word } => clauses.Contains(word),
        _ => false,
    };

    static int Nesting(Token token) =>
        token.Kind is not TokenKind.Symbol ? 0 : token.Value is "(" or "[" ? 1 : token.Value is ")" or "]" ? -1 : 0;

    // SELECT a b: the name that the column gets. Where it only looks like one, a query is right all the same.
    static bool HasBareAlias(IReadOnlyList<Token> tokens)
    {
        var last = tokens.Count - 1;
        return last > 1 && tokens[last].IsName && !tokens[last].IsReserved && EndsOperand(tokens[last - 1]);
    }

    static bool EndsOperand(Token token) =>
        token.IsSymbol(")") || token.IsSymbol("]") || token.IsString || token.Kind is TokenKind.Number
        || token.Value is "end" or "null" or "true" or "false" || (token.IsName && !token.IsReserved);
}
