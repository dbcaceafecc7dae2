-- Users' triggers and rules that are enabled on tables, or on the partitions of one. $1: the schema, $2: the tables.
WITH RECURSIVE tables (name, oid, is_partition) AS (
  SELECT c.relname, c.oid, false FROM pg_catalog.pg_class c
  WHERE c.relname = ANY ($2::text[]) AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
  UNION
  SELECT t.name, i.inhrelid, true
  FROM tables t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid JOIN pg_catalog.pg_class p ON p.oid = i.inhparent AND p.relkind = 'p'
)
SELECT t.name, o.type, o.identity, g.tgenabled::text,
  g.tgtype::int & 1 <> 0,                                                 -- for each row
  g.tgtype::int & 3 = 3,                                                  -- before each row
  g.tgtype::int & 16 <> 0 AND g.tgattr::text = '',                             -- on an update of whatever columns
  g.tgtype::int & 3 = 3 AND g.tgtype::int & 20 <> 0 AND g.tgname::text COLLATE "C" > '~pgroll_' -- after the sync trigger
FROM tables t
JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgenabled <> 'D' AND (g.tgparentid = 0 OR NOT t.is_partition)
CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_trigger'::regclass, g.oid, 0) o
WHERE NOT pg_catalog.starts_with(g.tgname::text, '~pgroll_')
UNION ALL
-- A rule may put anything in an update's place.
SELECT t.name, o.type, o.identity, r.ev_enabled::text, false, true, true, false
FROM tables t
JOIN pg_catalog.pg_rewrite r ON r.ev_class = t.oid AND r.ev_type = '2' AND r.ev_enabled <> 'D'
CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_rewrite'::regclass, r.oid, 0) o
ORDER BY 1, 2, 3
