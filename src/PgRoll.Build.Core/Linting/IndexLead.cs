using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting;

/// <summary>Whether rows can be found by columns without looking through the table.</summary>
static class IndexLead
{
    /// <summary>Whether an index begins with the columns, in whatever order.</summary>
    public static bool Has(Table table, IReadOnlyList<string> columns) =>
        table.Constraints.Where(constraint => constraint is UniqueConstraint).Any(key => Begins(key.Columns, columns))
        || table.Indexes.Any(index => Begins([.. Keys(index)], columns) && (!index.IsPartial || LeavesOutNullsAlone(index, columns)));

    static bool Begins(IReadOnlyList<string> keys, IReadOnlyList<string> columns) => keys.Count >= columns.Count && keys.Take(columns.Count).All(columns.Contains);

    /// <summary>The columns that an index is searched by, up to the first expression.</summary>
    static IEnumerable<string> Keys(Model.Index index)
    {
        var tokens = SqlLexer.Significant(index.Definition.Text);
        if (!(tokens[0].IsWord("btree") || tokens[0].IsWord("hash")))
            yield break;
        var i = 1;
        while (i + 2 < tokens.Count && (tokens[i].IsSymbol("(") || tokens[i].IsSymbol(",")) && tokens[i + 1].IsName && !tokens[i + 2].IsSymbol("("))
        {
            yield return tokens[i + 1].Value!;
            i += 2;
            while (i < tokens.Count && !tokens[i].IsSymbol(",") && !tokens[i].IsSymbol(")"))
                i++;
        }
    }

    /// <summary>A search for a key's value never looks for NULL.</summary>
    static bool LeavesOutNullsAlone(Model.Index index, IReadOnlyList<string> columns)
    {
        var words = SqlLexer.Significant(index.Definition.Text).SkipWhile(token => !token.IsWord("where")).Skip(1)
            .Where(token => !token.IsSymbol("(") && !token.IsSymbol(")")).ToList();
        return words is [{ IsName: true, Value: { } column }, var first, var second, var third] && first.IsWord("is") && second.IsWord("not") && third.IsWord("null") && columns.Contains(column);
    }
}
