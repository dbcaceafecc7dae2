-- Functions of a rollout's expressions that call functions which look for names on the path of whoever calls. $1 the base schema.
SELECT DISTINCT p.oid::regprocedure::text
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
LEFT JOIN pg_catalog.pg_operator o ON d.refclassid = 'pg_catalog.pg_operator'::regclass AND o.oid = d.refobjid
JOIN pg_catalog.pg_proc used ON used.oid = coalesce(o.oprcode::oid, CASE WHEN d.refclassid = 'pg_catalog.pg_proc'::regclass THEN d.refobjid END)
JOIN pg_catalog.pg_language l ON l.oid = used.prolang
WHERE p.pronamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1) AND p.proname ~ '^_pgroll_(up|down|default|check)_'
  AND l.lanname NOT IN ('internal', 'c') AND used.prosqlbody IS NULL
  AND NOT EXISTS (SELECT FROM pg_catalog.unnest(used.proconfig) s WHERE pg_catalog.starts_with(s, 'search_path='))
ORDER BY 1
