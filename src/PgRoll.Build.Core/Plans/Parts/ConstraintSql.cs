using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>Fragments that define constraints.</summary>
static class ConstraintSql
{
    /// <summary>What follows CONSTRAINT and the name, over the columns and tables as they are named in the database.</summary>
    public static Sql Definition(Constraint constraint, Table table, Schema schema) => constraint switch
    {
        UniqueConstraint unique => Sql.Of($"{Kind(unique)}{IndexSql.NullsNotDistinct(unique)} ({Key(unique, table)}){IndexSql.Options(unique, table)}{Deferral(unique.Deferral)}"),
        CheckConstraint check => Sql.Of($"CHECK {check.Expression.Rename(table.PhysicalNames())}{(check.NoInherit ? Sql.Of($" NO INHERIT") : Sql.Empty)}"),
        ForeignKey key => ForeignKey(key, table, schema),
        ExclusionConstraint exclusion => Sql.Of($"EXCLUDE {exclusion.Definition.Rename(table.PhysicalNames())}{Deferral(exclusion.Deferral)}"),
        _ => throw new InvalidOperationException($"No such constraint: {constraint}."),
    };

    public static Sql Kind(UniqueConstraint unique) => unique.IsPrimaryKey ? Sql.Of($"PRIMARY KEY") : Sql.Of($"UNIQUE");

    public static Sql Deferral(Deferral deferral) => deferral switch
    {
        Model.Deferral.Deferrable => Sql.Of($" DEFERRABLE"),
        Model.Deferral.InitiallyDeferred => Sql.Of($" DEFERRABLE INITIALLY DEFERRED"),
        _ => Sql.Empty,
    };

    /// <summary>The table that a key points to, by its name in the database.</summary>
    public static QualifiedName Referenced(ForeignKey key, Schema schema) =>
        QualifiedName.Of(key.ReferencedSchema ?? schema.Name, Target(key, schema)?.Physical ?? key.ReferencedTable);

    /// <summary>What adding a foreign key locks: both tables get triggers.</summary>
    public static Lock Lock(ForeignKey key, QualifiedName table, Schema schema) => new(LockMode.ShareRowExclusive, table)
    {
        Referenced = Referenced(key, schema) is var referenced && referenced != table ? referenced : null,
    };

    static Table? Target(ForeignKey key, Schema schema) => key.ReferencedSchema is null ? schema.Find(key.ReferencedTable) : null;

    static Sql ForeignKey(ForeignKey key, Table table, Schema schema)
    {
        var target = Target(key, schema);
        // None where only the server knows the primary key that is meant.
        var columns = key.ReferencedColumns.Count == 0 ? Sql.Empty : Sql.Of($" ({Key(key, key.ReferencedColumns.Select(c => new Ident(target?.Find(c)?.Physical ?? c)))})");
        var set = key.OnDeleteSetColumns.Count == 0 ? Sql.Empty : Sql.Of($" ({table.PhysicalNames(key.OnDeleteSetColumns)})");
        var match = key.MatchFull ? Sql.Of($" MATCH FULL") : Sql.Empty;
        return Sql.Of($"FOREIGN KEY ({Key(key, table.PhysicalNames(key.Columns))}) REFERENCES {Referenced(key, schema)}{columns}{match}{On("DELETE", key.OnDelete)}{set}{On("UPDATE", key.OnUpdate)}{Deferral(key.Deferral)}");
    }

    static IEnumerable<Sql> Key(UniqueConstraint unique, Table table) => table.PhysicalNames(unique.Columns)
        .Select((c, i) => unique.IsWithoutOverlaps && i == unique.Columns.Count - 1 ? Sql.Of($"{c} WITHOUT OVERLAPS") : Sql.Of($"{c}"));

    static IEnumerable<Sql> Key(ForeignKey key, IEnumerable<Ident> columns) =>
        columns.Select((c, i) => key.HasPeriod && i == key.Columns.Count - 1 ? Sql.Of($"PERIOD {c}") : Sql.Of($"{c}"));

    static Sql On(string @event, ReferentialAction action) => (@event, action) switch
    {
        (_, ReferentialAction.NoAction) => Sql.Empty,
        ("DELETE", _) => Sql.Of($" ON DELETE {Action(action)}"),
        _ => Sql.Of($" ON UPDATE {Action(action)}"),
    };

    static Sql Action(ReferentialAction action) => action switch
    {
        ReferentialAction.Restrict => Sql.Of($"RESTRICT"),
        ReferentialAction.Cascade => Sql.Of($"CASCADE"),
        ReferentialAction.SetNull => Sql.Of($"SET NULL"),
        ReferentialAction.SetDefault => Sql.Of($"SET DEFAULT"),
        _ => Sql.Of($"NO ACTION"),
    };
}
