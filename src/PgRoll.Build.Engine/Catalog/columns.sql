-- Lookups are subqueries, each by an index of the catalog: joins would be planned for one row, and take seconds for ten thousand.
WITH RECURSIVE not_null_domain AS (
  SELECT oid FROM pg_catalog.pg_type WHERE typtype = 'd' AND typnotnull
  UNION
  SELECT t.oid FROM pg_catalog.pg_type t JOIN not_null_domain base ON base.oid = t.typbasetype WHERE t.typtype = 'd'
)
SELECT
  c.oid AS table_oid,
  a.attname AS name,
  pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
  NOT a.attnotnull AND NOT EXISTS (SELECT FROM not_null_domain d WHERE d.oid = a.atttypid) AS is_nullable,
  EXISTS (SELECT FROM not_null_domain d WHERE d.oid = a.atttypid) AS has_not_null_domain,
  EXISTS (SELECT FROM pg_catalog.pg_type d WHERE d.oid = a.atttypid AND d.typtype = 'd' AND d.typdefault IS NOT NULL) AS has_default_domain,
  not_null.name AS not_null_name,
  not_null.comment AS not_null_comment,
  not_null.no_inherit AS not_null_no_inherit,
  not_null.is_valid AS not_null_is_valid,
  (SELECT pg_catalog.pg_get_expr(value.adbin, c.oid) FROM pg_catalog.pg_attrdef value WHERE value.adrelid = c.oid AND value.adnum = a.attnum) AS expression,
  a.attgenerated <> '' AS is_generated,
  a.attidentity::text AS identity,
  part.relname AS sequence,
  (
    SELECT CASE WHEN a.attcollation <> y.typcollation THEN pg_catalog.format('%I.%I', n.nspname, l.collname) END
    FROM pg_catalog.pg_type y
    JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
    JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace
    WHERE y.oid = a.atttypid
  ) AS collation,
  part.options AS sequence_options,
  part.type AS sequence_type,
  part.comment AS sequence_comment,
  ARRAY(
    SELECT other.relname::text
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_class other ON other.oid = d.objid AND other.relkind = 'S' AND other.oid IS DISTINCT FROM part.oid
    WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
      AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'a'
    ORDER BY 1
  ) AS other_sequences,
  nullif(a.attstattarget, -1)::int AS statistics_target,
  (
    SELECT CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' WHEN 'm' THEN 'MAIN' END
    FROM pg_catalog.pg_type y WHERE y.oid = a.atttypid AND y.typstorage <> a.attstorage
  ) AS storage,
  CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
  (
    SELECT pg_catalog.string_agg(pg_catalog.format('%I=%L', o.option_name, o.option_value), ', ')
    FROM pg_catalog.pg_options_to_table(a.attoptions) o
  ) AS options,
  (
    SELECT d.description FROM pg_catalog.pg_description d
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = a.attnum
  ) AS comment
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class view ON view.relname = c.relname AND view.relkind = 'v'
  AND view.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $2::name)
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN LATERAL (
  -- From 18 on.
  SELECT k.conname AS name, k.connoinherit AS no_inherit, k.convalidated AS is_valid, (
    SELECT d.description FROM pg_catalog.pg_description d
    WHERE d.classoid = 'pg_catalog.pg_constraint'::regclass AND d.objoid = k.oid AND d.objsubid = 0
  ) AS comment
  FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey OPERATOR(pg_catalog.=) ARRAY[a.attnum]
) not_null ON true
LEFT JOIN LATERAL (
  -- The sequence that is part of the column: an identity's ('i'), or one that the column owns ('a') and takes its default from.
  -- Its options are those that differ from what the server would choose for its type and direction.
  SELECT sequence.oid, sequence.relname, CASE WHEN s.seqtypid <> a.atttypid THEN pg_catalog.format_type(s.seqtypid, NULL) END AS type, (
    SELECT d.description FROM pg_catalog.pg_description d
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = sequence.oid AND d.objsubid = 0
  ) AS comment, pg_catalog.concat_ws(' ',
    CASE WHEN s.seqstart <> CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END THEN 'START WITH ' || s.seqstart::text END,
    CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT BY ' || s.seqincrement::text END,
    CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1 ELSE -bounds.greatest - 1 END THEN 'MINVALUE ' || s.seqmin::text END,
    CASE WHEN s.seqmax <> CASE WHEN s.seqincrement > 0 THEN bounds.greatest ELSE -1 END THEN 'MAXVALUE ' || s.seqmax::text END,
    CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache::text END,
    CASE WHEN s.seqcycle THEN 'CYCLE' END) AS options
  FROM pg_catalog.pg_depend d
  JOIN pg_catalog.pg_class sequence ON sequence.oid = d.objid AND sequence.relkind = 'S'
  JOIN pg_catalog.pg_sequence s ON s.seqrelid = sequence.oid
  CROSS JOIN LATERAL (
    SELECT CASE s.seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END AS greatest
  ) bounds
  WHERE (a.attidentity <> '' OR a.atthasdef)
    AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
    AND d.classid = 'pg_catalog.pg_class'::regclass
    AND (d.deptype = 'i' OR d.deptype = 'a' AND EXISTS (
      SELECT FROM pg_catalog.pg_depend feeds
      WHERE feeds.classid = 'pg_catalog.pg_attrdef'::regclass
        AND feeds.objid = (SELECT value.oid FROM pg_catalog.pg_attrdef value WHERE value.adrelid = c.oid AND value.adnum = a.attnum)
        AND feeds.refclassid = 'pg_catalog.pg_class'::regclass AND feeds.refobjid = d.objid))
  LIMIT 1
) part ON true
WHERE n.nspname = $1::name AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY
  c.oid,
  (SELECT shown.attnum FROM pg_catalog.pg_attribute shown WHERE shown.attrelid = view.oid AND shown.attname = a.attname AND shown.attnum > 0) NULLS LAST,
  a.attnum
