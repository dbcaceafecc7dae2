using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Conversion;

/// <summary>
/// A sequence, who owns it, and the default that draws from it: three statements of a dump that are one word, <c>serial</c>, where they say
/// exactly what that word does.
/// </summary>
static class SerialColumns
{
    public static IReadOnlyList<ScriptStatement> Recognise(IReadOnlyList<ScriptStatement> statements, string baseSchema, List<Remark> remarks)
    {
        foreach (var statement in statements)
            if (statement.Value is CreateObject { Kind: ObjectKind.Sequence, IsTemporary: false, Created: { } sequence } create)
                statements = Merge(statements, (statement, create), sequence, baseSchema, remarks) ?? statements;
        return statements;
    }

    /// <summary>Null where the sequence is none that serial makes.</summary>
    static IReadOnlyList<ScriptStatement>? Merge(IReadOnlyList<ScriptStatement> statements, (ScriptStatement Statement, CreateObject Value) create, ObjectName sequence, string baseSchema, List<Remark> remarks)
    {
        bool IsIt(ObjectName? name) => name is not null && Arrangement.IsSame(name, sequence, baseSchema);
        IReadOnlyList<ScriptStatement> changes = [.. statements.Where(s => s.Value is AlterObject { Kind: ObjectKind.Sequence } alter && IsIt(alter.Target))];
        if ((create.Value.OwnedBy ?? changes.Select(s => ((AlterObject)s.Value).OwnedBy).FirstOrDefault(o => o is not null)) is not { } owner
            || changes.Any(s => s.Value is AlterObject { OwnedBy: null } && !IsOwner(s)))
            return null;
        var table = statements.FirstOrDefault(s => s.Value is CreateTable made && Arrangement.IsSame(made.Table, owner.Table, baseSchema));
        if (table?.Value is not CreateTable value || value.Columns.FirstOrDefault(c => c.Name.Text == owner.Column.Text) is not { Type: { IsInteger: true } type } column)
            return null;
        var defaults = statements.FirstOrDefault(s => s.Value is AlterTable { Single: ChangeDefaultAction change } alter
            && Arrangement.IsSame(alter.Target, owner.Table, baseSchema) && change.Column.Text == column.Name.Text);
        var drawn = defaults is { Value: AlterTable { Single: ChangeDefaultAction set } } ? set.Default : column.Default;
        if (drawn is null || !SequenceReplay.Feeds(sequence.Name, drawn.Value) || PostgresNames.Choose(value.Table.Name, column.Name.Text, "seq") != sequence.Name
            || column.IsNullable is not false && !IsInPrimaryKey(value, column) || !IsPlain(create, type))
            return null;
        foreach (var left in changes.Where(IsOwner))
            remarks.Add(new(left.Line, $"left out: the owner of {sequence}, which is the table's now"));
        var said = statements.Where(s => s == create.Statement || s == defaults || changes.Contains(s)).ToList();
        var merged = said.Aggregate(table, (all, one) => all.Merge(one, value with
        {
            Columns = [.. value.Columns.Select(c => c != column ? c : c with { Type = type.AsSerial, Default = null })],
        }));
        return [.. statements.Where(s => !said.Contains(s)).Select(s => s == table ? merged : s)];
    }

    static bool IsOwner(ScriptStatement statement) => statement.Value is AlterObject { OwnedBy: null } alter && alter.Source.Tokens.Any(t => t.IsWord("owner"));

    static bool IsInPrimaryKey(CreateTable table, ColumnDefinition column) =>
        table.Constraints.OfType<KeyDefinition>().Any(k => k.IsPrimaryKey && k.Columns.Any(c => c.Text == column.Name.Text));

    static bool IsPlain((ScriptStatement Statement, CreateObject Value) create, SqlType type)
    {
        var tokens = SqlLexer.Significant(create.Statement.Text);
        var at = 2;
        while (at < tokens.Count && (tokens[at].IsWord("if") || tokens[at].IsWord("not") || tokens[at].IsWord("exists")))
            at++;
        while (at + 1 < tokens.Count && tokens[at + 1].IsSymbol("."))
            at += 2;
        var options = SequenceOptions.Read(create.Statement.Text, tokens, at + 1);
        return options.AreDefault && (options.Type ?? "bigint") == type.Canonical && tokens[1].IsWord("sequence");
    }
}
