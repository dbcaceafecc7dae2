using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Parsing;

namespace PgRoll.Build.Conversion;

/// <summary>What EF Core's idempotent scripts put around a statement, in the body of a DO block: IF NOT EXISTS(SELECT 1 FROM …) THEN … END IF.</summary>
/// <param name="Migration">The migration that is entered in the history with it; null where none is.</param>
/// <param name="Sql">What is inside.</param>
sealed record EfGuard(string? Migration, string Sql)
{
    static readonly HashSet<string> procedural = ["assert", "case", "continue", "declare", "elsif", "else", "exit", "for", "foreach", "get", "if", "loop", "raise", "return", "while"];

    /// <summary>Whether a word begins a statement that only a procedure may hold.</summary>
    public static bool IsProcedural(string word) => procedural.Contains(word);

    /// <summary>Null where the body is something else.</summary>
    public static EfGuard? Read(string body)
    {
        IReadOnlyList<Token> tokens = SqlLexer.Significant(body);
        var count = tokens.Count;
        while (count > 0 && tokens[count - 1].IsSymbol(";"))
            count--;
        return count > 2 && tokens[0].IsWord("begin") && tokens[count - 1].IsWord("end") ? Inside(body, [.. tokens.Take(count - 1).Skip(1)]) : null;
    }

    static EfGuard? Inside(string body, IReadOnlyList<Token> tokens)
    {
        if (Condition(body, tokens) is not var (table, column, value, from))
            return null;
        var end = tokens.Count - 1;
        if (end < from + 3 || !tokens[end].IsSymbol(";") || !tokens[end - 1].IsWord("if") || !tokens[end - 2].IsWord("end"))
            return null;
        IReadOnlyList<Token> inner = [.. tokens.Take(end - 2).Skip(from)];
        var sql = inner.Count == 0 ? "" : body.Substring(inner[0].Start, inner[inner.Count - 1].End - inner[0].Start);
        if (table == "pg_namespace" && column == "nspname" && inner.Count > 2 && inner[0].IsWord("create") && inner[1].IsWord("schema"))
            return new(null, $"CREATE SCHEMA IF NOT EXISTS {body.Substring(inner[2].Start, inner[2].Length)};");
        if (!EfHistory.IsTable(table) && !EfHistory.IsColumn(column))
            return null;
        return new(value, Inside(body, inner) is { Migration: null } schema ? schema.Sql
            // What a procedure calls PERFORM is a query elsewhere.
            : inner.Count > 0 && inner[0].IsWord("perform") ? $"SELECT{sql.Substring(inner[0].Length)}"
            : sql);
    }

    /// <summary>IF NOT EXISTS(SELECT 1 FROM table WHERE column = 'value') THEN, and what comes behind it. Without NOT it takes a migration back: no value.</summary>
    static (string Table, string Column, string? Value, int Next)? Condition(string body, IReadOnlyList<Token> tokens)
    {
        var at = 0;
        bool Skip(params string[] words)
        {
            foreach (var word in words)
                if (at < tokens.Count && (tokens[at].IsWord(word) || tokens[at].IsSymbol(word) || tokens[at].Kind is TokenKind.Number && word == "1"))
                    at++;
                else
                    return false;
            return true;
        }
        string? Name()
        {
            var name = at < tokens.Count && tokens[at].IsName ? tokens[at++].Value : null;
            while (name is not null && Skip(".") && at < tokens.Count)
                name = tokens[at++].Value;
            return name;
        }
        var isNew = tokens.Count > 1 && tokens[1].IsWord("not");
        if (!(isNew ? Skip("if", "not") : Skip("if")) || !Skip("exists", "(", "select", "1", "from") || Name() is not { } table || !Skip("where") || Name() is not { } column || !Skip("="))
            return null;
        if (at >= tokens.Count || !tokens[at].IsString)
            return null;
        var value = StringValue.Of(body.Substring(tokens[at].Start, tokens[at++].Length));
        return Skip(")", "then") ? (table, column, isNew ? value : null, at) : null;
    }
}

/// <summary>EF Core's table of what was applied.</summary>
static class EfHistory
{
    /// <summary>Whether a table is it by its name, in whatever case naming conventions put it.</summary>
    public static bool IsTable(string name) => Letters(name) == "efmigrationshistory";

    /// <summary>Whether a column is the one with the migrations' names.</summary>
    public static bool IsColumn(string name) => Letters(name) == "migrationid";

    /// <summary>Whether a statement keeps the history; with the migration where it is entered.</summary>
    public static (bool IsEntry, string? Migration)? Entry(Statement statement, string text) => statement switch
    {
        CreateTable create when IsTable(create.Table.Name) => (false, null),
        ChangeRows { Target: { } target, Kind: RowChange.Insert } insert when IsTable(target.Name) => (true, FirstString(insert, text)),
        ChangeRows { Target: { } target } when IsTable(target.Name) => (true, null),
        _ => null,
    };

    static string? FirstString(Statement statement, string text) =>
        statement.Source.Tokens.FirstOrDefault(t => t.IsString) is { Length: > 0 } token ? StringValue.Of(text.Substring(token.Start, token.Length)) : null;

    static string Letters(string name) => new string([.. name.Where(char.IsLetter)]).ToLowerInvariant();
}
