using System.Text;

namespace PgRoll.Build.SqlText;

/// <summary>Moves the further lines of a fragment to the right, so that plans read well.</summary>
static class Indentation
{
    /// <summary>Indents all lines but the first. Lines that begin inside a string or a quoted name stay: blanks would change it.</summary>
    public static string Apply(string sql, int columns)
    {
        if (columns == 0)
            return sql;
        var indented = new StringBuilder(sql.Length * 2);
        var blanks = new string(' ', columns);
        var copied = 0;
        foreach (var (start, end) in Untouchable(sql))
        {
            Copy(copied, start);
            indented.Append(sql, start, end - start);
            copied = end;
        }
        Copy(copied, sql.Length);
        return indented.ToString();

        void Copy(int from, int end)
        {
            for (var i = from; i < end; i++)
            {
                indented.Append(sql[i]);
                var isBlankLine = i + 1 < sql.Length && sql[i + 1] is '\n' or '\r';
                if (sql[i] == '\n' && !isBlankLine)
                    indented.Append(blanks);
            }
        }
    }

    // What never closes is untouchable to the end, too: another fragment may close it.
    static IEnumerable<(int Start, int End)> Untouchable(string sql) =>
        from token in SqlLexer.Tokenize(sql)
        where token.IsString || token.Kind is TokenKind.QuotedIdentifier or TokenKind.Error
        select (token.Start, token.End);
}
