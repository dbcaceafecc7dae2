using System.Text;

namespace PgRoll.Build.SqlText;

/// <summary>
/// A part of a statement that is no expression (an index's keys, a sequence's options), checked so that it cannot leave its place:
/// brackets are balanced, and no statement ends in it.
/// </summary>
public sealed record SqlClause
{
    readonly IReadOnlyList<Token> tokens;

    SqlClause(string text, IReadOnlyList<Token> tokens)
    {
        Text = text;
        this.tokens = tokens;
    }

    /// <summary>The clause as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a clause; null and the problem if the text is something else.</summary>
    public static SqlClause? Parse(string text, out string? problem)
    {
        var tokens = SqlLexer.Significant(text);
        problem = ExpressionReader.LeavesItsPlace(text, tokens);
        return problem is null ? new(text, tokens) : null;
    }

    /// <summary>A clause that the server itself wrote, from its catalog.</summary>
    public static SqlClause FromCatalog(string text) => new(text, SqlLexer.Significant(text));

    /// <summary>Clauses are equal if their texts are.</summary>
    public bool Equals(SqlClause? other) => other?.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>The clause as it was written.</summary>
    public override string ToString() => Text;

    /// <summary>The names that may be columns.</summary>
    internal IEnumerable<string> ReferencedNames => ColumnIndexes().Select(i => tokens[i].Value!).Distinct();

    /// <summary>The clause with columns renamed; new names are quoted.</summary>
    internal SqlClause Rename(IReadOnlyDictionary<string, string> columns)
    {
        var renamed = new StringBuilder();
        var copied = 0;
        foreach (var i in ColumnIndexes())
            if (columns.TryGetValue(tokens[i].Value!, out var name) && name != tokens[i].Value)
            {
                renamed.Append(Text, copied, tokens[i].Start - copied).Append(new Ident(name));
                copied = tokens[i].End;
            }
        return copied == 0 ? this : FromCatalog(renamed.Append(Text, copied, Text.Length - copied).ToString());
    }

    /// <summary>The clause as it stands in SQL; a comment at its end must not swallow what follows.</summary>
    internal Sql ToSql()
    {
        var all = SqlLexer.Tokenize(Text);
        return Sql.Raw(all.Count > 0 && all[all.Count - 1].Kind is TokenKind.LineComment ? Text + "\n" : Text);
    }

    IEnumerable<int> ColumnIndexes()
    {
        var roles = NameRoles.Of(tokens);
        var storage = StorageParameters();
        // In NULLS FIRST the second word is grammar, whatever columns are called.
        return Enumerable.Range(0, tokens.Count).Where(i =>
            roles[i] is NameRole.Column && !(i > 0 && tokens[i - 1].IsWord("nulls")) && !(i >= storage.Start && i < storage.End));
    }

    /// <summary>The tokens of WITH (…): names there are the access method's.</summary>
    (int Start, int End) StorageParameters()
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
            if (tokens[i].IsWord("with") && tokens[i + 1].IsSymbol("("))
            {
                var end = i + 1;
                while (end < tokens.Count && !tokens[end].IsSymbol(")"))
                    end++;
                return (i, end);
            }
        return (0, 0);
    }
}
