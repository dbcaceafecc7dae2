using System.Text;

namespace PgRoll.Build.SqlText;

/// <summary>A scalar expression that a user wrote: checked to be one, so that it cannot leave the parentheses it is put into.</summary>
public sealed record SqlExpression
{
    // System columns, and words that stand alone in PostgreSQL's own calls.
    static readonly HashSet<string> neverUnknown =
        ["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin", "nfc", "nfd", "nfkc", "nfkd", "wrapper"];

    readonly bool isSelectSpare;

    SqlExpression(string text, bool isSelectSpare = false)
    {
        Text = text;
        this.isSelectSpare = isSelectSpare;
    }

    /// <summary>The expression as it was written; all offsets count in it.</summary>
    public string Text { get; }

    /// <summary>
    /// All names that could be columns, in order. Rather too many: inside a subquery its tables and their columns are among them.
    /// </summary>
    public IReadOnlyList<NameReference> ReferencedNames => [.. ColumnIndexes().Select(Reference)];

    /// <summary>The names that must be columns, in order. Rather too few: none at all if there is a subquery.</summary>
    public IReadOnlyList<NameReference> DefiniteColumnNames =>
        HasSubquery() ? [] : [.. ColumnIndexes().Where(IsDefinite).Select(Reference)];

    /// <summary>What the text shows of the expression's volatility; meant for defaults.</summary>
    public Volatility Volatility => VolatilityGuess.Of(Tokens, Roles);

    /// <summary>Reads an expression; null and the problem if the text is something else.</summary>
    public static SqlExpression? Parse(string text, out string? problem)
    {
        (problem, var isSelectSpare) = ExpressionReader.Read(text, SqlLexer.Significant(text));
        return problem is null ? new(text, isSelectSpare) : null;
    }

    /// <summary>An expression that the server itself wrote, from its catalog.</summary>
    public static SqlExpression FromCatalog(string text) => new(text);

    /// <summary>The value of a column.</summary>
    internal static SqlExpression Column(string name) => FromCatalog(new Ident(name).ToString());

    /// <summary>Whether the expression is that column and nothing else.</summary>
    public bool IsSameColumn(string name)
    {
        var middle = Tokens.Count / 2;
        return Tokens.Count % 2 == 1
            && Roles[middle] is NameRole.Column
            && Tokens[middle].Value == name
            && Tokens.Take(middle).All(token => token.IsSymbol("("))
            && Tokens.Skip(middle + 1).All(token => token.IsSymbol(")"));
    }

    /// <summary>The expression with columns renamed; new names are quoted.</summary>
    public SqlExpression Rename(IReadOnlyDictionary<string, string> columns)
    {
        var renamed = new StringBuilder();
        var copied = 0;
        foreach (var name in ReferencedNames)
        {
            if (!columns.TryGetValue(name.Name, out var newName))
                continue;
            var end = name.Offset + name.Length;
            // Quotes must not grow together with their neighbours: in u&x they would make U&"…", a name with Unicode escapes.
            renamed.Append(Text, copied, name.Offset - copied)
                .Append(name.Offset > 0 && Text[name.Offset - 1] is '&' or '"' ? " " : "")
                .Append(new Ident(newName))
                .Append(end < Text.Length && Text[end] == '"' ? " " : "");
            copied = end;
        }
        var text = renamed.Append(Text, copied, Text.Length - copied).ToString();
        return new(text, isSelectSpare);
    }

    /// <summary>
    /// Whether columns are named with their table in front: such a name follows no column to its copy. Inside a subquery the name may be
    /// another's.
    /// </summary>
    internal bool Qualifies(string table) => !HasSubquery() && Enumerable.Range(0, Tokens.Count - 1).Any(i =>
        Tokens[i].IsName && Tokens[i].Value == table && Tokens[i + 1].IsSymbol(".") && (i == 0 || !Tokens[i - 1].IsSymbol(".")));

    /// <summary>Whether the expression says that the column holds a value, and nothing else.</summary>
    internal bool IsNotNullOf(string column)
    {
        IReadOnlyList<Token> words = [.. Tokens.Where(token => !token.IsSymbol("(") && !token.IsSymbol(")"))];
        bool Ends(params string[] ending) => words.Count == ending.Length + 1 && ending.Select((word, i) => words[i + 1].IsWord(word)).All(isSo => isSo);
        return words.Count > 1 && words[0].IsName && words[0].Value == column && (Ends("is", "not", "null") || Ends("is", "distinct", "from", "null"));
    }

    /// <summary>Whether the expression is one string constant.</summary>
    internal bool IsStringLiteral => Tokens.Count == 1 && Tokens[0].IsString;

    /// <summary>A literal without the cast that the server writes behind it; every other expression as it is.</summary>
    internal SqlExpression WithoutLiteralCast() =>
        Tokens.Count > 2 && Tokens[0].IsString && Tokens[1].IsSymbol("::") && Roles.Skip(2).All(role => role is NameRole.Type or NameRole.None)
            ? FromCatalog(Text.Substring(Tokens[0].Start, Tokens[0].Length))
            : this;

    /// <summary>The expression in parentheses.</summary>
    public Sql ToSql()
    {
        var all = SqlLexer.Tokenize(Text);
        if (all.Count == 0)
            return Sql.Raw("()");
        var last = all[all.Count - 1];
        var start = isSelectSpare ? Tokens[0].Start : all[0].Start;
        // A comment would swallow the bracket.
        var close = last.Kind is TokenKind.LineComment ? "\n)" : ")";
        return Sql.Raw($"({Text.Substring(start, last.End - start)}{close}");
    }

    /// <summary>Expressions are equal if their texts are.</summary>
    public bool Equals(SqlExpression? other) => other?.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>The expression as it was written.</summary>
    public override string ToString() => Text;

    // Both are read when first asked for: of all expressions in a schema few ever are. A SELECT in front of a mere expression is left out.
    internal IReadOnlyList<Token> Tokens => field ??= isSelectSpare ? [.. SqlLexer.Significant(Text).Skip(1)] : SqlLexer.Significant(Text);

    internal IReadOnlyList<NameRole> Roles => field ??= NameRoles.Of(Tokens);

    IEnumerable<int> ColumnIndexes() => Enumerable.Range(0, Tokens.Count).Where(i => Roles[i] is NameRole.Column);

    NameReference Reference(int i) => new(Tokens[i].Value!, Tokens[i].Start, Tokens[i].Length);

    internal bool HasSubquery() => Enumerable.Range(0, Tokens.Count).Any(i => Roles[i] switch
    {
        NameRole.Keyword => Tokens[i].Value is "select" or "table",
        NameRole.Function => Tokens[i].IsWord("values"),
        _ => false,
    });

    bool IsDefinite(int i)
    {
        if (Tokens[i].Kind is TokenKind.QuotedIdentifier)
            return true;
        return !neverUnknown.Contains(Tokens[i].Value!) && !Keywords.HasSyntax(Tokens[i].Value!)
            && (i == 0 || !LeadsOrEnds(i - 1)) && (i + 1 == Tokens.Count || !StartsOperand(Tokens[i + 1]));
    }

    // A name with an operand beside it is a word of the grammar.
    bool LeadsOrEnds(int i) => Roles[i] switch
    {
        NameRole.Keyword => Tokens[i].Value is "on" or "with",
        NameRole.None => Tokens[i].IsSymbol(")"),
        NameRole.Syntax => Tokens[i].Value is not ("between" or "escape" or "zone"),
        _ => !Tokens[i].IsWord("between"),
    };

    static bool StartsOperand(Token token) =>
        token.Kind is TokenKind.Number or TokenKind.QuotedIdentifier
        || (token.Kind is TokenKind.Identifier && !token.IsReserved && token.Value is not ("at" or "between" or "escape" or "operator"));
}
