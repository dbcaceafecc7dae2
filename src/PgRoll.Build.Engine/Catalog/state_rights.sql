-- What the session's role may not do with the state schema $1, and what would let it; $2: whether it is to change it.
WITH state AS (SELECT oid, nspname FROM pg_catalog.pg_namespace WHERE nspname = $1)
SELECT pg_catalog.format('it may not use the state schema: GRANT USAGE ON SCHEMA %I TO %I', state.nspname, current_user)
FROM state
WHERE NOT pg_catalog.has_schema_privilege(state.oid, 'USAGE')

UNION ALL
SELECT pg_catalog.format('it may not %s %I.%I: GRANT %1$s ON %2$I.%3$I TO %I', pg_catalog.string_agg(p.privilege, ', ' ORDER BY p.place), state.nspname, c.relname, current_user)
FROM state
JOIN pg_catalog.pg_class c ON c.relnamespace = state.oid AND c.relname IN ('migrations', 'rollouts', 'backfills')
CROSS JOIN pg_catalog.unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) WITH ORDINALITY p (privilege, place)
WHERE (p.place = 1 OR $2) AND NOT pg_catalog.has_table_privilege(c.oid, p.privilege)
GROUP BY state.nspname, c.relname
