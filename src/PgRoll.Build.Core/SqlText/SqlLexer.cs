namespace PgRoll.Build.SqlText;

/// <summary>
/// Splits SQL into tokens by the rules of PostgreSQL's own scanner, with standard_conforming_strings on.
/// Never throws: what the server would refuse becomes an error token. Every character is looked at a bounded number of times.
/// </summary>
sealed class SqlLexer
{
    static readonly char[] lineBreaks = ['\n', '\r'];

    /// <summary>Nearly every second token is a comma or a parenthesis.</summary>
    static readonly string[] characters = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    readonly string text;
    readonly List<Token> tokens = [];
    int position;

    SqlLexer(string text) => this.text = text;

    /// <summary>All tokens, comments included.</summary>
    public static IReadOnlyList<Token> Tokenize(string text)
    {
        var lexer = new SqlLexer(text);
        while (lexer.position < text.Length)
            lexer.Next();
        return lexer.tokens;
    }

    /// <summary>The tokens from an offset on, comments included; whoever stops early has paid for no more.</summary>
    public static IEnumerable<Token> From(string text, int offset)
    {
        var lexer = new SqlLexer(text) { position = offset };
        while (lexer.position < text.Length)
        {
            lexer.Next();
            foreach (var token in lexer.tokens)
                yield return token;
            lexer.tokens.Clear();
        }
    }

    /// <summary>The tokens that mean something: no comments.</summary>
    public static IReadOnlyList<Token> Significant(string text)
    {
        var lexer = new SqlLexer(text);
        while (lexer.position < text.Length)
            lexer.Next();
        lexer.tokens.RemoveAll(token => token.IsComment);
        return lexer.tokens;
    }

    void Next()
    {
        var c = text[position];
        var next = Peek(1);
        if (IsSpace(c))
            position++;
        else if (c == '-' && next == '-')
            Add(TokenKind.LineComment, LineEnd(position));
        else if (c == '/' && next == '*')
            BlockComment();
        else if (c == '\'')
            String(position, escapes: false);
        else if (c is 'e' or 'E' && next == '\'')
            String(position + 1, escapes: true);
        else if (c is 'b' or 'B' or 'x' or 'X' or 'n' or 'N' && next == '\'')
            String(position + 1, escapes: false);
        else if (c is 'u' or 'U' && next == '&' && Peek(2) == '\'')
            UnicodeString();
        else if (c is 'u' or 'U' && next == '&' && Peek(2) == '"')
            UnicodeIdentifier();
        else if (c == '"')
            QuotedIdentifier();
        else if (IsIdentifierStart(c))
            Identifier();
        else if (IsDigit(c) || (c == '.' && IsDigit(next)))
            Number();
        else if (c == '$')
            Dollar();
        else if (IsOperatorCharacter(c))
            Operator();
        else
            Symbol(c, next);
    }

    char Peek(int ahead) => position + ahead < text.Length ? text[position + ahead] : '\0';

    void Add(TokenKind kind, int end, string? value = null)
    {
        tokens.Add(new(kind, position, end - position, value));
        position = end;
    }

    void Fail(int end, string why) => Add(TokenKind.Error, end, why);

    static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';

    static bool IsDigit(char c) => c is >= '0' and <= '9';

    // The server takes every byte above 127 for a letter, so no-break spaces and the like are letters, too.
    static bool IsIdentifierStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or >= '\u0080';

    static bool IsIdentifierPart(char c) => IsIdentifierStart(c) || IsDigit(c) || c == '$';

    static bool IsOperatorCharacter(char c) => AllowsSignAtEnd(c) || c is '+' or '-' or '*' or '/' or '<' or '>' or '=';

    // An operator ends in + or - only if it holds one of these: the SQL standard wants "a=-1" read as "a = -1".
    static bool AllowsSignAtEnd(char c) => c is '~' or '!' or '@' or '#' or '^' or '&' or '|' or '`' or '?' or '%';

    int LineEnd(int from)
    {
        var end = text.IndexOfAny(lineBreaks, from);
        return end < 0 ? text.Length : end;
    }

    int SkipWhile(int from, Func<char, bool> accepts)
    {
        while (from < text.Length && accepts(text[from]))
            from++;
        return from;
    }

    void BlockComment()
    {
        var end = BlockCommentEnd(position);
        if (end < 0)
            Fail(text.Length, "a comment is not closed: */ is missing");
        else
            Add(TokenKind.BlockComment, end);
    }

    int BlockCommentEnd(int from)
    {
        for (int depth = 0, i = from; i + 1 < text.Length; i++)
        {
            if (text[i] == '/' && text[i + 1] == '*')
                (depth, i) = (depth + 1, i + 1);
            else if (text[i] == '*' && text[i + 1] == '/')
            {
                (depth, i) = (depth - 1, i + 1);
                if (depth == 0)
                    return i + 1;
            }
        }
        return -1;
    }

    void String(int quote, bool escapes)
    {
        var end = StringEnd(quote, escapes);
        if (end < 0)
            Fail(text.Length, "a string is not closed: ' is missing");
        else
            Add(TokenKind.String, end);
    }

    // A string goes on behind a line break, under the rules of its first part: in E'a'⏎'\'' the second part has an escaped quote.
    int StringEnd(int quote, bool escapes)
    {
        while (true)
        {
            var end = QuoteEnd(quote, '\'', escapes);
            if (end < 0)
                return -1;
            quote = Continuation(end);
            if (quote < 0)
                return end;
        }
    }

    int QuoteEnd(int quote, char mark, bool escapes)
    {
        for (var i = quote + 1; i < text.Length; i++)
        {
            if (escapes && text[i] == '\\')
                i++;
            else if (text[i] == mark && i + 1 < text.Length && text[i + 1] == mark)
                i++;
            else if (text[i] == mark)
                return i + 1;
        }
        return -1;
    }

    int Continuation(int from)
    {
        for (var (i, lineBroken) = (from, false); i < text.Length; i++)
        {
            if (text[i] is '\n' or '\r')
                lineBroken = true;
            else if (text[i] == '\'')
                return lineBroken ? i : -1;
            else if (text[i] == '-' && i + 1 < text.Length && text[i + 1] == '-')
                i = LineEnd(i) - 1;
            else if (!IsSpace(text[i]))
                return -1;
        }
        return -1;
    }

    void UnicodeString()
    {
        var end = StringEnd(position + 2, escapes: false);
        if (end < 0)
            Fail(text.Length, "a string is not closed: ' is missing");
        else if (UnicodeEscapes.FindCharacter(text, end) is var (_, after))
            Add(TokenKind.String, after);
        else
            Add(TokenKind.String, end);
    }

    void UnicodeIdentifier()
    {
        var end = QuoteEnd(position + 2, '"', escapes: false);
        if (end < 0)
        {
            Fail(text.Length, "a quoted name is not closed: \" is missing");
            return;
        }
        var (escape, after) = UnicodeEscapes.FindCharacter(text, end) ?? ('\\', end);
        if (UnicodeEscapes.Decode(Unquote(position + 3, end), escape) is { Length: > 0 } name)
            Add(TokenKind.QuotedIdentifier, after, name);
        else
            Fail(after, "a U&\"…\" name is empty or has a wrong escape");
    }

    void QuotedIdentifier()
    {
        var end = QuoteEnd(position, '"', escapes: false);
        if (end < 0)
            Fail(text.Length, "a quoted name is not closed: \" is missing");
        else if (end == position + 2)
            Fail(end, "a quoted name is empty");
        else
            Add(TokenKind.QuotedIdentifier, end, Unquote(position + 1, end));
    }

    string Unquote(int from, int end) => text.Substring(from, end - 1 - from).Replace("\"\"", "\"");

    void Identifier()
    {
        var end = SkipWhile(position, IsIdentifierPart);
        Add(TokenKind.Identifier, end, Fold(text.Substring(position, end - position)));
    }

    // Only ASCII: the server leaves other letters alone in a UTF-8 database.
    static string Fold(string word)
    {
        var first = 0;
        while (first < word.Length && word[first] is not (>= 'A' and <= 'Z'))
            first++;
        if (first == word.Length)
            return word;
        var folded = word.ToCharArray();
        for (var i = first; i < folded.Length; i++)
            if (folded[i] is >= 'A' and <= 'Z')
                folded[i] = (char)(folded[i] + 32);
        return new(folded);
    }

    void Number()
    {
        var end = text[position] == '0' && Peek(1) is 'x' or 'X' or 'o' or 'O' or 'b' or 'B' && IsHexDigitOrUnderscore(Peek(2))
            ? SkipWhile(position + 2, IsHexDigitOrUnderscore)
            : DecimalEnd();
        var junk = SkipWhile(end, IsIdentifierPart);
        if (junk > end)
            Fail(junk, "a number runs into a word");
        else
            Add(TokenKind.Number, end);
    }

    static bool IsDigitOrUnderscore(char c) => IsDigit(c) || c == '_';

    static bool IsHexDigitOrUnderscore(char c) => IsDigitOrUnderscore(c) || c is (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    int DecimalEnd()
    {
        var end = SkipWhile(position, IsDigitOrUnderscore);
        // Two dots are an operator of their own: 1..10 is a range, not 1. and .10.
        if (end < text.Length && text[end] == '.' && !(end + 1 < text.Length && text[end + 1] == '.'))
            end = SkipWhile(end + 1, IsDigitOrUnderscore);
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var sign = end + 1 < text.Length && text[end + 1] is '+' or '-' ? 1 : 0;
            var exponent = SkipWhile(end + 1 + sign, IsDigitOrUnderscore);
            end = exponent > end + 1 + sign ? exponent : end;
        }
        return end;
    }

    void Dollar()
    {
        if (IsDigit(Peek(1)))
        {
            var end = SkipWhile(position + 1, IsDigit);
            var junk = SkipWhile(end, IsIdentifierPart);
            if (junk > end)
                Fail(junk, "a parameter runs into a word");
            else
                Add(TokenKind.Parameter, end);
            return;
        }
        var tagEnd = IsIdentifierStart(Peek(1)) ? SkipWhile(position + 1, c => IsIdentifierPart(c) && c != '$') : position + 1;
        if (tagEnd >= text.Length || text[tagEnd] != '$')
        {
            Fail(position + 1, "a $ stands alone");
            return;
        }
        var tag = text.Substring(position, tagEnd + 1 - position);
        var close = text.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        if (close < 0)
            Fail(text.Length, $"a dollar-quoted string is not closed: {tag} is missing");
        else
            Add(TokenKind.DollarString, close + tag.Length);
    }

    void Operator()
    {
        var end = position;
        var allowsSign = false;
        while (end < text.Length && IsOperatorCharacter(text[end]) && !StartsComment(end))
            allowsSign |= AllowsSignAtEnd(text[end++]);

        var signs = end;
        while (!allowsSign && signs > position + 1 && text[signs - 1] is '+' or '-')
            signs--;
        AddText(TokenKind.Operator, signs);
        // What was cut off are signs alone, each an operator; rescanning them as a run would take quadratic time.
        while (position < end)
            AddText(TokenKind.Operator, position + 1);
    }

    bool StartsComment(int at) =>
        at + 1 < text.Length && ((text[at] == '-' && text[at + 1] == '-') || (text[at] == '/' && text[at + 1] == '*'));

    void Symbol(char c, char next)
    {
        if ((c == ':' && next is ':' or '=') || (c == '.' && next == '.'))
            AddText(TokenKind.Symbol, position + 2);
        else if (c is '(' or ')' or '[' or ']' or ',' or ';' or ':' or '.')
            AddText(TokenKind.Symbol, position + 1);
        else
            Fail(position + 1, c < ' ' ? "a control character is no SQL" : $"the character {c} is no SQL");
    }

    void AddText(TokenKind kind, int end) => Add(kind, end, end == position + 1 ? characters[text[position]] : text.Substring(position, end - position));
}
