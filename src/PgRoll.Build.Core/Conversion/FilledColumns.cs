using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>UPDATE t SET c = x WHERE c IS NULL, and c forbids NULL next, as EF Core writes it: x is what rows without a value get.</summary>
static class FilledColumns
{
    public static IReadOnlyList<ScriptStatement> Recognise(IReadOnlyList<ScriptStatement> statements, string baseSchema)
    {
        List<ScriptStatement> all = [];
        foreach (var statement in statements)
            if (statement.Value is AlterTable { Single: ChangeNullabilityAction { IsNullable: false } forbid } alter && all.Count > 0
                && all[all.Count - 1] is { Value: ChangeRows { Kind: RowChange.Update, Target: { } filled } } update && Arrangement.IsSame(filled, alter.Target, baseSchema)
                && Value(update, forbid.Column.Text) is { } value)
                all[all.Count - 1] = statement.Merge(update, alter) with { Fill = value };
            else
                all.Add(statement);
        return all;
    }

    static string? Value(ScriptStatement update, string column)
    {
        var tokens = SqlLexer.Significant(update.Text);
        var set = tokens.TakeWhile(t => !t.IsWord("set")).Count();
        var end = tokens.Count - 4;
        bool IsColumn(int at) => tokens[at].IsName && tokens[at].Value == column;
        if (set + 3 >= end || !IsColumn(set + 1) || !tokens[set + 2].IsSymbol("=") || !tokens[end].IsWord("where") || !IsColumn(end + 1) || !tokens[end + 2].IsWord("is") || !tokens[end + 3].IsWord("null"))
            return null;
        var text = update.Text.Substring(tokens[set + 3].Start, tokens[end - 1].End - tokens[set + 3].Start);
        return SqlExpression.Parse(text, out _) is null ? null : text;
    }
}
