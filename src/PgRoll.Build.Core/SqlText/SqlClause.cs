using System.Text;

namespace PgRoll.Build.SqlText;

/// <summary>
/// A part of a statement that is no expression (an index's keys, a sequence's options), checked so that it cannot leave its place:
/// brackets are balanced, and no statement ends in it.
/// </summary>
public sealed record SqlClause
{
    SqlClause(string text) => Text = text;

    /// <summary>The clause as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a clause; null and the problem if the text is something else.</summary>
    public static SqlClause? Parse(string text, out string? problem)
    {
        problem = ExpressionReader.LeavesItsPlace(text, SqlLexer.Significant(text));
        return problem is null ? new(text) : null;
    }

    /// <summary>A clause that the server itself wrote, from its catalog.</summary>
    public static SqlClause FromCatalog(string text) => new(text);

    /// <summary>Clauses are equal if their texts are.</summary>
    public bool Equals(SqlClause? other) => other?.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>The clause as it was written.</summary>
    public override string ToString() => Text;

    /// <summary>The names that may be columns.</summary>
    internal IEnumerable<string> ReferencedNames => ColumnIndexes().Select(i => Tokens[i].Value!).Distinct();

    /// <summary>The clause with columns renamed; new names are quoted.</summary>
    internal SqlClause Rename(IReadOnlyDictionary<string, string> columns)
    {
        var renamed = new StringBuilder();
        var copied = 0;
        foreach (var i in ColumnIndexes())
            if (columns.TryGetValue(Tokens[i].Value!, out var name) && name != Tokens[i].Value)
            {
                renamed.Append(Text, copied, Tokens[i].Start - copied).Append(new Ident(name));
                copied = Tokens[i].End;
            }
        return copied == 0 ? this : FromCatalog(renamed.Append(Text, copied, Text.Length - copied).ToString());
    }

    /// <summary>The clause as it stands in SQL; a comment at its end must not swallow what follows.</summary>
    internal Sql ToSql()
    {
        var all = SqlLexer.Tokenize(Text);
        return Sql.Raw(all.Count > 0 && all[all.Count - 1].Kind is TokenKind.LineComment ? Text + "\n" : Text);
    }

    // Read when first asked for: of all clauses in a schema few ever are.
    IReadOnlyList<Token> Tokens => field ??= SqlLexer.Significant(Text);

    IEnumerable<int> ColumnIndexes()
    {
        var roles = NameRoles.Of(Tokens);
        var storage = StorageParameters();
        // In NULLS FIRST the second word is grammar, whatever columns are called.
        return Enumerable.Range(0, Tokens.Count).Where(i =>
            roles[i] is NameRole.Column && !(i > 0 && Tokens[i - 1].IsWord("nulls")) && !(i >= storage.Start && i < storage.End));
    }

    /// <summary>The tokens of WITH (…): names there are the access method's.</summary>
    (int Start, int End) StorageParameters()
    {
        for (var i = 0; i + 1 < Tokens.Count; i++)
            if (Tokens[i].IsWord("with") && Tokens[i + 1].IsSymbol("("))
            {
                var end = i + 1;
                while (end < Tokens.Count && !Tokens[end].IsSymbol(")"))
                    end++;
                return (i, end);
            }
        return (0, 0);
    }
}
