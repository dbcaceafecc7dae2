namespace PgRoll.Build.SqlText;

enum NameRole
{
    /// <summary>No name at all.</summary>
    None,

    /// <summary>May be a column.</summary>
    Column,

    /// <summary>A word that cannot be a column unless it is quoted.</summary>
    Keyword,

    /// <summary>Stands before an opening parenthesis.</summary>
    Function,

    /// <summary>Part of a dotted name.</summary>
    Qualified,

    /// <summary>A type, or the name that AS gives.</summary>
    Type,

    /// <summary>A collation, the field of EXTRACT, the unit of an interval, the name of an argument and the like.</summary>
    Syntax,
}

/// <summary>Tells for each name in an expression what it can be, as far as its neighbours show it.</summary>
sealed class NameRoles
{
    static readonly HashSet<string> intervalUnits = ["year", "month", "day", "hour", "minute", "second", "to"];

    // Free as names, but in an expression an operand may follow them.
    static readonly HashSet<string> leadsToOperand =
        ["between", "by", "zone", "escape", "value", "rows", "range", "groups", "passing", "ref", "document", "content", "name", "version", "lateral"];

    readonly IReadOnlyList<Token> tokens;
    readonly NameRole[] roles;

    NameRoles(IReadOnlyList<Token> tokens)
    {
        this.tokens = tokens;
        roles = new NameRole[tokens.Count];
    }

    /// <summary>One role for each token, none of which is a comment.</summary>
    public static IReadOnlyList<NameRole> Of(IReadOnlyList<Token> tokens)
    {
        var names = new NameRoles(tokens);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsSymbol("::"))
                names.MarkType(i + 1);
            else if (tokens[i].IsName && names.roles[i] is NameRole.None)
                names.Mark(i);
        }
        return names.roles;
    }

    Token At(int i) => i >= 0 && i < tokens.Count ? tokens[i] : default;

    bool IsWord(int i, string word) => At(i).IsWord(word);

    void Mark(int i)
    {
        if (tokens[i].IsReserved)
            MarkKeyword(i);
        else if (IsSymbol(i - 1, "."))
            roles[i] = NameRole.Qualified;
        else if (TypeEnd(i) is var typeEnd && At(typeEnd).IsString)
            MarkTypedLiteral(i, typeEnd);
        else if (IsSymbol(i + 1, "."))
            roles[i] = NameRole.Qualified;
        else if (IsSymbol(i + 1, "("))
            MarkFunction(i);
        else if (IsWord(i, "at") && IsWord(i + 1, "time") && IsWord(i + 2, "zone"))
            Fill(i, i + 3, NameRole.Syntax);
        else if (IsSymbol(i + 1, "=>") || IsSymbol(i + 1, ":=") || EndsOperand(i - 1))
            roles[i] = NameRole.Syntax;
        else
            roles[i] = NameRole.Column;
    }

    bool IsSymbol(int i, string symbol) => At(i).IsSymbol(symbol);

    // Two operands do not follow each other, so a name behind one is an alias or a word of the grammar.
    bool EndsOperand(int i) => At(i).Kind switch
    {
        TokenKind.String or TokenKind.DollarString or TokenKind.Number or TokenKind.QuotedIdentifier => true,
        TokenKind.Identifier => roles[i] is NameRole.Column && !leadsToOperand.Contains(tokens[i].Value!),
        _ => IsSymbol(i, "]"),
    };

    void MarkTypedLiteral(int i, int literal)
    {
        Fill(i, literal, NameRole.Type);
        if (IsWord(i, "interval"))
            Fill(literal + 1, UnitsEnd(literal + 1), NameRole.Syntax);
    }

    void MarkKeyword(int i)
    {
        roles[i] = NameRole.Keyword;
        if (IsWord(i, "as") || IsWord(i, "returning"))
            MarkType(i + 1);
        else if (IsWord(i, "collate"))
            Fill(i + 1, DottedEnd(i + 1), NameRole.Syntax);
        else if (IsWord(i, "is"))
            MarkTest(IsWord(i + 1, "not") ? i + 2 : i + 1);
        else if (IsWord(i, "unique") && IsWord(i + 1, "keys"))
            roles[i + 1] = NameRole.Syntax;
    }

    // IS UNKNOWN, IS NFC NORMALIZED, IS JSON ARRAY …
    void MarkTest(int i)
    {
        for (; At(i).Kind is TokenKind.Identifier && !tokens[i].IsReserved; i++)
            roles[i] = NameRole.Syntax;
    }

    void MarkFunction(int i)
    {
        roles[i] = NameRole.Function;
        if (IsWord(i, "extract") && IsWord(i + 3, "from") && tokens[i + 2].IsName)
            roles[i + 2] = NameRole.Syntax;
    }

    void MarkType(int i) => Fill(i, TypeEnd(i), NameRole.Type);

    void Fill(int from, int end, NameRole role)
    {
        for (var i = from; i < end; i++)
        {
            if (tokens[i].IsName)
                roles[i] = role;
        }
    }

    // The index behind the type that starts here; behind nothing if none does.
    int TypeEnd(int i)
    {
        var end = DottedEnd(i);
        if (end == i)
            return i;
        if (IsWord(i, "interval"))
            return ModifiersEnd(UnitsEnd(end));
        // At most "national character varying".
        var longest = end + 2;
        while (end < longest && At(end) is { Kind: TokenKind.Identifier, Value: "precision" or "varying" or "character" or "char" })
            end++;
        end = ModifiersEnd(end);
        return (IsWord(end, "with") || IsWord(end, "without")) && IsWord(end + 1, "time") && IsWord(end + 2, "zone") ? end + 3 : end;
    }

    int DottedEnd(int i)
    {
        if (!At(i).IsName)
            return i;
        for (i++; IsSymbol(i, ".") && At(i + 1).IsName; i += 2)
        {
        }
        return i;
    }

    int UnitsEnd(int i)
    {
        while (At(i) is { Kind: TokenKind.Identifier } word && intervalUnits.Contains(word.Value!))
            i++;
        return i;
    }

    // (10,2) and (Point,4326), but not (SELECT …) or the arguments of a call with calls in them.
    int ModifiersEnd(int i)
    {
        if (!IsSymbol(i, "("))
            return i;
        for (var end = i + 1; end < tokens.Count; end++)
        {
            if (IsSymbol(end, ")"))
                return end + 1;
            var isModifier = tokens[end].Kind is TokenKind.Number || IsSymbol(end, ",") || IsSymbol(end, "-")
                || (tokens[end].IsName && !tokens[end].IsReserved);
            if (!isModifier)
                return i;
        }
        return i;
    }
}
