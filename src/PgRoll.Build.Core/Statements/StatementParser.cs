using PgRoll.Build.SqlText;
using PgRoll.Build.Statements.Parsing;

namespace PgRoll.Build.Statements;

/// <summary>
/// Reads SQL into statements: the DDL of PostgreSQL 14 to 18, and the outline of the rest. It never throws and never guesses: what it does
/// not know is an <see cref="UnknownStatement"/>.
/// </summary>
static class StatementParser
{
    /// <summary>
    /// The readers, each with what tells that it is the right one, and whether it knows all that may follow; the first that is right reads
    /// the statement.
    /// </summary>
    static readonly (Func<TokenReader, bool> Starts, Func<TokenReader, Statement> Read, bool KnowsAll)[] readers =
    [
        (TableReader.Starts, TableReader.Read, true),
        (AlterTableReader.Starts, AlterTableReader.Read, true),
        (IndexReader.Starts, IndexReader.Read, true),
        (CreateReader.Starts, CreateReader.Read, false),
        (AlterReader.Starts, AlterReader.Read, false),
        (PrivilegeReader.Starts, PrivilegeReader.Read, false),
        (DropReader.Starts, DropReader.Read, true),
        (CommentReader.Starts, CommentReader.Read, true),
        (SessionReader.Starts, SessionReader.Read, false),
        (MaintenanceReader.Starts, MaintenanceReader.Read, true),
        (RowsReader.Starts, RowsReader.Read, true),
        (OtherReader.Starts, OtherReader.Read, false),
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
        if (FindError(text, source.Tokens) is var (problem, at, isWrong))
            return new UnknownStatement(source, problem, new(at.Start, at.Length)) { IsWrong = isWrong };
        var reader = new TokenReader(text, source);
        foreach (var (starts, read, knowsAll) in readers)
            if (starts(reader))
            {
                var statement = read(reader);
                if (!reader.IsAtEnd)
                    reader.Fail("the end of the statement", isPerhapsKnown: true);
                return reader.Problem is { } misfit
                    ? new UnknownStatement(source, misfit, reader.ProblemAt) { IsWrong = reader.IsSurelyWrong || knowsAll && !reader.IsPerhapsKnown }
                    : statement;
            }
        return Slips.OfCommand(reader) is { } slip
            ? new UnknownStatement(source, slip, new(reader.Current.Start, reader.Current.Length)) { IsWrong = true }
            : new UnknownStatement(source, "the statement is not known", new(source.Start, source.Length));
    }

    /// <summary>What is wrong in every statement: words that are none, and brackets that do not match.</summary>
    static (string Problem, Token At, bool IsWrong)? FindError(string text, IReadOnlyList<Token> tokens)
    {
        Stack<Token> open = new();
        foreach (var token in tokens)
        {
            if (token.Kind is TokenKind.Error)
                return (token.Value!, token, !RunsIntoWord(text, token));
            if (token.Kind is not TokenKind.Symbol)
                continue;
            if (token.IsSymbol("(") || token.IsSymbol("["))
                open.Push(token);
            else if ((token.IsSymbol(")") || token.IsSymbol("]")) && (open.Count == 0 || (open.Pop().Value == "(") != (token.Value == ")")))
                return ($"'{token.Value}' closes nothing", token, true);
        }
        return open.Count > 0 ? ($"'{open.Peek().Value}' is not closed", open.Peek(), true) : null;
    }

    /// <summary>Before PostgreSQL 15 a number with letters behind it is two words.</summary>
    static bool RunsIntoWord(string text, Token error) =>
        char.IsDigit(text[error.Start]) || error.Length > 1 && text[error.Start] is '.' or '$' && char.IsDigit(text[error.Start + 1]);
}
