using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>New columns for which the server reads and writes the whole table again, under ACCESS EXCLUSIVE, whatever they hold.</summary>
sealed class Rewrites(Session session, RunnerOptions options)
{
    /// <summary>Reports them, with the tables' sizes: of a small one it is no matter.</summary>
    public async Task WarnAsync(Schema before, Schema after, CancellationToken ct)
    {
        var added =
            (from table in after.Tables
             join old in before.Tables on table.Physical equals old.Physical
             from column in table.Columns
             where old.Columns.All(c => c.Physical != column.Physical)
             select (Table: table.Physical, Column: column.Name, Type: column.Type.Text)).ToList();
        if (added.Count == 0)
            return;
        var found = await CanonicalOutput.QueryAsync(session,
            """
            WITH RECURSIVE added (name, "column", type, oid) AS (
              SELECT a.name, a."column", a.type, pg_catalog.to_regtype(a.type)::oid
              FROM ROWS FROM (pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]), pg_catalog.unnest($4::text[])) AS a (name, "column", type)
              UNION
              SELECT a.name, a."column", a.type, t.typbasetype FROM added a JOIN pg_catalog.pg_type t ON t.oid = a.oid WHERE t.typtype = 'd'
            )
            SELECT DISTINCT pg_catalog.format('''%s.%s'' (%s; the table has %s)', a.name, a."column", a.type,
              pg_catalog.pg_size_pretty((SELECT pg_catalog.sum(pg_catalog.pg_table_size(p.oid)) FROM (
                SELECT c.oid UNION SELECT tree.relid FROM pg_catalog.pg_partition_tree(c.oid) tree) p (oid))))
            FROM added a
            JOIN pg_catalog.pg_class c ON c.relname = a.name AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
            WHERE EXISTS (SELECT FROM pg_catalog.pg_constraint d WHERE d.contypid = a.oid) ORDER BY 1
            """, static row => row.GetString(0), ct, options.Schema,
            added.Select(a => a.Table).ToArray(), added.Select(a => a.Column).ToArray(), added.Select(a => a.Type).ToArray());
        if (found.Count > 0)
            options.Report(new Warned(
                $"The server rewrites a table for a column of a domain with constraints, and keeps all clients from it meanwhile: {string.Join(", ", found)}. Use the domain's own type and a check of the column instead."));
    }
}
