using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// A column that the new version alone shows: an added one, or the new half of a changed one. It lives beside the old columns under a
/// provisional name until complete.
/// A column that its own default fills is made in its final shape at once: the server stores such a default once for all existing
/// rows. Every other one is made bare, nullable and without default, which touches no row either; what it must satisfy is an
/// unvalidated check, added in the same transaction as the trigger that fills the column (a check that came first would refuse the
/// running application's writes until then), validated after the backfill, and turned into NOT NULL without a scan at complete.
/// </summary>
static class ShadowColumn
{
    public static IEnumerable<SqlStep> Add(TableChange table, Column column, RowMap map, ServerFacts facts)
    {
        // ACCESS EXCLUSIVE, catalog only.
        var what = table.Origin(column) is { } origin ? $"the new half of '{table.Before.Name}.{origin.Name}'" : $"column '{table.Before.Name}.{column.Name}'";
        yield return new($"{what}, which the old version does not see", Sql.Of($"ALTER TABLE {table.Name} ADD COLUMN {Definition(table, column, map, facts)}"))
        {
            Lock = new(LockMode.AccessExclusive, table.Name),
            Undo = Sql.Of($"ALTER TABLE {table.Name} DROP COLUMN IF EXISTS {new Ident(column.Physical)}"),
        };
        foreach (var step in Describe(table, column, facts))
            yield return step;
        if (ProveDefault(table, column, map) is { } proof)
            yield return proof;
    }

    /// <summary>
    /// A default that only the version's view carries until complete would be refused when that is published, after the backfill. That of
    /// a column of the same type needs no proof.
    /// </summary>
    static SqlStep? ProveDefault(TableChange table, Column column, RowMap map)
    {
        if (column.Default is not { } value || !map.Computes(column) || Numbering.Of(table).Any(n => n.Column == column)
            || table.Origin(column) is { } origin && origin.Type == column.Type && origin.Default == value)
            return null;
        var alter = Sql.Of($"ALTER TABLE {table.Name} ALTER COLUMN {new Ident(column.Physical)}");
        return new($"proof that the default of '{table.After.Name}.{column.Name}' fits its type; if the server refuses it, give another as `default`",
            Sql.Of($"{alter} SET DEFAULT {value};\n{alter} DROP DEFAULT"));
    }

    /// <summary>What a column has besides its definition.</summary>
    public static IEnumerable<SqlStep> Describe(TableChange table, Column column, ServerFacts facts)
    {
        if (ColumnSettingsSql.Set(table, column, facts) is { } settings)
            yield return settings;
        foreach (var grant in table.After.Grants.Where(g => g.Column == column.Name))
            yield return new("whoever may use the old half may use the new one", Sql.Of(
                $"GRANT {PrivilegeSql.Of(grant)} ({new Ident(column.Physical)}) ON {table.Name} TO {PrivilegeSql.Grantee(grant)}"));
        if (column.Comment is { } comment)
            yield return new("what the column is for", Sql.Of($"COMMENT ON COLUMN {table.Name}.{new Ident(column.Physical)} IS {new Literal(comment)}"));
    }

    /// <summary>
    /// NOT NULL as a check that existing rows need not satisfy yet. For the server IS DISTINCT FROM NULL is IS NOT NULL, but of a composite
    /// value, where IS NOT NULL asks that no part of it is NULL, and NOT NULL does not.
    /// </summary>
    public static IEnumerable<CheckConstraint> NotNullChecks(TableChange table, RowMap map) =>
        from column in table.NewColumns
        where !column.IsNullable && map.Computes(column)
        select new CheckConstraint(NotNullCheck(table, column), SqlExpression.FromCatalog($"{new Ident(column.Name)} IS DISTINCT FROM NULL"))
        {
            Columns = [column.Name],
            IsValid = column.NotNull is not { IsValid: false },
        };

    /// <summary>
    /// pgroll's two names for it, by which it finds the check when it completes what we started: those of the columns as they were called
    /// when the operation was reached.
    /// </summary>
    public static string NotNullCheck(TableChange table, Column column) => table.Origin(column) is { IsNullable: false } origin
        ? GeneratedNames.CopiedNotNullCheck(origin.Physical)
        : GeneratedNames.NotNullCheck(GeneratedNames.WithoutNew(column.Physical));

    static Sql Definition(TableChange table, Column column, RowMap map, ServerFacts facts)
    {
        var collation = column.Collation is { } name && facts.HasCollation(column.Type) ? Sql.Of($" COLLATE {name}") : Sql.Empty;
        var bare = Sql.Of($"{new Ident(column.Physical)} {column.Type}{collation}");
        if (map.Computes(column))
            return bare;
        var notNull = column.IsNullable ? Sql.Empty : NotNullSql.Inline(NotNullSql.Provisional(table, column), facts);
        return column.Default is { } value ? Sql.Of($"{bare}{notNull} DEFAULT {value}") : Sql.Of($"{bare}{notNull}");
    }
}
