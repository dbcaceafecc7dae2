using PgRoll.Build.SqlText;

namespace PgRoll.Build.Conversion;

/// <summary>What psql understands and the server does not: its own commands, and rows behind COPY … FROM stdin.</summary>
static class PsqlText
{
    /// <summary>The text with blanks in place of it, so that everything else stays where it was.</summary>
    public static string WithoutCommands(string sql, List<Remark> remarks)
    {
        var text = sql.ToCharArray();
        var (from, line, counted) = (0, 1, 0);
        while (Next(sql, from) is var (start, end, what))
        {
            for (; counted < start; counted++)
                line += sql[counted] == '\n' ? 1 : 0;
            remarks.Add(new(line, $"left out: {what}"));
            for (var i = start; i < end; i++)
                if (text[i] is not ('\n' or '\r'))
                    text[i] = ' ';
            from = end;
        }
        return from == 0 ? sql : new(text);
    }

    /// <summary>The first of them from an offset on, which stands between statements or at a statement's end.</summary>
    static (int Start, int End, string What)? Next(string sql, int from)
    {
        var first = -1;
        var isCopy = false;
        foreach (var token in SqlLexer.From(sql, from))
        {
            if (token.IsComment)
                continue;
            var start = token.Start;
            if (sql[start] == '\\' && BeginsLine(sql, start))
                return (start, LineEnd(sql, start), "commands of psql");
            first = first < 0 ? start : first;
            isCopy |= token.IsWord("stdin") && string.Compare(sql, first, "copy", 0, 4, StringComparison.OrdinalIgnoreCase) == 0;
            if (!token.IsSymbol(";"))
                continue;
            if (isCopy)
                return (first, RowsEnd(sql, start), "rows behind COPY, which are no part of a migration");
            first = -1;
        }
        return null;
    }

    static bool BeginsLine(string sql, int at)
    {
        while (at > 0 && sql[at - 1] is ' ' or '\t')
            at--;
        return at == 0 || sql[at - 1] == '\n';
    }

    static int RowsEnd(string sql, int from)
    {
        var end = sql.IndexOf("\n\\.", from, StringComparison.Ordinal);
        return end < 0 ? sql.Length : LineEnd(sql, end + 1);
    }

    static int LineEnd(string sql, int from) => sql.IndexOf('\n', from) is var end && end < 0 ? sql.Length : end;
}
