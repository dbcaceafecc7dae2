namespace PgRoll.Build.SqlText;

enum TokenKind
{
    /// <summary>What no server reads; the value says why. First, so that no token at all is an error, too.</summary>
    Error,

    /// <summary>An unquoted word: a name or a keyword. Its value is folded to lower case, as the server does.</summary>
    Identifier,

    /// <summary><c>"…"</c> or <c>U&amp;"…"</c>; the value is the name itself.</summary>
    QuotedIdentifier,

    /// <summary><c>'…'</c> with any prefix, its continuation lines and its UESCAPE.</summary>
    String,

    /// <summary><c>$tag$…$tag$</c>.</summary>
    DollarString,
    Number,

    /// <summary><c>$1</c>.</summary>
    Parameter,

    /// <summary>One operator, longest match by PostgreSQL's rules; the value is its text.</summary>
    Operator,

    /// <summary><c>( ) [ ] , ; : . .. :: :=</c>; the value is its text.</summary>
    Symbol,
    LineComment,
    BlockComment,
}

readonly record struct Token(TokenKind Kind, int Start, int Length, string? Value = null)
{
    public int End => Start + Length;

    public bool IsComment => Kind is TokenKind.LineComment or TokenKind.BlockComment;

    public bool IsString => Kind is TokenKind.String or TokenKind.DollarString;

    public bool IsName => Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier;

    /// <summary>A word that is no column unless it is quoted.</summary>
    public bool IsReserved => Kind is TokenKind.Identifier && Keywords.CannotBeColumn(Value!);

    /// <summary>The unquoted word, given in lower case.</summary>
    public bool IsWord(string word) => Kind is TokenKind.Identifier && Value == word;

    public bool IsSymbol(string symbol) => Kind is TokenKind.Symbol or TokenKind.Operator && Value == symbol;
}
