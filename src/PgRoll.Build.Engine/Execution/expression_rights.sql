-- Functions of a rollout's expressions, with what they use that some of those who write the tables may not use.
-- $1 the base schema, $2 the tables.
WITH base AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1),
used AS (
  SELECT DISTINCT p.oid AS function, d.refclassid AS class, d.refobjid AS object
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
    AND d.refclassid IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
  WHERE p.pronamespace = (SELECT oid FROM base) AND p.proname ~ '^_pgroll_(up|down|default)_' AND NOT p.prosecdef
),
writers AS (
  SELECT DISTINCT a.grantee AS role
  FROM pg_catalog.pg_class c
  CROSS JOIN LATERAL (
    SELECT * FROM pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner)))
    UNION ALL
    SELECT x.* FROM pg_catalog.pg_attribute t CROSS JOIN LATERAL pg_catalog.aclexplode(t.attacl) x WHERE t.attrelid = c.oid
  ) a
  WHERE c.relnamespace = (SELECT oid FROM base) AND c.relname = ANY ($2::text[]) AND a.privilege_type IN ('INSERT', 'UPDATE')
),
lacking AS (
  SELECT u.function, u.class, u.object, w.role
  FROM used u
  CROSS JOIN writers w
  LEFT JOIN pg_catalog.pg_roles r ON r.oid = w.role
  LEFT JOIN pg_catalog.pg_class c ON u.class = 'pg_catalog.pg_class'::regclass AND c.oid = u.object
  LEFT JOIN pg_catalog.pg_operator o ON u.class = 'pg_catalog.pg_operator'::regclass AND o.oid = u.object
  WHERE CASE WHEN c.oid IS NULL
    THEN NOT CASE w.role WHEN 0 THEN pg_catalog.has_function_privilege('public', coalesce(o.oprcode::oid, u.object), 'EXECUTE')
      ELSE pg_catalog.has_function_privilege(w.role, coalesce(o.oprcode::oid, u.object), 'EXECUTE') END
    ELSE NOT CASE w.role WHEN 0 THEN pg_catalog.has_table_privilege('public', c.oid, 'SELECT') ELSE pg_catalog.has_table_privilege(w.role, c.oid, 'SELECT') END
      -- Policies show some roles less than others.
      OR c.relrowsecurity AND NOT coalesce(r.rolsuper OR r.rolbypassrls OR NOT c.relforcerowsecurity AND pg_catalog.pg_has_role(w.role, c.relowner, 'USAGE'), false)
    END
)
SELECT l.function::regprocedure::text,
       pg_catalog.string_agg(DISTINCT pg_catalog.pg_describe_object(l.class, l.object, 0), ', '),
       pg_catalog.string_agg(DISTINCT CASE l.role WHEN 0 THEN 'PUBLIC' ELSE l.role::regrole::text END, ', '),
       (SELECT pg_catalog.string_agg(CASE w.role WHEN 0 THEN 'PUBLIC' ELSE w.role::regrole::text END, ', ') FROM writers w)
FROM lacking l
GROUP BY l.function
ORDER BY 1
