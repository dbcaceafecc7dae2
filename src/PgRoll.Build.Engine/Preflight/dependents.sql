-- What keeps a plan's drops from going through, by the server's own rules: what a dropped thing takes along ('a', 'i' and partitions)
-- goes as well, and what merely needs any of that ('n') stands in the way.
-- $1: the base schema; $2, $3, $4: kind, table and name of each drop; $5: sequences that stay; $6, $7: schema and name of each of our views.
WITH RECURSIVE
base AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1),
drops AS (
  SELECT kind, "table", name, number
  FROM ROWS FROM (pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]), pg_catalog.unnest($4::text[])) WITH ORDINALITY AS d (kind, "table", name, number)
),
-- A column goes from partitions and children as well.
tables (number, kind, name, oid) AS (
  SELECT d.number, d.kind, d.name, c.oid
  FROM drops d JOIN pg_catalog.pg_class c ON c.relname = d."table" AND c.relnamespace = (SELECT oid FROM base)
  UNION
  SELECT t.number, t.kind, t.name, i.inhrelid
  FROM tables t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid WHERE t.kind = 'Column'
),
asked (number, classid, objid, objsubid) AS (
  SELECT number, 'pg_catalog.pg_class'::regclass::oid, oid, 0 FROM tables WHERE kind = 'Table'
  UNION ALL
  SELECT t.number, 'pg_catalog.pg_class'::regclass, t.oid, a.attnum::int
  FROM tables t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attname = t.name WHERE t.kind = 'Column'
  UNION ALL
  SELECT t.number, 'pg_catalog.pg_constraint'::regclass, c.oid, 0
  FROM tables t JOIN pg_catalog.pg_constraint c ON c.conrelid = t.oid AND c.conname = t.name WHERE t.kind = 'Constraint'
  UNION ALL
  SELECT t.number, 'pg_catalog.pg_class'::regclass, i.indexrelid, 0
  FROM tables t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid AND x.relname = t.name
  WHERE t.kind = 'Index'
),
staying AS (
  SELECT oid FROM pg_catalog.pg_class WHERE relname = ANY ($5::text[]) AND relnamespace = (SELECT oid FROM base) AND relkind = 'S'
),
-- OFFSET 0 keeps each lookup one by the catalog's index, whatever the planner thinks of a recursion's size.
going (number, classid, objid, objsubid) AS (
  SELECT * FROM asked
  UNION
  SELECT g.number, d.classid, d.objid, d.objsubid
  FROM going g
  CROSS JOIN LATERAL (
    SELECT d.classid, d.objid, d.objsubid FROM pg_catalog.pg_depend d
    WHERE d.refclassid = g.classid AND d.refobjid = g.objid AND (g.objsubid = 0 OR d.refobjsubid = g.objsubid) AND d.deptype IN ('a', 'i', 'P', 'S')
    OFFSET 0
  ) d
  WHERE NOT (d.classid = 'pg_catalog.pg_class'::regclass AND d.objid IN (SELECT oid FROM staying))
),
needing AS (
  SELECT g.number, d.classid, d.objid, d.objsubid
  FROM going g
  CROSS JOIN LATERAL (
    SELECT d.classid, d.objid, d.objsubid FROM pg_catalog.pg_depend d
    WHERE d.refclassid = g.classid AND d.refobjid = g.objid AND (g.objsubid = 0 OR d.refobjsubid = g.objsubid) AND d.deptype = 'n'
    OFFSET 0
  ) d
  WHERE NOT EXISTS (SELECT FROM going o WHERE o.classid = d.classid AND o.objid = d.objid AND o.objsubid IN (0, d.objsubid))
  UNION
  -- What goes without a word although it is somebody's: a generated column (before 15), a table's place in a publication.
  SELECT g.number, g.classid, g.objid, g.objsubid FROM going g
  WHERE g.classid = 'pg_catalog.pg_publication_rel'::regclass
     OR g.classid = 'pg_catalog.pg_class'::regclass AND g.objsubid <> 0 AND NOT EXISTS (
       SELECT FROM asked a WHERE a.classid = g.classid AND a.objid = g.objid AND a.objsubid IN (0, g.objsubid))
),
-- A view reads through its rule, a generated column through its default.
named AS (
  SELECT n.number, r.ev_class AS view, coalesce(owner.classid, n.classid) AS classid, coalesce(owner.objid, n.objid) AS objid, coalesce(owner.objsubid, n.objsubid) AS objsubid
  FROM needing n
  LEFT JOIN pg_catalog.pg_rewrite r ON n.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = n.objid
  LEFT JOIN pg_catalog.pg_attrdef f ON n.classid = 'pg_catalog.pg_attrdef'::regclass AND f.oid = n.objid
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum AND a.attgenerated <> ''
  LEFT JOIN LATERAL (
    SELECT 'pg_catalog.pg_class'::regclass::oid, r.ev_class, 0 WHERE r.rulename = '_RETURN'
    UNION ALL
    SELECT 'pg_catalog.pg_class'::regclass, a.attrelid, a.attnum WHERE a.attnum IS NOT NULL
  ) owner (classid, objid, objsubid) ON true
)
SELECT DISTINCT o.type, o.identity, d.kind, d."table", d.name
FROM named n
JOIN drops d ON d.number = n.number
CROSS JOIN LATERAL pg_catalog.pg_identify_object(n.classid, n.objid, n.objsubid) o
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_class v JOIN pg_catalog.pg_namespace s ON s.oid = v.relnamespace
    WHERE v.oid = n.view AND (pg_catalog.starts_with(s.nspname::text, '_pgroll_gone_')
      OR EXISTS (SELECT FROM ROWS FROM (pg_catalog.unnest($6::text[]), pg_catalog.unnest($7::text[])) AS ours (schema, name) WHERE ours.schema = s.nspname AND ours.name = v.relname)))
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_proc p WHERE n.classid = 'pg_catalog.pg_proc'::regclass AND p.oid = n.objid
      AND p.pronamespace = (SELECT oid FROM base) AND pg_catalog.starts_with(p.proname::text, '_pgroll_'))
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_trigger t WHERE n.classid = 'pg_catalog.pg_trigger'::regclass AND t.oid = n.objid
      AND pg_catalog.starts_with(t.tgname::text, '~pgroll_'))
ORDER BY o.type, o.identity, d."table", d.name
