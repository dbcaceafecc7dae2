using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Migrations;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting;

/// <summary>Finds the suppressions in the comments of a file, and in those of its raw SQL.</summary>
static class SuppressionReader
{
    const string Word = "pgroll-disable";
    const string FileWord = "pgroll-disable-file";

    /// <param name="migration">The migration.</param>
    /// <param name="needsReason">Whether a suppression without a reason is none.</param>
    /// <param name="report">Takes what is wrong with them.</param>
    public static IReadOnlyList<Suppression> Read(Migration migration, bool needsReason, Report report)
    {
        var document = migration.Document;
        report = report.For(document);
        List<Suppression> found = [];
        foreach (var comment in document.Comments)
            Take(comment.Text, comment.Span, isFile => isFile ? comment.IsHeader ? new("") : null : comment.Path is { } path ? new(path) : null);
        for (var i = 0; i < migration.Operations.Count; i++)
            if (migration.Operations[i] is RawSqlOperation raw)
            {
                ReadSql(raw.Up, $"{migration.Places[i]}.up");
                ReadSql(raw.Down ?? "", $"{migration.Places[i]}.down");
            }
        return found;

        void ReadSql(string sql, string path)
        {
            if (!sql.Contains(Word))
                return;
            var statements = SqlStatements.Split(sql);
            foreach (var token in SqlLexer.Tokenize(sql))
                if (token.IsComment)
                    Take(Text(sql, token), document.Locate(path, token.Start, token.Length), isFile => isFile ? null : Scope(sql, path, statements, token));
        }

        SuppressionScope? Scope(string sql, string path, IReadOnlyList<SqlStatement> statements, Token comment)
        {
            var lineStart = sql.LastIndexOf('\n', Math.Max(comment.Start - 1, 0)) + 1;
            var beside = statements.LastOrDefault(s => s.Start < comment.Start && s.Start + s.Length > lineStart);
            return (beside ?? statements.FirstOrDefault(s => s.Start >= comment.End)) is { } statement
                ? new(path, document.Locate(path, statement.Start, statement.Length))
                : null;
        }

        void Take(string text, TextSpan at, Func<bool, SuppressionScope?> scopeOf)
        {
            if (!text.StartsWith(Word, StringComparison.Ordinal))
                return;
            var end = text.IndexOfAny([' ', '\t', ':']);
            var word = end < 0 ? text : text.Substring(0, end);
            var colon = text.IndexOf(':');
            var codes = (colon < 0 ? text : text.Substring(0, colon)).Substring(word.Length).Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var reason = colon < 0 ? "" : text.Substring(colon + 1).Trim();
            var scope = word is Word or FileWord ? scopeOf(word == FileWord) : null;
            if (Problem(word, codes, reason, scope) is { } problem)
                report.Add(SuppressionRules.Invalid, at, problem);
            else
                found.Add(new(document.File, codes, reason.Length == 0 ? null : reason, at, scope!));
        }

        string? Problem(string word, string[] codes, string reason, SuppressionScope? scope) =>
            word is not (Word or FileWord) ? $"'{word}' is neither `{Word}` nor `{FileWord}`"
            : codes.Length == 0 ? "it names no rule"
            : codes.FirstOrDefault(code => RuleCatalog.Find(code) is null) is { } unknown ? $"there is no rule '{unknown}'{Meant(unknown)}; a reason goes after a colon"
            : codes.FirstOrDefault(code => !RuleCatalog.Find(code)!.IsConfigurable) is { } firm ? $"{firm} cannot be suppressed"
            : scope is null ? word == FileWord ? $"`{FileWord}` belongs among the comments that open the file" : "nothing follows that it could be about"
            : needsReason && reason.Length == 0 ? "a reason is required, after a colon"
            : null;
    }

    static string Meant(string unknown) =>
        (RuleCatalog.All.FirstOrDefault(rule => rule.Slug == unknown)?.Id ?? Suggestion.For(unknown, RuleCatalog.All.Select(rule => rule.Id))) is { } meant ? $" (did you mean {meant}?)" : "";

    static string Text(string sql, Token comment) =>
        comment.Kind is TokenKind.LineComment
            ? sql.Substring(comment.Start + 2, comment.Length - 2).Trim()
            : sql.Substring(comment.Start, comment.Length).Trim('/', '*', ' ', '\t', '\r', '\n');
}
