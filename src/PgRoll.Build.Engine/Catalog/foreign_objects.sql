-- What stands in a version schema, or hangs on its views, without being ours. $1: the version schema, $2: the names of its views.
WITH version AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1),
views AS (
  SELECT c.oid, c.relname FROM pg_catalog.pg_class c JOIN version v ON v.oid = c.relnamespace
  WHERE c.relkind = 'v' AND c.relname = ANY ($2)
)
SELECT DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid, 0)
FROM (
  SELECT 'pg_catalog.pg_class'::regclass::oid AS classid, c.oid AS objid
  FROM pg_catalog.pg_class c JOIN version v ON v.oid = c.relnamespace
  WHERE c.relkind NOT IN ('i', 'I', 't') AND c.oid NOT IN (SELECT oid FROM views)
  UNION ALL
  SELECT 'pg_catalog.pg_proc'::regclass, p.oid FROM pg_catalog.pg_proc p JOIN version v ON v.oid = p.pronamespace
  UNION ALL
  SELECT 'pg_catalog.pg_type'::regclass, t.oid FROM pg_catalog.pg_type t JOIN version v ON v.oid = t.typnamespace
  WHERE t.typrelid = 0 AND t.typelem = 0
  UNION ALL
  -- Views and rules elsewhere that read ours.
  SELECT 'pg_catalog.pg_class'::regclass, r.ev_class
  FROM views w
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = w.oid AND d.classid = 'pg_catalog.pg_rewrite'::regclass
  JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
  WHERE r.ev_class <> w.oid
  UNION ALL
  -- Functions whose parsed bodies, and whatever else, use ours.
  SELECT d.classid, d.objid
  FROM views w
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = w.oid
  WHERE d.deptype = 'n' AND d.classid NOT IN ('pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_type'::regclass)
) AS d
ORDER BY 1
