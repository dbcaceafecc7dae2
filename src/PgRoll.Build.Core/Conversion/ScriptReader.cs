using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Parsing;

namespace PgRoll.Build.Conversion;

/// <summary>
/// Reads a script as its statements: without what only psql understands, and taken out of the frame that EF Core puts around them, whose
/// history table says which migration each belongs to.
/// </summary>
sealed class ScriptReader
{
    readonly List<ScriptPart> parts = [];
    readonly List<Remark> remarks;
    List<ScriptStatement> open = [];
    List<string> notes = [];
    string? migration;

    ScriptReader(List<Remark> remarks) => this.remarks = remarks;

    /// <summary>What is said of a comment that stands before nothing.</summary>
    public const string Unfollowed = "left out: comments that no statement follows";

    /// <summary>The parts of a script, in order; none is empty.</summary>
    public static IReadOnlyList<ScriptPart> Read(string sql, List<Remark> remarks)
    {
        var reader = new ScriptReader(remarks);
        reader.Add(PsqlText.WithoutCommands(sql, remarks), 1);
        reader.Close(null);
        if (reader.notes.Count > 0)
            remarks.Add(new(1 + sql.Count(c => c == '\n'), Unfollowed));
        return reader.parts;
    }

    void Add(string text, int firstLine)
    {
        var (line, at, end) = (firstLine, 0, 0);
        foreach (var statement in StatementParser.Parse(text))
        {
            Note(text, end, statement.Source.Start);
            for (; at < statement.Source.Start; at++)
                line += text[at] == '\n' ? 1 : 0;
            Add(new(statement, text.Substring(statement.Source.Start, statement.Source.Length), line), text);
            end = statement.Source.Start + statement.Source.Length;
        }
        Note(text, end, text.Length);
    }

    /// <summary>Comments behind a statement on its line are about it, others about the next.</summary>
    void Note(string text, int from, int to)
    {
        var (onLine, below) = Notes.Between(text, from, to);
        if (from == 0 || open.Count == 0)
            notes.AddRange(onLine);
        else if (onLine.Count > 0)
            open[open.Count - 1] = open[open.Count - 1] with { Notes = [.. open[open.Count - 1].Notes, .. onLine] };
        notes.AddRange(below);
    }

    void Add(ScriptStatement statement, string text)
    {
        if (statement.Value is CodeStatement { Verb: "do" } code && code.Source.Tokens.FirstOrDefault(t => t.IsString) is { Length: > 0 } body)
        {
            var inside = StringValue.Of(text.Substring(body.Start, body.Length));
            if (EfGuard.Read(inside) is { } guard)
            {
                AddGuarded(guard, statement.Line);
                return;
            }
        }
        else if (EfHistory.Entry(statement.Value, text) is { } entry)
        {
            remarks.Add(new(statement.Line, "left out: EF Core's history table"));
            if (entry.Migration is { } name)
            {
                // In a plain script, the entry comes behind what the migration does.
                if (migration is not null && migration != name)
                    Close(null);
                migration = name;
                Close(name);
            }
            return;
        }
        open.Add(statement with { Notes = [.. notes] });
        notes.Clear();
    }

    void AddGuarded(EfGuard guard, int line)
    {
        if (guard.Migration is { } name && name != migration)
        {
            Close(null);
            migration = name;
        }
        var statements = new ScriptReader(remarks) { migration = migration, notes = notes };
        statements.Add(guard.Sql, line);
        IReadOnlyList<ScriptStatement> inside = [.. statements.parts.SelectMany(p => p.Statements), .. statements.open];
        if (inside.Any(s => s.Value is UnknownStatement unknown && unknown.Source.Tokens[0] is { Kind: TokenKind.Identifier, Value: { } word } && EfGuard.IsProcedural(word)))
            Add($"DO $EF$\nBEGIN\n{guard.Sql}\nEND $EF$", line);
        else
            open.AddRange(inside);
    }

    /// <summary>Ends a part; what it is called by is known before it, or not until its end.</summary>
    void Close(string? name)
    {
        if (open.Count > 0)
            parts.Add(new(name ?? migration, open));
        (open, migration) = ([], null);
    }
}
