using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Conversion;

/// <summary>
/// A sequence, who owns it, and the default that draws from it: three statements of a dump that are one word, <c>serial</c>, where they say
/// exactly what that word does.
/// </summary>
sealed class SerialColumns
{
    readonly string baseSchema;
    readonly List<Remark> remarks;
    readonly ScriptStatement?[] all;
    readonly ILookup<(string, string), int> changes, tables;
    readonly ILookup<(string, string, string), int> defaults;

    SerialColumns(IReadOnlyList<ScriptStatement> statements, string baseSchema, List<Remark> remarks)
    {
        (this.baseSchema, this.remarks, all) = (baseSchema, remarks, [.. statements]);
        var places = Enumerable.Range(0, all.Length).ToList();
        changes = places.Where(i => all[i]!.Value is AlterObject { Kind: ObjectKind.Sequence, Target: not null }).ToLookup(i => Key(((AlterObject)all[i]!.Value).Target!));
        tables = places.Where(i => all[i]!.Value is CreateTable).ToLookup(i => Key(((CreateTable)all[i]!.Value).Table));
        defaults = places.Where(i => all[i]!.Value is AlterTable { Single: ChangeDefaultAction }).ToLookup(i =>
            all[i]!.Value is AlterTable { Single: ChangeDefaultAction change } alter && Key(alter.Target) is var (schema, table) ? (schema, table, change.Column.Text) : default);
    }

    public static IReadOnlyList<ScriptStatement> Recognise(IReadOnlyList<ScriptStatement> statements, string baseSchema, List<Remark> remarks)
    {
        var columns = new SerialColumns(statements, baseSchema, remarks);
        for (var i = 0; i < columns.all.Length; i++)
            if (columns.all[i]?.Value is CreateObject { Kind: ObjectKind.Sequence, IsTemporary: false, Created: { } sequence } create)
                columns.Merge(i, create, sequence);
        return [.. columns.all.OfType<ScriptStatement>()];
    }

    /// <summary>Leaves everything as it is where the sequence is none that serial makes.</summary>
    void Merge(int place, CreateObject create, ObjectName sequence)
    {
        IReadOnlyList<int> changed = [.. changes[Key(sequence)]];
        if ((create.OwnedBy ?? changed.Select(i => ((AlterObject)all[i]!.Value).OwnedBy).FirstOrDefault(o => o is not null)) is not { } owner
            || changed.Any(i => all[i]!.Value is AlterObject { OwnedBy: null } && !IsOwner(all[i]!))
            || tables[Key(owner.Table)].Select(i => (int?)i).FirstOrDefault() is not { } at)
            return;
        var table = (CreateTable)all[at]!.Value;
        if (table.Columns.FirstOrDefault(c => c.Name.Text == owner.Column.Text) is not { Type: { IsInteger: true } type } column)
            return;
        var (schema, name) = Key(owner.Table);
        var set = defaults[(schema, name, column.Name.Text)].Where(i => all[i] is not null).Select(i => (int?)i).FirstOrDefault();
        var drawn = set is { } i && all[i]!.Value is AlterTable { Single: ChangeDefaultAction change } ? change.Default : column.Default;
        if (drawn is null || !SequenceReplay.Feeds(sequence.Name, drawn.Value) || PostgresNames.Choose(table.Table.Name, column.Name.Text, "seq") != sequence.Name
            || column.IsNullable is not false && !IsInPrimaryKey(table, column) || !IsPlain(all[place]!.Text, type))
            return;
        remarks.AddRange(changed.Where(c => IsOwner(all[c]!)).Select(c => new Remark(all[c]!.Line, "left out: owners of sequences, which are their tables' now")));
        var value = table with { Columns = [.. table.Columns.Select(c => ReferenceEquals(c, column) ? c with { Type = type.AsSerial, Default = null } : c)] };
        foreach (var said in changed.Concat(set is { } d ? [place, d] : [place]))
        {
            all[at] = all[at]!.Merge(all[said]!, value);
            all[said] = null;
        }
    }

    (string Schema, string Name) Key(ObjectName name) => (name.Schema ?? baseSchema, name.Name);

    static bool IsOwner(ScriptStatement statement) => statement.Value is AlterObject { OwnedBy: null } alter && alter.Source.Tokens.Any(t => t.IsWord("owner"));

    static bool IsInPrimaryKey(CreateTable table, ColumnDefinition column) =>
        table.Constraints.OfType<KeyDefinition>().Any(k => k.IsPrimaryKey && k.Columns.Any(c => c.Text == column.Name.Text));

    static bool IsPlain(string text, SqlType type)
    {
        var tokens = SqlLexer.Significant(text);
        var at = 2;
        while (at < tokens.Count && (tokens[at].IsWord("if") || tokens[at].IsWord("not") || tokens[at].IsWord("exists")))
            at++;
        while (at + 1 < tokens.Count && tokens[at + 1].IsSymbol("."))
            at += 2;
        var options = SequenceOptions.Read(text, tokens, at + 1);
        return options.AreDefault && (options.Type ?? "bigint") == type.Canonical && tokens[1].IsWord("sequence");
    }
}
