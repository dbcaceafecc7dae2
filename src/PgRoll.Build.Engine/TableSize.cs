using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine;

/// <summary>How large a table is, its partitions included.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">The server's estimate of its rows, from its last VACUUM or ANALYZE; null where there was none.</param>
/// <param name="Bytes">Its size on disk in bytes, indexes included.</param>
public sealed record TableSize(string Table, long? Rows, long Bytes)
{
    internal static Task<IReadOnlyList<TableSize>> ReadAsync(Session session, string schema, IReadOnlyList<string> tables, CancellationToken ct) => session.QueryAsync(
        """
        SELECT c.relname,
               CASE WHEN pg_catalog.bool_or(leaf.reltuples >= 0) THEN pg_catalog.sum(GREATEST(leaf.reltuples, 0))::int8 END,
               pg_catalog.sum(pg_catalog.pg_total_relation_size(leaf.oid))::int8
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_class leaf ON leaf.oid = c.oid OR leaf.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(c.oid))
        WHERE c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident($1)) AND c.relname = ANY ($2) AND c.relkind IN ('r', 'p') AND leaf.relkind = 'r'
        GROUP BY c.relname
        ORDER BY c.relname
        """,
        static row => new TableSize(row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetInt64(2)), ct, schema, tables.ToArray());
}
