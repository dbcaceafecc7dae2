using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0708. DELETE of all rows is PGR0707's at start.</summary>
sealed class UnbatchedRows() : LintRule(new("PGR0708", "sql-unbatched-dml", Severity.Warning,
    "Many rows changed by one statement",
    "{0} may change many rows of '{1}' in one transaction.",
    "Each row stays locked until the transaction ends, and every client that wants it waits; at complete, which holds more locks, this is worse. Not told of statements that pick rows by the value of a key, or limit their number, or insert what they say themselves.",
    "Fill columns by `up` of an operation, which works in batches beside clients; run other changes in batches, outside of the migration."))
{
    public override void Check(LintContext context)
    {
        foreach (var (statement, place) in context.Runs<ChangeRows>())
            foreach (var change in statement.Others.Prepend(statement))
                if (change.Target is { } target && context.IsInUse(target, place) && TakesMany(context, change, target, place))
                    context.Add(Rule, place, new(change.Span.Start, target.Span.End - change.Span.Start), Verb(change), target);
    }

    static bool TakesMany(LintContext context, ChangeRows change, ObjectName target, LintedStatement place)
    {
        IReadOnlyList<Token> tokens = [.. change.Source.Tokens.Where(token => token.Start >= change.Span.Start && token.End <= change.Span.End)];
        return change.Kind switch
        {
            RowChange.Insert => change.IsFromQuery && Query(tokens) is var query
                && (ReadsTable(context, query, "from", place) || ReadsTable(context, query, "table", place)),
            RowChange.Merge => ReadsTable(context, tokens, "using", place),
            RowChange.Delete or RowChange.Update when !change.HasWhere => change.Kind is RowChange.Update || place.Operation.OnComplete,
            RowChange.Delete or RowChange.Update => !tokens.Any(token => token.IsWord("limit")) && !PicksByKey(tokens, context.Find(target, place)),
            _ => false,
        };
    }

    static string Verb(ChangeRows change) => change.Kind is RowChange.Insert ? "INSERT … SELECT" : change.Kind.ToString().ToUpperInvariant();

    /// <summary>The query that an INSERT takes its rows from, without parentheses around it.</summary>
    static IReadOnlyList<Token> Query(IReadOnlyList<Token> tokens)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
            if (tokens[i].IsSymbol("(") && (tokens[i + 1].IsWord("select") || tokens[i + 1].IsWord("table")))
                return AtTop([.. tokens.Take(i)], token => token.IsWord("select") || token.IsWord("with")) < 0 ? [.. tokens.Skip(i + 1)] : tokens;
        return tokens;
    }

    /// <summary>Whether rows come from a table that was there before, not from VALUES, a function or a table of the migration's own.</summary>
    static bool ReadsTable(LintContext context, IReadOnlyList<Token> tokens, string word, LintedStatement place)
    {
        var at = AtTop(tokens, token => token.IsWord(word));
        if (at >= 0 && at + 1 < tokens.Count && tokens[at + 1].IsWord("only"))
            at++;
        if (at < 0 || at + 1 >= tokens.Count || !tokens[at + 1].IsName)
            return at >= 0 && at + 2 < tokens.Count && tokens[at + 1].IsSymbol("(") && !tokens[at + 2].IsWord("values");
        var isQualified = at + 3 < tokens.Count && tokens[at + 2].IsSymbol(".");
        var name = isQualified ? tokens[at + 3] : tokens[at + 1];
        var next = at + (isQualified ? 4 : 2);
        return !(next < tokens.Count && tokens[next].IsSymbol("("))
            && context.IsInUse(new(isQualified ? tokens[at + 1].Value : null, name.Value!, new(name.Start, name.Length)), place);
    }

    /// <summary>Whether a condition of the outermost AND names a key's column; of a table that is not known, any column may be one.</summary>
    static bool PicksByKey(IReadOnlyList<Token> tokens, Table? table)
    {
        var where = AtTop(tokens, token => token.IsWord("where"));
        IReadOnlyList<Token> condition = [.. tokens.Skip(where + 1)];
        if (where < 0 || AtTop(condition, token => token.IsWord("or")) >= 0)
            return false;
        for (int i = 0, depth = 0; i < condition.Count; i++)
        {
            depth += condition[i].IsSymbol("(") ? 1 : condition[i].IsSymbol(")") ? -1 : 0;
            if (depth == 0 && (i == 0 || condition[i - 1].IsWord("and")) && PicksByKey([.. condition.Skip(i)], column => table is null || IsKey(table, column)))
                return true;
        }
        return false;
    }

    static bool PicksByKey(IReadOnlyList<Token> condition, Func<string, bool> isKey)
    {
        var column = condition.Count > 2 && condition[1].IsSymbol(".") ? 2 : 0;
        if (condition.Count < column + 3 || !condition[column].IsName || !isKey(condition[column].Value!))
            return false;
        var (comparison, value) = (condition[column + 1], condition[column + 2]);
        return comparison.IsWord("between") || comparison.IsSymbol("=") && IsValue(value)
            || comparison.IsWord("in") && value.IsSymbol("(") && condition.Count > column + 3 && IsValue(condition[column + 3]);
    }

    static bool IsValue(Token token) => token.IsString || token.Kind is TokenKind.Number || token.IsSymbol("-");

    static bool IsKey(Table table, string column) =>
        table.Constraints.OfType<UniqueConstraint>().Any(key => key.Columns[0] == column)
        || table.Indexes.Any(index => index.IsUnique && index.Columns.Count > 0 && index.Columns[0] == column);

    /// <summary>The first such word outside of parentheses; -1 for none.</summary>
    static int AtTop(IReadOnlyList<Token> tokens, Func<Token, bool> isIt)
    {
        for (int i = 0, depth = 0; i < tokens.Count; i++)
        {
            depth += tokens[i].IsSymbol("(") ? 1 : tokens[i].IsSymbol(")") ? -1 : 0;
            if (depth == 0 && isIt(tokens[i]))
                return i;
        }
        return -1;
    }
}
