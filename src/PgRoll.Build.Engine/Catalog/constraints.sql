-- Not-null constraints, which have rows here from 18 on, are the columns' own; rows with a parent belong to partitions.
-- What older servers have no column for is read from the row's JSON.
SELECT
  c.conrelid AS table_oid,
  c.conname AS name,
  c.contype::text AS kind,
  ARRAY(
    SELECT a.attname::text
    FROM (
      SELECT * FROM pg_catalog.unnest(c.conkey) WITH ORDINALITY key (attnum, position)
      UNION ALL
      -- INCLUDE, expressions and predicate of an exclusion.
      SELECT key.attnum, NULL FROM pg_catalog.unnest(i.indkey::int2[]) key (attnum) WHERE c.contype = 'x'
      UNION ALL
      SELECT d.refobjsubid, NULL FROM pg_catalog.pg_depend d
      WHERE c.contype = 'x' AND d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.conindid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.conrelid
    ) named
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = named.attnum
    WHERE a.attnum > 0
    GROUP BY a.attname, a.attnum
    ORDER BY pg_catalog.min(named.position), a.attnum
  ) AS columns,
  CASE WHEN c.condeferred THEN 'InitiallyDeferred' WHEN c.condeferrable THEN 'Deferrable' ELSE 'NotDeferrable' END AS deferral,
  c.convalidated AS is_valid,
  coalesce((pg_catalog.to_jsonb(c) ->> 'conenforced')::boolean, true) AS is_enforced,
  coalesce((pg_catalog.to_jsonb(c) ->> 'conperiod')::boolean, false) AS is_temporal,
  (
    SELECT d.description FROM pg_catalog.pg_description d
    WHERE d.classoid = 'pg_catalog.pg_constraint'::regclass AND d.objoid = c.oid AND d.objsubid = 0
  ) AS comment,

  -- UNIQUE and PRIMARY KEY
  ARRAY(
    SELECT a.attname::text
    FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY key (attnum, position)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = key.attnum
    WHERE key.position > i.indnkeyatts
    ORDER BY key.position
  ) AS include,
  c.contype = 'u' AND coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_not_distinct,
  (
    SELECT pg_catalog.string_agg(pg_catalog.format('%I=%L', o.option_name, o.option_value), ', ')
    FROM pg_catalog.pg_options_to_table(x.reloptions) o
  ) AS storage_parameters,
  s.spcname AS tablespace,
  (
    SELECT d.description FROM pg_catalog.pg_description d
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = x.oid AND d.objsubid = 0
  ) AS index_comment,
  coalesce(i.indisclustered, false) AS is_clustered,
  ARRAY(
    SELECT e.extname::text
    FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = x.oid AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'x'
    ORDER BY 1
  ) AS extensions,

  -- CHECK
  CASE WHEN c.contype = 'c' THEN pg_catalog.pg_get_expr(c.conbin, c.conrelid) END AS expression,
  c.connoinherit AS no_inherit,

  -- FOREIGN KEY
  CASE WHEN target.relnamespace <> t.relnamespace THEN target_schema.nspname END AS referenced_schema,
  target.relname AS referenced_table,
  ARRAY(
    SELECT a.attname::text
    FROM pg_catalog.unnest(c.confkey) WITH ORDINALITY key (attnum, position)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = key.attnum
    ORDER BY key.position
  ) AS referenced_columns,
  c.confdeltype::text AS on_delete,
  c.confupdtype::text AS on_update,
  c.confmatchtype = 'f' AS match_full,
  c.contype = 'f' AND EXISTS (SELECT FROM pg_catalog.pg_trigger g WHERE g.tgconstraint = c.oid AND g.tgenabled <> 'O') AS has_switched_triggers,
  ARRAY(
    SELECT a.attname::text
    FROM pg_catalog.jsonb_array_elements_text(
      CASE WHEN c.contype = 'f' THEN nullif(pg_catalog.to_jsonb(c) -> 'confdelsetcols', 'null') END) WITH ORDINALITY key (attnum, position)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = key.attnum::int2
    ORDER BY key.position
  ) AS on_delete_set_columns,

  -- EXCLUDE: what stands between that word and the deferral.
  CASE WHEN c.contype = 'x' THEN pg_catalog.regexp_replace(
    pg_catalog.pg_get_constraintdef(c.oid),
    pg_catalog.concat('^EXCLUDE (.*)', CASE WHEN c.condeferrable THEN ' DEFERRABLE' END, CASE WHEN c.condeferred THEN ' INITIALLY DEFERRED' END, '$'),
    '\1') END AS exclusion
FROM pg_catalog.pg_constraint c
JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.conindid AND c.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace
LEFT JOIN pg_catalog.pg_class target ON target.oid = c.confrelid
LEFT JOIN pg_catalog.pg_namespace target_schema ON target_schema.oid = target.relnamespace
WHERE n.nspname = $1::name AND t.relkind IN ('r', 'p') AND NOT t.relispartition
  AND c.contype IN ('p', 'u', 'c', 'f', 'x') AND c.conparentid = 0
ORDER BY t.oid, c.conname COLLATE "C"
