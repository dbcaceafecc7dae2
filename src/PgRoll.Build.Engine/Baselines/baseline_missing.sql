-- What neither the model nor baseline_objects.sql can say.
WITH ns AS (SELECT oid, nspname FROM pg_catalog.pg_namespace WHERE nspname = $1::name),
member AS (SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'),
rel AS (
  SELECT c.* FROM pg_catalog.pg_class c JOIN ns ON ns.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_class'::regclass AND m.objid = c.oid)
),
known AS (SELECT * FROM rel WHERE relkind = 'r' AND NOT relispartition AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE rel.oid IN (i.inhrelid, i.inhparent))),
other (class, oid) AS (
  SELECT 'pg_catalog.pg_operator'::regclass, oid FROM pg_catalog.pg_operator WHERE oprnamespace = (SELECT oid FROM ns)
  UNION ALL SELECT 'pg_catalog.pg_opclass'::regclass, oid FROM pg_catalog.pg_opclass WHERE opcnamespace = (SELECT oid FROM ns)
  UNION ALL SELECT 'pg_catalog.pg_opfamily'::regclass, oid FROM pg_catalog.pg_opfamily WHERE opfnamespace = (SELECT oid FROM ns)
  UNION ALL SELECT 'pg_catalog.pg_collation'::regclass, oid FROM pg_catalog.pg_collation WHERE collnamespace = (SELECT oid FROM ns)
  UNION ALL SELECT 'pg_catalog.pg_conversion'::regclass, oid FROM pg_catalog.pg_conversion WHERE connamespace = (SELECT oid FROM ns)
  UNION ALL SELECT 'pg_catalog.pg_ts_config'::regclass, oid FROM pg_catalog.pg_ts_config WHERE cfgnamespace = (SELECT oid FROM ns)
  UNION ALL SELECT 'pg_catalog.pg_ts_dict'::regclass, oid FROM pg_catalog.pg_ts_dict WHERE dictnamespace = (SELECT oid FROM ns)
  UNION ALL SELECT 'pg_catalog.pg_proc'::regclass, oid FROM pg_catalog.pg_proc WHERE pronamespace = (SELECT oid FROM ns) AND prokind = 'a'
  UNION ALL SELECT 'pg_catalog.pg_type'::regclass, oid FROM pg_catalog.pg_type WHERE typnamespace = (SELECT oid FROM ns) AND (typtype = 'r' OR typtype = 'b' AND typelem = 0)
  UNION ALL SELECT 'pg_catalog.pg_cast'::regclass, oid FROM pg_catalog.pg_cast WHERE oid >= 16384
  UNION ALL SELECT 'pg_catalog.pg_event_trigger'::regclass, oid FROM pg_catalog.pg_event_trigger
  UNION ALL SELECT 'pg_catalog.pg_class'::regclass, oid FROM rel WHERE relkind IN ('f', 'p') OR relkind = 'r' AND oid NOT IN (SELECT oid FROM known)
),
lines (line) AS (
  SELECT pg_catalog.pg_describe_object(o.class, o.oid, 0)
  FROM other o
  WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = o.class AND m.objid = o.oid)
    AND pg_catalog.pg_describe_object(o.class, o.oid, 0) NOT LIKE 'event trigger pg_roll_%'
  UNION ALL
  SELECT pg_catalog.format('table %s: %s', k.oid::regclass, p.what)
  FROM known k CROSS JOIN LATERAL (VALUES
    (CASE WHEN k.relpersistence = 'u' THEN 'UNLOGGED' END),
    (CASE WHEN k.reloftype <> 0 THEN 'OF ' || k.reloftype::regtype::text END),
    ('storage parameters ' || pg_catalog.array_to_string(k.reloptions, ', ')),
    ('storage parameters of its TOAST table ' || (SELECT pg_catalog.array_to_string(t.reloptions, ', ') FROM pg_catalog.pg_class t WHERE t.oid = k.reltoastrelid)),
    ('tablespace ' || (SELECT s.spcname::text FROM pg_catalog.pg_tablespace s WHERE s.oid = k.reltablespace)),
    ('access method ' || (SELECT m.amname::text FROM pg_catalog.pg_am m WHERE m.oid = k.relam AND m.amname <> 'heap')),
    ('CLUSTER ON ' || (SELECT i.indexrelid::regclass::text FROM pg_catalog.pg_index i WHERE i.indrelid = k.oid AND i.indisclustered))
  ) p (what) WHERE p.what IS NOT NULL
  UNION ALL
  SELECT pg_catalog.format('column %s.%I: %s', k.oid::regclass, a.attname, p.what)
  FROM known k
  JOIN pg_catalog.pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  CROSS JOIN LATERAL (VALUES
    (CASE WHEN a.attstorage <> t.typstorage THEN 'STORAGE ' || a.attstorage::text END),
    (CASE WHEN a.attgenerated = 'v' THEN 'VIRTUAL (it is written as STORED)' END),
    ('COMPRESSION ' || nullif(a.attcompression::text, '')),
    ('STATISTICS ' || nullif(a.attstattarget::int, -1)::text),
    ('options ' || pg_catalog.array_to_string(a.attoptions, ', '))
  ) p (what) WHERE p.what IS NOT NULL
  UNION ALL
  SELECT pg_catalog.format('constraint %I of %s: NOT VALID (it is written as valid)', c.conname, coalesce(nullif(c.conrelid, 0)::regclass::text, c.contypid::regtype::text))
  FROM pg_catalog.pg_constraint c JOIN ns ON ns.oid = c.connamespace WHERE NOT c.convalidated
  UNION ALL
  SELECT pg_catalog.format('index %s: invalid', i.indexrelid::regclass) FROM pg_catalog.pg_index i JOIN known k ON k.oid = i.indrelid WHERE NOT i.indisvalid
  UNION ALL
  SELECT pg_catalog.format('publication %I of %I', p.pubname, p.tablename) FROM pg_catalog.pg_publication_tables p WHERE p.schemaname = $1::name
)
SELECT line FROM lines ORDER BY line COLLATE "C"
