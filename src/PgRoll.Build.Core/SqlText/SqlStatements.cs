namespace PgRoll.Build.SqlText;

/// <summary>One statement of a script, without its semicolon and the comments around it.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Length">Its length.</param>
/// <param name="Tokens">Its tokens without comments; offsets are the script's.</param>
sealed record SqlStatement(int Start, int Length, IReadOnlyList<Token> Tokens)
{
    /// <summary>Whether these words stand one after the other, from a token on.</summary>
    public bool Says(int at, params string[] words) =>
        at + words.Length <= Tokens.Count && words.Select((word, i) => Tokens[at + i].IsWord(word)).All(same => same);
}

/// <summary>Finds the statements of a script as psql does.</summary>
static class SqlStatements
{
    /// <summary>The top-level statements; semicolons in quotes, parentheses and BEGIN ATOMIC bodies end none.</summary>
    public static IReadOnlyList<SqlStatement> Split(string text)
    {
        List<SqlStatement> statements = [];
        List<Token> current = [];
        var (parentheses, bodies) = (0, 0);
        foreach (var token in SqlLexer.Significant(text))
        {
            if (token.IsSymbol(";") && parentheses == 0 && bodies == 0)
            {
                Finish();
                continue;
            }
            if (token.IsSymbol("("))
                parentheses++;
            else if (token.IsSymbol(")"))
                parentheses = Math.Max(0, parentheses - 1);
            else if (OpensBody(token))
                bodies++;
            else if (bodies > 0 && token.IsWord("end"))
                bodies--;
            current.Add(token);
        }
        Finish();
        return statements;

        // Inside the body of a routine END closes CASE as well; BEGIN alone starts a transaction.
        bool OpensBody(Token token) => bodies > 0
            ? token.IsWord("case")
            : token.IsWord("atomic") && current.Count > 1 && current[0].IsWord("create") && current[current.Count - 1].IsWord("begin");

        void Finish()
        {
            if (current.Count > 0)
                statements.Add(new(current[0].Start, current[current.Count - 1].End - current[0].Start, [.. current]));
            current.Clear();
            (parentheses, bodies) = (0, 0);
        }
    }
}
