using PgRoll.Build.SqlText;

namespace PgRoll.Build.Conversion;

/// <summary>Comments between the statements of a script: what people wrote, not what tools do.</summary>
static class Notes
{
    static readonly char[] lineBreaks = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    /// <summary>What pg_dump says of each object anyway, and what separates statements for Drizzle.</summary>
    static readonly string[] ofTools =
    [
        "-- Name: ", "-- Data for Name: ", "-- TOC entry ", "-- Dependencies: ", "-- PostgreSQL database ", "-- Dumped from ", "-- Dumped by ", "--> statement-breakpoint",
    ];

    /// <summary>The comments in a stretch of a text that holds no statement: those on the line that it begins on, and those below.</summary>
    public static (IReadOnlyList<string> OnLine, IReadOnlyList<string> Below) Between(string text, int from, int to)
    {
        var gap = text.Substring(from, to - from);
        var line = gap.IndexOf('\n') is >= 0 and var end ? end : gap.Length;
        var comments = SqlLexer.Tokenize(gap).Where(token => token.IsComment).Select(token => (token.Start, Text: gap.Substring(token.Start, token.Length).TrimEnd()))
            .Where(comment => comment.Text != "--" && !ofTools.Any(start => comment.Text.StartsWith(start, StringComparison.Ordinal))).ToLookup(comment => comment.Start < line, comment => comment.Text);
        return ([.. comments[true]], [.. comments[false]]);
    }

    /// <summary>The lines of a comment without the marks of SQL, lines of mere ornament, and what YAML allows in no comment of its own.</summary>
    public static IEnumerable<string> Lines(string comment)
    {
        var isBlock = comment.StartsWith("/*", StringComparison.Ordinal);
        foreach (var line in comment.Substring(2, comment.Length - (isBlock ? 4 : 2)).Split(lineBreaks))
        {
            var words = new string([.. line.Where(c => !char.IsControl(c) || c == '\t')]).Trim();
            if (isBlock && words.StartsWith("* ", StringComparison.Ordinal))
                words = words.Substring(2).TrimStart();
            if (words.Any(char.IsLetterOrDigit))
                yield return words;
        }
    }
}
