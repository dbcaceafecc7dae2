using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// An expression is computed with the rights of whoever writes the row. One that reads other tables would refuse the writes of roles that
/// may not read these: its function gets the rights of the role that migrates, and a path that no client can change.
/// </summary>
sealed class ExpressionRights(Session session, RunnerOptions options)
{
    /// <summary>Looks at the functions of a rollout's expressions, in the transaction that made them.</summary>
    /// <param name="tables">The tables that clients write while the functions run.</param>
    /// <param name="ct">Cancels.</param>
    public async Task AdaptAsync(IReadOnlyList<string> tables, CancellationToken ct)
    {
        var needy = await session.QueryAsync(
            """
            WITH base AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1),
            reads AS (
              SELECT DISTINCT p.oid AS function, d.refobjid AS relation
              FROM pg_catalog.pg_proc p
              JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
              WHERE p.pronamespace = (SELECT oid FROM base) AND p.proname ~ '^_pgroll_(up|down)_' AND NOT p.prosecdef
            ),
            writers AS (
              SELECT a.grantee
              FROM pg_catalog.pg_class c
              CROSS JOIN LATERAL (
                SELECT * FROM pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner)))
                UNION ALL
                SELECT x.* FROM pg_catalog.pg_attribute t CROSS JOIN LATERAL pg_catalog.aclexplode(t.attacl) x WHERE t.attrelid = c.oid
              ) a
              WHERE c.relnamespace = (SELECT oid FROM base) AND c.relname = ANY ($2::text[]) AND a.privilege_type IN ('INSERT', 'UPDATE')
              GROUP BY a.grantee
            )
            SELECT r.function::regprocedure::text, pg_catalog.string_agg(DISTINCT r.relation::regclass::text, ', '),
                   pg_catalog.string_agg(DISTINCT CASE w.grantee WHEN 0 THEN 'PUBLIC' ELSE w.grantee::regrole::text END, ', ')
            FROM reads r CROSS JOIN writers w
            WHERE NOT CASE w.grantee WHEN 0 THEN pg_catalog.has_table_privilege('public', r.relation, 'SELECT') ELSE pg_catalog.has_table_privilege(w.grantee, r.relation, 'SELECT') END
            GROUP BY r.function ORDER BY 1
            """, static row => (Function: row.GetString(0), Relations: row.GetString(1), Roles: row.GetString(2)), ct, options.Schema, tables.ToArray());
        if (needy.Count == 0)
            return;
        var path = await session.ScalarAsync<string>("SELECT pg_catalog.current_setting('search_path')", ct);
        foreach (var (function, relations, roles) in needy)
        {
            await session.ExecuteAsync($"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = {path}, pg_temp", ct);
            options.Report(new Warned(
                $"{function} reads {relations}, which {roles} may not read and needs when it writes: until `complete` or `rollback` the function runs with the rights of the role that migrates."));
        }
    }
}
