-- Of the partitions of each table, at any level, what decides whether a change of the table as a whole is possible.
WITH RECURSIVE tree AS (
  SELECT c.oid AS root, c.oid, c.relkind
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1::name AND c.relkind = 'p' AND NOT c.relispartition
  UNION ALL
  SELECT t.root, c.oid, c.relkind
  FROM tree t
  JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid
  JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
),
part AS (SELECT * FROM tree WHERE oid <> root),
col AS (
  SELECT t.root, t.oid, a.attnum, a.attname, a.attnotnull, a.attacl, a.attgenerated, a.attidentity,
    (SELECT pg_catalog.pg_get_expr(value.adbin, value.adrelid) FROM pg_catalog.pg_attrdef value WHERE value.adrelid = t.oid AND value.adnum = a.attnum) AS expression
  FROM tree t
  JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
)
-- The server makes the columns of a key depend on their table, so that none is dropped alone.
SELECT t.root AS table_oid, 'key' AS kind, a.attname::text AS description, ARRAY[a.attname::text] AS columns
FROM tree t
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = t.oid AND d.objsubid > 0
  AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = t.oid AND d.refobjsubid = 0 AND d.deptype = 'i'
JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.objsubid
GROUP BY t.root, a.attname

UNION ALL
SELECT p.root, 'foreign', p.oid::regclass::text, '{}' FROM part p WHERE p.relkind = 'f'

UNION ALL
SELECT p.root, 'own', pg_catalog.format('index %s of partition %s', i.indexrelid::regclass, p.oid::regclass), ARRAY(
  SELECT DISTINCT a.attname::text
  FROM (
    SELECT pg_catalog.unnest(i.indkey::int2[]) AS attnum
    UNION ALL
    SELECT d.refobjsubid FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = p.oid
  ) named
  JOIN pg_catalog.pg_attribute a ON a.attrelid = p.oid AND a.attnum = named.attnum AND a.attnum > 0)
FROM part p
JOIN pg_catalog.pg_index i ON i.indrelid = p.oid
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_inherits whole WHERE whole.inhrelid = i.indexrelid)

UNION ALL
-- Those with an index are found by it.
SELECT p.root, 'own', pg_catalog.format('constraint %I of partition %s', c.conname, p.oid::regclass),
  ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = p.oid AND a.attnum = ANY (c.conkey))
FROM part p
JOIN pg_catalog.pg_constraint c ON c.conrelid = p.oid AND c.contype IN ('c', 'f') AND c.coninhcount = 0

UNION ALL
SELECT child.root, 'own', pg_catalog.format('%s of partition %s', what.name, child.oid::regclass), ARRAY[child.attname::text]
FROM part p
JOIN col child ON child.oid = p.oid
JOIN col whole ON whole.oid = p.root AND whole.attname = child.attname
CROSS JOIN LATERAL (VALUES
  ('the default', child.attidentity = '' AND child.expression IS DISTINCT FROM whole.expression),
  ('NOT NULL', child.attnotnull AND NOT whole.attnotnull),
  ('a privilege on the column', child.attacl IS NOT NULL)) what (name, is_own)
WHERE what.is_own
ORDER BY 1, 2, 3
