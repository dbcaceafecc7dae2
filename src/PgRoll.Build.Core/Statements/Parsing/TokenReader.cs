using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Parsing;

/// <summary>
/// Walks over the words of one statement. What does not fit is noted once, at the first place; from then on the reader stands at the end,
/// so whoever reads on ends soon, and need not look after every word.
/// </summary>
sealed class TokenReader(string text, SqlStatement source)
{
    static readonly Token End = new(TokenKind.Symbol, 0, 0, "");

    readonly IReadOnlyList<Token> tokens = source.Tokens;
    int position;

    public SqlStatement Source => source;

    /// <summary>What did not fit, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where it did not.</summary>
    public SqlSpan ProblemAt { get; private set; }

    public bool IsAtEnd => position >= tokens.Count;

    public Token Current => At(0);

    public int Position => position;

    public Token At(int ahead) => position + ahead < tokens.Count ? tokens[position + ahead] : End;

    public Token Previous => position > 0 && position <= tokens.Count ? tokens[position - 1] : End;

    /// <summary>Whether what did not fit may be what a server knows all the same: a newer one, say.</summary>
    public bool IsPerhapsKnown { get; private set; }

    /// <summary>Whether no server knows what did not fit.</summary>
    public bool IsSurelyWrong { get; private set; }

    public void Fail(string expected, bool isPerhapsKnown = false)
    {
        if (Problem is null)
        {
            Problem = IsAtEnd ? $"it breaks off: {expected} is missing" : $"{expected} is expected before '{Excerpt(Current)}'";
            IsPerhapsKnown = isPerhapsKnown;
            ProblemAt = IsAtEnd ? new(source.Start + source.Length, 0) : new(Current.Start, Current.Length);
        }
        position = tokens.Count;
    }

    /// <summary>Notes what no server knows, whatever else may stand in such a statement.</summary>
    public void FailSurely(string problem)
    {
        if (Problem is null)
        {
            (Problem, IsSurelyWrong) = (problem, true);
            ProblemAt = new(Current.Start, Current.Length);
        }
        position = tokens.Count;
    }

    public Token Next()
    {
        var token = Current;
        position++;
        return token;
    }

    /// <summary>Whether these words follow.</summary>
    public bool Is(params string[] words)
    {
        for (var i = 0; i < words.Length; i++)
            if (!At(i).IsWord(words[i]))
                return false;
        return true;
    }

    /// <summary>The same of one word, which is asked for at every token.</summary>
    public bool Is(string word) => Current.IsWord(word);

    /// <summary>The same of two.</summary>
    public bool Is(string first, string second) => Current.IsWord(first) && At(1).IsWord(second);

    /// <summary>Goes past these words, if all of them follow.</summary>
    public bool Skip(params string[] words)
    {
        var found = Is(words);
        position += found ? words.Length : 0;
        return found;
    }

    /// <summary>The same of one word.</summary>
    public bool Skip(string word)
    {
        var found = Is(word);
        position += found ? 1 : 0;
        return found;
    }

    /// <summary>Goes past the one of several words that follows; null for none of them.</summary>
    public string? SkipOneOf(params string[] words)
    {
        foreach (var word in words)
            if (Skip(word))
                return word;
        return null;
    }

    public void Expect(params string[] words)
    {
        if (!Skip(words))
            Fail(string.Join(" ", words).ToUpperInvariant());
    }

    public bool IsSymbol(string symbol) => Current.IsSymbol(symbol);

    public bool SkipSymbol(string symbol)
    {
        var found = IsSymbol(symbol);
        position += found ? 1 : 0;
        return found;
    }

    public void ExpectSymbol(string symbol)
    {
        if (!SkipSymbol(symbol))
            Fail($"'{symbol}'");
    }

    /// <summary>A name, of a column say. Words of the grammar are names as well, unless they are reserved.</summary>
    public Name Name()
    {
        if (!Current.IsName || Current.IsReserved)
        {
            Fail("a name");
            return new("", ProblemAt);
        }
        var token = Next();
        return new(token.Value!, SqlSpan.Of(token, token));
    }

    /// <summary>A role: more words are its name than are a table's, and CURRENT_USER and the like stand for one.</summary>
    public void Role()
    {
        if (!Current.IsName)
            Fail("a role");
        Next();
    }

    public bool IsName => Current.IsName && !Current.IsReserved;

    /// <summary>A name that may have a schema, and a database, before it.</summary>
    public ObjectName ObjectName()
    {
        var first = Current;
        var parts = new List<Name> { Name() };
        while (Problem is null && SkipSymbol("."))
            parts.Add(Part());
        if (parts.Count > 3)
            Fail("a name of at most three parts");
        return new(parts.Count > 1 ? parts[parts.Count - 2].Text : null, parts[parts.Count - 1].Text, Problem is null ? SqlSpan.Of(first, Previous) : ProblemAt);
    }

    /// <summary>A column with its table before it, and perhaps a schema.</summary>
    public ColumnReference ColumnReference()
    {
        var first = Current;
        var parts = new List<Name> { Name() };
        while (Problem is null && SkipSymbol("."))
            parts.Add(Part());
        if (parts.Count is < 2 or > 4)
            Fail("a column with its table before it");
        if (Problem is not null)
            return new(new(null, "", ProblemAt), new("", ProblemAt));
        return new(new(parts.Count > 2 ? parts[parts.Count - 3].Text : null, parts[parts.Count - 2].Text, SqlSpan.Of(first, Previous)), parts[parts.Count - 1]);
    }

    /// <summary>Behind a dot every word is a name.</summary>
    Name Part()
    {
        if (!Current.IsName)
        {
            Fail("a name");
            return new("", ProblemAt);
        }
        var token = Next();
        return new(token.Value!, SqlSpan.Of(token, token));
    }

    /// <summary>Things with commas between them.</summary>
    public IReadOnlyList<T> List<T>(Func<T> one)
    {
        List<T> all = [];
        do
            all.Add(one());
        while (SkipSymbol(","));
        return Problem is null ? all : [];
    }

    /// <summary>Things in parentheses, with commas between them.</summary>
    public IReadOnlyList<T> InParentheses<T>(Func<T> one)
    {
        ExpectSymbol("(");
        var all = List(one);
        ExpectSymbol(")");
        return all;
    }

    /// <summary>Names in parentheses.</summary>
    public IReadOnlyList<Name> Names() => InParentheses(Name);

    /// <summary>Goes past what stands in parentheses, themselves included.</summary>
    public void SkipParentheses()
    {
        if (!IsSymbol("("))
        {
            Fail("'('");
            return;
        }
        var depth = 0;
        do
            depth += Nesting(Next());
        while (depth > 0 && !IsAtEnd);
        if (depth > 0)
            Fail("')'");
    }

    /// <summary>Goes past a word, or past what stands in parentheses.</summary>
    public void SkipOne()
    {
        if (IsSymbol("("))
            SkipParentheses();
        else
            Next();
    }

    /// <summary>What stands in parentheses, without them; null where nothing is between.</summary>
    public SqlClause? ClauseInParentheses()
    {
        var from = position + 1;
        SkipParentheses();
        return Problem is null && position - 1 > from ? Clause(from, position - 1) : null;
    }

    /// <summary>An expression in parentheses, without them.</summary>
    public Expression ExpressionInParentheses()
    {
        var from = position + 1;
        SkipParentheses();
        return ExpressionOf(from, position - 1);
    }

    /// <summary>
    /// An expression that ends where one of these words stands outside of parentheses and CASE, or a comma or a bracket that it did not
    /// open.
    /// </summary>
    public Expression ExpressionUntil(Func<TokenReader, bool> ends)
    {
        var from = position;
        for (int depth = 0, cases = 0; !IsAtEnd; position++)
        {
            if (depth == 0 && cases == 0 && position > from && ends(this))
                break;
            if (depth == 0 && (IsSymbol(",") || IsSymbol(")") || IsSymbol("]")))
                break;
            depth += Nesting(Current);
            cases += Current.IsWord("case") ? 1 : Current.IsWord("end") && cases > 0 ? -1 : 0;
        }
        return ExpressionOf(from, position);
    }

    /// <summary>Whether an option of the statement is said to be off, or false, or 0.</summary>
    public bool SwitchesOff(string option)
    {
        for (var i = 0; i + 2 < tokens.Count; i++)
            if (tokens[i].IsWord(option) && tokens[i + 1].IsSymbol("=") && (tokens[i + 2].Value is "false" or "off" || tokens[i + 2] is { Kind: TokenKind.Number, Length: 1 }))
                return true;
        return false;
    }

    /// <summary>The words from a position up to another, as a clause.</summary>
    public SqlClause Clause(int from, int to) => SqlClause.FromCatalog(Text(from, to));

    /// <summary>The words from a position on, up to where the reader stands.</summary>
    public SqlSpan Since(int from) => from < position && from < tokens.Count ? SqlSpan.Of(tokens[from], tokens[Math.Min(position, tokens.Count) - 1]) : ProblemAt;

    /// <summary>The words from a position on, up to the end of the statement.</summary>
    public SqlSpan ToEnd(int from) => from < tokens.Count ? SqlSpan.Of(tokens[from], tokens[tokens.Count - 1]) : ProblemAt;

    /// <summary>The text of the words from a position up to another.</summary>
    public string Text(int from, int to) => from < to && to <= tokens.Count ? text.Substring(tokens[from].Start, tokens[to - 1].End - tokens[from].Start) : "";

    /// <summary>A type's name.</summary>
    public SqlType? Type()
    {
        if (IsAtEnd)
        {
            Fail("a type", isPerhapsKnown: !IsAtEnd);
            return null;
        }
        var (type, length) = SqlType.ParseAt(text, tokens, position);
        if (type is null)
            Fail(Current.IsName && At(1).IsSymbol("(") ? "a type whose modifiers are constants" : "a type", isPerhapsKnown: !IsAtEnd);
        else
            position += length;
        return type;
    }

    /// <summary>A string's value; null where none follows.</summary>
    public string? SkipString()
    {
        if (!Current.IsString)
            return null;
        var token = Next();
        return StringValue.Of(text.Substring(token.Start, token.Length));
    }

    /// <summary>Goes to the end, whatever stands there.</summary>
    public void SkipRest() => position = Math.Max(position, tokens.Count);

    /// <summary>Goes back to where the reader stood before.</summary>
    public void ReturnTo(int earlier)
    {
        if (Problem is null)
            position = earlier;
    }

    Expression ExpressionOf(int from, int to)
    {
        if (from >= to || to > tokens.Count)
        {
            Fail("an expression");
            return new(SqlExpression.FromCatalog("NULL"), source.Start);
        }
        return new(SqlExpression.FromCatalog(Text(from, to)), tokens[from].Start);
    }

    static int Nesting(Token token) => token.IsSymbol("(") || token.IsSymbol("[") ? 1 : token.IsSymbol(")") || token.IsSymbol("]") ? -1 : 0;

    string Excerpt(Token token) => text.Substring(token.Start, Math.Min(token.Length, 40));
}
