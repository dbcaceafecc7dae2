using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// Copies of extended statistics over the new halves of columns. They go with a column that they name, the copies at rollback as the
/// old ones at complete.
/// </summary>
static class StatisticsSql
{
    /// <param name="table">The table.</param>
    /// <param name="except">Those that are there already.</param>
    public static IEnumerable<SqlStep> Create(TableChange table, IReadOnlyList<ExtendedStatistics> except)
    {
        foreach (var statistics in table.NewStatistics.Where(s => except.All(e => e.Name != s.Physical)))
        {
            var name = Name(statistics, statistics.Physical, table);
            var kinds = statistics.Kinds is { } some ? Sql.Of($" {some}") : Sql.Empty;
            // SHARE UPDATE EXCLUSIVE, catalog only: ANALYZE fills them after the backfill.
            yield return new($"what '{statistics.Name}' knows, of the new halves", Sql.Of(
                $"CREATE STATISTICS {name}{kinds} ON {statistics.Targets.Rename(table.After.PhysicalNames())} FROM {table.Name}"))
            {
                Lock = new(LockMode.ShareUpdateExclusive, table.Name),
            };
            if (statistics.Target is { } target)
                yield return new("as detailed as they were", Sql.Of($"ALTER STATISTICS {name} SET STATISTICS {target}"));
            if (statistics.Comment is { } comment)
                yield return new("what they are for", Sql.Of($"COMMENT ON STATISTICS {name} IS {new Literal(comment)}"));
            if (statistics.Owner is { } owner)
                yield return new("whose they were", Sql.Of($"ALTER STATISTICS {name} OWNER TO {new Ident(owner)}"));
        }
    }

    public static IEnumerable<SqlStep> Rename(TableChange table) =>
        from statistics in table.After.Statistics
        where statistics.Physical != statistics.Name
        select new SqlStep("its final name", Sql.Of($"ALTER STATISTICS {Name(statistics, statistics.Physical, table)} RENAME TO {new Ident(statistics.Name)}"));

    /// <summary>The columns that must be analyzed together for them.</summary>
    public static IEnumerable<Ident> Columns(TableChange table) => table.After.PhysicalNames(table.NewStatistics.SelectMany(s => s.Columns));

    static QualifiedName Name(ExtendedStatistics statistics, string name, TableChange table) =>
        statistics.Schema is { } schema ? QualifiedName.Of(schema, name) : new(table.Name.Schema, new Ident(name));
}
