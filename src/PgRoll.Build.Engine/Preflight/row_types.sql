-- Columns that are made of the row type of a table: by it, by arrays, domains or composite types of it. The server adds no column with a
-- default to such a table. $1: the schema, $2: the tables.
WITH RECURSIVE made (name, type) AS (
  SELECT c.relname, c.reltype FROM pg_catalog.pg_class c
  WHERE c.relname = ANY ($2::text[]) AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
  UNION
  SELECT m.name, next.type
  FROM made m
  CROSS JOIN LATERAL (
    SELECT coalesce(c.reltype, d.objid) AS type
    FROM pg_catalog.pg_depend d
    LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid AND c.relkind = 'c'
    WHERE d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid = m.type AND (c.oid IS NOT NULL OR d.classid = 'pg_catalog.pg_type'::regclass)
    OFFSET 0
  ) next
)
SELECT DISTINCT m.name, o.identity
FROM made m
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid = m.type
  AND d.classid = 'pg_catalog.pg_class'::regclass AND d.objsubid <> 0
JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind IN ('r', 'p', 'm')
CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) o
ORDER BY m.name, o.identity
