using System.Text;

namespace PgRoll.Build.SqlText;

/// <summary>A scalar expression that a user wrote: checked to be one, so that it cannot leave the parentheses it is put into.</summary>
public sealed record SqlExpression
{
    // System columns, and words that stand alone in PostgreSQL's own calls.
    static readonly HashSet<string> neverUnknown =
        ["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin", "nfc", "nfd", "nfkc", "nfkd", "wrapper"];

    // The tokens of what is written: a SELECT in front of a mere expression is left out.
    readonly IReadOnlyList<Token> tokens;
    readonly IReadOnlyList<NameRole> roles;
    readonly bool isSelectSpare;

    SqlExpression(string text, IReadOnlyList<Token> significant, bool isSelectSpare = false)
    {
        Text = text;
        this.isSelectSpare = isSelectSpare;
        tokens = isSelectSpare ? [.. significant.Skip(1)] : significant;
        roles = NameRoles.Of(tokens);
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
    public Volatility Volatility => VolatilityGuess.Of(tokens, roles);

    /// <summary>Reads an expression; null and the problem if the text is something else.</summary>
    public static SqlExpression? Parse(string text, out string? problem)
    {
        var significant = SqlLexer.Significant(text);
        (problem, var isSelectSpare) = ExpressionReader.Read(text, significant);
        return problem is null ? new(text, significant, isSelectSpare) : null;
    }

    /// <summary>An expression that the server itself wrote, from its catalog.</summary>
    public static SqlExpression FromCatalog(string text) => new(text, SqlLexer.Significant(text));

    /// <summary>The value of a column.</summary>
    internal static SqlExpression Column(string name) => FromCatalog(new Ident(name).ToString());

    /// <summary>Whether the expression is that column and nothing else.</summary>
    public bool IsSameColumn(string name)
    {
        var middle = tokens.Count / 2;
        return tokens.Count % 2 == 1
            && roles[middle] is NameRole.Column
            && tokens[middle].Value == name
            && tokens.Take(middle).All(token => token.IsSymbol("("))
            && tokens.Skip(middle + 1).All(token => token.IsSymbol(")"));
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
        return new(text, SqlLexer.Significant(text), isSelectSpare);
    }

    /// <summary>
    /// Whether columns are named with their table in front: such a name follows no column to its copy. Inside a subquery the name may be
    /// another's.
    /// </summary>
    internal bool Qualifies(string table) => !HasSubquery() && Enumerable.Range(0, tokens.Count - 1).Any(i =>
        tokens[i].IsName && tokens[i].Value == table && tokens[i + 1].IsSymbol(".") && (i == 0 || !tokens[i - 1].IsSymbol(".")));

    /// <summary>Whether the expression is one string constant.</summary>
    internal bool IsStringLiteral => tokens.Count == 1 && tokens[0].IsString;

    /// <summary>A literal without the cast that the server writes behind it; every other expression as it is.</summary>
    internal SqlExpression WithoutLiteralCast() =>
        tokens.Count > 2 && tokens[0].IsString && tokens[1].IsSymbol("::") && roles.Skip(2).All(role => role is NameRole.Type or NameRole.None)
            ? FromCatalog(Text.Substring(tokens[0].Start, tokens[0].Length))
            : this;

    /// <summary>The expression in parentheses.</summary>
    public Sql ToSql()
    {
        var all = SqlLexer.Tokenize(Text);
        if (all.Count == 0)
            return Sql.Raw("()");
        var last = all[all.Count - 1];
        var start = isSelectSpare ? tokens[0].Start : all[0].Start;
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

    IEnumerable<int> ColumnIndexes() => Enumerable.Range(0, tokens.Count).Where(i => roles[i] is NameRole.Column);

    NameReference Reference(int i) => new(tokens[i].Value!, tokens[i].Start, tokens[i].Length);

    bool HasSubquery() => Enumerable.Range(0, tokens.Count).Any(i => roles[i] switch
    {
        NameRole.Keyword => tokens[i].Value is "select" or "table",
        NameRole.Function => tokens[i].IsWord("values"),
        _ => false,
    });

    bool IsDefinite(int i)
    {
        if (tokens[i].Kind is TokenKind.QuotedIdentifier)
            return true;
        return !neverUnknown.Contains(tokens[i].Value!) && !Keywords.HasSyntax(tokens[i].Value!)
            && (i == 0 || !LeadsOrEnds(i - 1)) && (i + 1 == tokens.Count || !StartsOperand(tokens[i + 1]));
    }

    // A name with an operand beside it is a word of the grammar.
    bool LeadsOrEnds(int i) => roles[i] switch
    {
        NameRole.Keyword => tokens[i].Value is "on" or "with",
        NameRole.None => tokens[i].IsSymbol(")"),
        NameRole.Syntax => tokens[i].Value is not ("between" or "escape" or "zone"),
        _ => !tokens[i].IsWord("between"),
    };

    static bool StartsOperand(Token token) =>
        token.Kind is TokenKind.Number or TokenKind.QuotedIdentifier
        || (token.Kind is TokenKind.Identifier && !token.IsReserved && token.Value is not ("at" or "between" or "escape" or "operator"));
}
