using PgRoll.Build.SqlText;
using PgRoll.Build.Statements.Parsing;

namespace PgRoll.Build.Statements;

/// <summary>
/// Reads SQL into statements: the DDL of PostgreSQL 14 to 18, and the outline of the rest. It never throws and never guesses: what it does
/// not know is an <see cref="UnknownStatement"/>.
/// </summary>
static class StatementParser
{
    /// <summary>The readers, each with what tells that it is the right one; the first that is right reads the statement.</summary>
    static readonly (Func<TokenReader, bool> Starts, Func<TokenReader, Statement> Read)[] readers =
    [
        (TableReader.Starts, TableReader.Read),
        (AlterTableReader.Starts, AlterTableReader.Read),
        (IndexReader.Starts, IndexReader.Read),
        (CreateReader.Starts, CreateReader.Read),
        (AlterReader.Starts, AlterReader.Read),
        (PrivilegeReader.Starts, PrivilegeReader.Read),
        (DropReader.Starts, DropReader.Read),
        (CommentReader.Starts, CommentReader.Read),
        (SessionReader.Starts, SessionReader.Read),
        (MaintenanceReader.Starts, MaintenanceReader.Read),
        (RowsReader.Starts, RowsReader.Read),
        (OtherReader.Starts, OtherReader.Read),
    ];

    /// <summary>The statements of a text, in order.</summary>
    public static IReadOnlyList<Statement> Parse(string text) => [.. SqlStatements.Split(text).Select(statement => Read(text, statement))];

    /// <summary>The name that a string such as 'app.orders_id_seq' holds, without its schema; null where it holds something else.</summary>
    public static string? NameIn(string literal)
    {
        var text = StringValue.Of(literal);
        var tokens = SqlLexer.Significant(text);
        return tokens.Count > 0 && tokens.Count % 2 == 1 && tokens[tokens.Count - 1].IsName ? tokens[tokens.Count - 1].Value : null;
    }

    static Statement Read(string text, SqlStatement source)
    {
        foreach (var token in source.Tokens)
            if (token.Kind is TokenKind.Error)
                return new UnknownStatement(source, token.Value!, new(token.Start, token.Length));
        var reader = new TokenReader(text, source);
        foreach (var (starts, read) in readers)
            if (starts(reader))
            {
                var statement = read(reader);
                if (!reader.IsAtEnd)
                    reader.Fail("the end of the statement");
                return reader.Problem is { } problem ? new UnknownStatement(source, problem, reader.ProblemAt) : statement;
            }
        return new UnknownStatement(source, "the statement is not known", new(source.Start, source.Length));
    }
}
