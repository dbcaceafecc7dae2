using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Conversion;

/// <summary>
/// A constraint that is dropped and added again under another name, which is how EF Core renames the keys of a renamed table, keeps its rows
/// as they are: it is renamed.
/// </summary>
static class RenamedKeys
{
    /// <summary>The statements with a rename in the place of such pairs.</summary>
    public static IReadOnlyList<ScriptStatement> Recognise(IReadOnlyList<ScriptStatement> statements, Schema before, List<Remark> remarks)
    {
        // What was dropped so that rows could change is not what it was.
        if (!statements.Any(s => Dropped(s) is not null) || statements.Any(s => s.Value is ChangeRows or CodeStatement or UnknownStatement))
            return statements;
        List<ScriptStatement?> all = [.. statements];
        for (var i = 0; i < all.Count; i++)
            if (all[i] is { } drop && Dropped(drop) is { } name)
                for (var j = i + 1; j < all.Count; j++)
                    if (all[j] is { Value: AlterTable { Single: AddConstraintAction add } alter } again && Kept(all, j, before) is var kept
                        && kept.Find(alter.Target.Name) is { } table && table.FindConstraint(name) is { } old && Made(kept, table, old, add) is { } made && IsSame(old, made))
                    {
                        all[i] = null;
                        all[j] = made.Name == name ? null : Rename(again with { Notes = [.. drop.Notes, .. again.Notes] }, alter, name, made.Name);
                        if (made.Name == name)
                            remarks.Add(new(drop.Line, $"left out: constraint {name}, which is dropped and added again"));
                        break;
                    }
        return [.. all.OfType<ScriptStatement>()];
    }

    static string? Dropped(ScriptStatement statement) =>
        statement.Value is AlterTable { Single: DropConstraintAction { IfExists: false, Cascade: false } drop } ? drop.Constraint.Text : null;

    /// <summary>The schema before a statement if no constraint had been dropped or added until then.</summary>
    static Schema Kept(List<ScriptStatement?> statements, int until, Schema before) => SchemaReplay.Apply(before, statements.Take(until).OfType<ScriptStatement>()
        .Select(s => s.Value).Where(s => s is not AlterTable { Single: DropConstraintAction or AddConstraintAction })).After;

    static Constraint? Made(Schema schema, Table table, Constraint old, AddConstraintAction add)
    {
        var without = schema.Replace(table, t => t with { Constraints = [.. t.Constraints.Where(c => c.Name != old.Name)] });
        var known = new HashSet<string>(without.Find(table.Name)!.Constraints.Select(c => c.Name));
        return ConstraintReplay.Add(without, table.Name, add.Constraint, schema.Name).Find(table.Name)!.Constraints.FirstOrDefault(c => !known.Contains(c.Name));
    }

    static bool IsSame(Constraint old, Constraint made) => old.IsValid == made.IsValid && old.Columns.SequenceEqual(made.Columns) && (old, made) switch
    {
        (UniqueConstraint a, UniqueConstraint b) =>
            a.Deferral == b.Deferral && a.IsPrimaryKey == b.IsPrimaryKey && a.NullsNotDistinct == b.NullsNotDistinct && a.IsWithoutOverlaps == b.IsWithoutOverlaps && a.Include.SequenceEqual(b.Include)
            && a.StorageParameters?.Text == b.StorageParameters?.Text && a.Tablespace == b.Tablespace,
        (ForeignKey a, ForeignKey b) =>
            a.Deferral == b.Deferral && a.ReferencedTable == b.ReferencedTable && a.ReferencedSchema == b.ReferencedSchema && a.ReferencedColumns.SequenceEqual(b.ReferencedColumns)
            && a.OnDelete == b.OnDelete && a.OnUpdate == b.OnUpdate && a.MatchFull == b.MatchFull && a.OnDeleteSetColumns.SequenceEqual(b.OnDeleteSetColumns),
        (CheckConstraint a, CheckConstraint b) => a.Expression.Equals(b.Expression) && a.NoInherit == b.NoInherit,
        _ => false,
    };

    static ScriptStatement Rename(ScriptStatement place, AlterTable alter, string from, string to)
    {
        var text = $"ALTER TABLE {(alter.Target.Schema is { } schema ? $"{new Ident(schema)}." : "")}{new Ident(alter.Target.Name)} RENAME CONSTRAINT {new Ident(from)} TO {new Ident(to)}";
        return place with { Value = StatementParser.Parse(text).Single(), Text = text };
    }
}
