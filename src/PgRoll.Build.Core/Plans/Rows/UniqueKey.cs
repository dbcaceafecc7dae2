using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Rows;

/// <summary>What a unique index compares, where it is columns as they are.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="NullsNotDistinct">Whether NULL equals NULL.</param>
/// <param name="Predicate">The rows that it holds; null for all.</param>
sealed record UniqueKey(IReadOnlyList<string> Columns, bool NullsNotDistinct, SqlExpression? Predicate)
{
    public static UniqueKey? Of(UniqueConstraint unique) => unique.IsWithoutOverlaps ? null : new(unique.Columns, unique.NullsNotDistinct, null);

    /// <summary>Reads an index; null where its keys are expressions, or compared in a way of their own.</summary>
    public static UniqueKey? Of(Model.Index index)
    {
        var text = index.Definition.Text;
        var tokens = SqlLexer.Significant(text);
        if (tokens.Count < 3 || !tokens[0].IsWord("btree") || !tokens[1].IsSymbol("("))
            return null;
        List<string> columns = [];
        var i = 1;
        do
        {
            if (i + 2 >= tokens.Count || !tokens[i + 1].IsName)
                return null;
            columns.Add(tokens[i + 1].Value!);
            i += 2;
            while (i < tokens.Count && (tokens[i].IsWord("asc") || tokens[i].IsWord("desc") || tokens[i].IsWord("nulls") || tokens[i].IsWord("first") || tokens[i].IsWord("last")))
                i++;
        }
        while (i < tokens.Count && tokens[i].IsSymbol(","));
        if (i >= tokens.Count || !tokens[i].IsSymbol(")"))
            return null;
        var rest = tokens.Skip(i + 1).ToList();
        var where = rest.FindIndex(token => token.IsWord("where"));
        var isNullOne = rest.Take(where < 0 ? rest.Count : where).Any(token => token.IsWord("distinct"));
        return new(columns, isNullOne, where < 0 ? null : SqlExpression.FromCatalog(text.Substring(rest[where].End).Trim()));
    }
}
