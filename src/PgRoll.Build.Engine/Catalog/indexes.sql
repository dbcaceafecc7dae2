-- An invalid index is the rest of a build that failed: nothing relies on it.
SELECT
  i.indrelid AS table_oid,
  x.relname AS name,
  i.indisunique AS is_unique,
  pg_catalog.pg_get_indexdef(x.oid) AS definition,
  s.spcname AS tablespace,
  ARRAY(
    SELECT a.attname::text
    FROM (
      SELECT * FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY key (attnum, position)
      UNION ALL
      -- Expressions and predicate.
      SELECT d.refobjsubid, NULL FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = x.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indrelid
    ) named
    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = named.attnum
    WHERE a.attnum > 0
    GROUP BY a.attname, a.attnum
    ORDER BY pg_catalog.min(named.position), a.attnum
  ) AS columns,
  comment.description AS index_comment,
  i.indisclustered AS is_clustered,
  ARRAY(SELECT a.attnum::int FROM pg_catalog.pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget >= 0 ORDER BY a.attnum) AS statistics_positions,
  ARRAY(SELECT a.attstattarget::int FROM pg_catalog.pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget >= 0 ORDER BY a.attnum) AS statistics_targets,
  ARRAY(
    SELECT e.extname::text
    FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = x.oid AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'x'
    ORDER BY 1
  ) AS extensions
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace
LEFT JOIN pg_catalog.pg_description comment ON comment.classoid = 'pg_catalog.pg_class'::regclass AND comment.objoid = x.oid AND comment.objsubid = 0
WHERE n.nspname = $1::name AND t.relkind IN ('r', 'p') AND NOT t.relispartition AND i.indisvalid
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_constraint c WHERE c.conrelid = i.indrelid AND c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
ORDER BY t.oid, x.relname COLLATE "C"
