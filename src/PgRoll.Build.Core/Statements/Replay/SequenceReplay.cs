using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Replay;

/// <summary>Sequences that belong to a column, feeding it or not.</summary>
static class SequenceReplay
{
    /// <summary>OWNED BY: as long as the column's default does not draw from it, it just goes with the column.</summary>
    public static Schema Own(Schema schema, ObjectName sequence, ColumnReference owner) => schema.Find(owner.Table.Name) is not { } table ? schema
        : schema.Replace(table, t => t.Replace(owner.Column.Text, c => Feeds(sequence.Name, c.Default)
            ? c with { Sequence = sequence.Name }
            : c with { OtherSequences = [.. c.OtherSequences, sequence.Name] }));

    /// <summary>A column with another default, which may draw from a sequence that belongs to it.</summary>
    public static Column WithDefault(Column column, SqlExpression? value)
    {
        IReadOnlyList<string> owned = [.. column.OtherSequences, .. column.Sequence is { } own ? [own] : (string[])[]];
        var feeding = owned.FirstOrDefault(sequence => Feeds(sequence, value));
        return column with { Default = value, Sequence = feeding, OtherSequences = [.. owned.Where(sequence => sequence != feeding)] };
    }

    /// <summary>Whether a default is <c>nextval('…')</c> of the sequence.</summary>
    public static bool Feeds(string sequence, SqlExpression? value)
    {
        if (value is null)
            return false;
        var tokens = SqlLexer.Significant(value.Text);
        var call = tokens.Count > 2 && tokens[0].IsWord("pg_catalog") ? 2 : 0;
        return tokens.Count > call + 2 && tokens[call].IsWord("nextval") && tokens[call + 1].IsSymbol("(") && tokens[call + 2].IsString
            && StatementParser.NameIn(value.Text.Substring(tokens[call + 2].Start, tokens[call + 2].Length)) == sequence;
    }
}
