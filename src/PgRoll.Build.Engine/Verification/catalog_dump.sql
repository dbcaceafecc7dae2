-- Each SELECT gives lines and the path that puts them in order. Everything is named, nothing goes by OID; what belongs to an extension
-- goes by the extension. Columns are numbered among the living: the holes that dropped ones leave are nobody's business.
-- What older servers have no column for is read from the row's JSON.
WITH ns AS (
  SELECT oid, nspname AS name, nspowner, nspacl FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND nspname <> ALL ($1)
),
member AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
rel AS (
  SELECT c.*, ARRAY['2', ns.name, '1', c.relname] AS path
  FROM pg_class c JOIN ns ON ns.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_class'::regclass AND objid = c.oid)
),
col AS (
  SELECT a.*, rel.path, rel.relname, row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS number
  FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid
  WHERE a.attnum > 0 AND NOT a.attisdropped AND rel.relkind <> 'S'
),
described AS (
  SELECT o.type, o.identity, d.description
  FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) o
  WHERE (d.objoid >= 16384 OR o.identity = 'public') AND coalesce(o.schema, '') <> ALL ($1)
    AND NOT EXISTS (SELECT FROM member WHERE classid = d.classoid AND objid = d.objoid)
),
-- Kinds that are rare enough to be listed by name alone.
other AS (
  SELECT 'pg_cast'::regclass AS class, oid FROM pg_cast
  UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator
  UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass
  UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily
  UNION ALL SELECT 'pg_am'::regclass, oid FROM pg_am
  UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
  UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion
  UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
  UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
  UNION ALL SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
  UNION ALL SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template
  UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
  UNION ALL SELECT 'pg_transform'::regclass, oid FROM pg_transform
  UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
  UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
  UNION ALL SELECT 'pg_user_mapping'::regclass, umid FROM pg_user_mappings
),
lines (path, line) AS (
  SELECT ARRAY['1', 'extension', extname], format('extension %I %s in %s', extname, extversion, extnamespace::regnamespace) FROM pg_extension

  UNION ALL
  SELECT ARRAY['1', 'event trigger', evtname], concat_ws(' ',
    format('event trigger %I on %s executes %s', evtname, evtevent, evtfoid::regproc), 'enabled ' || evtenabled::text, 'tags ' || evttags::text, 'owner ' || evtowner::regrole)
  FROM pg_event_trigger

  UNION ALL
  SELECT ARRAY['1', 'default privileges', defaclrole::regrole::text, defaclnamespace::regnamespace::text, defaclobjtype::text],
    format('default privileges of %s in %s on %s: %s', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, (SELECT array_agg(item::text ORDER BY item::text) FROM unnest(defaclacl) item))
  FROM pg_default_acl

  UNION ALL
  SELECT ARRAY['1', 'publication', pubname], format('publication %I owner %s %s', pubname, pubowner::regrole, to_jsonb(p) - 'oid' - 'pubname' - 'pubowner') FROM pg_publication p
  UNION ALL
  SELECT ARRAY['1', 'publication', pubname, schemaname, tablename], format('  table %I.%I %s', schemaname, tablename, to_jsonb(p) - 'pubname' - 'schemaname' - 'tablename')
  FROM pg_publication_tables p WHERE schemaname <> ALL ($1)

  UNION ALL
  SELECT ARRAY['1', 'setting', setrole::regrole::text], format('settings of %s: %s', setrole::regrole, setconfig)
  FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())

  UNION ALL
  SELECT ARRAY['2', ns.name], concat_ws(' ', format('schema %I owner %s', ns.name, ns.nspowner::regrole), 'acl ' || (SELECT array_agg(item::text ORDER BY item::text)::text FROM unnest(ns.nspacl) item))
  FROM ns

  UNION ALL
  SELECT rel.path, concat_ws(' ',
    format('  %s %I owner %s', CASE rel.relkind
      WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' ELSE 'foreign table' END, rel.relname, rel.relowner::regrole),
    CASE rel.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END,
    'using ' || (SELECT amname FROM pg_am WHERE oid = rel.relam),
    'tablespace ' || (SELECT spcname FROM pg_tablespace WHERE oid = rel.reltablespace),
    'of ' || nullif(rel.reloftype, 0)::regtype,
    'partition by ' || pg_get_partkeydef(rel.oid),
    'inherits ' || (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = rel.oid),
    pg_get_expr(rel.relpartbound, rel.oid),
    'with ' || (SELECT array_agg(option ORDER BY option)::text FROM unnest(rel.reloptions) option),
    'toast with ' || (SELECT toast.reloptions::text FROM pg_class toast WHERE toast.oid = rel.reltoastrelid),
    'acl ' || (SELECT array_agg(item::text ORDER BY item::text)::text FROM unnest(rel.relacl) item),
    CASE WHEN rel.relrowsecurity THEN 'row security' END, CASE WHEN rel.relforcerowsecurity THEN 'forced' END,
    CASE WHEN rel.relkind IN ('r', 'p') THEN 'replica identity ' || rel.relreplident::text END,
    CASE WHEN rel.relkind = 'm' AND NOT rel.relispopulated THEN 'not populated' END,
    (SELECT concat('server ', f.ftserver, ' ', f.ftoptions::text) FROM pg_foreign_table f WHERE f.ftrelid = rel.oid),
    (SELECT format('as %s start %s increment %s min %s max %s cache %s%s', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' cycle' END)
      FROM pg_sequence s WHERE s.seqrelid = rel.oid),
    (SELECT format('%s %s.%I', CASE d.deptype WHEN 'a' THEN 'owned by' ELSE 'identity of' END, d.refobjid::regclass, a.attname)
      FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE rel.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = rel.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')),
    CASE WHEN rel.relkind IN ('v', 'm') THEN 'as ' || pg_get_viewdef(rel.oid) END)
  FROM rel

  UNION ALL
  SELECT col.path || ARRAY['1', to_char(col.number, '0000')], concat_ws(' ',
    format('    column %s %I %s', col.number, col.attname, format_type(col.atttypid, col.atttypmod)),
    CASE WHEN col.attcollation <> t.typcollation THEN 'collate ' || col.attcollation::regcollation END,
    CASE WHEN col.attnotnull THEN 'not null' END,
    CASE WHEN col.attgenerated = '' THEN 'default ' ELSE 'generated ' || col.attgenerated::text || ' ' END || pg_get_expr(value.adbin, value.adrelid),
    'identity ' || nullif(col.attidentity::text, ''),
    CASE WHEN col.attstorage <> t.typstorage THEN 'storage ' || col.attstorage::text END,
    'compression ' || nullif(col.attcompression::text, ''),
    'statistics ' || nullif(col.attstattarget, -1),
    'options ' || col.attoptions::text, 'foreign options ' || col.attfdwoptions::text,
    CASE WHEN NOT col.attislocal THEN 'inherited' END, 'from ' || nullif(col.attinhcount, 0) || ' parents',
    'acl ' || (SELECT array_agg(item::text ORDER BY item::text)::text FROM unnest(col.attacl) item))
  FROM col
  JOIN pg_type t ON t.oid = col.atttypid
  LEFT JOIN pg_attrdef value ON value.adrelid = col.attrelid AND value.adnum = col.attnum

  UNION ALL
  SELECT rel.path || ARRAY['2', c.conname], concat_ws(' ',
    format('    constraint %I %s', c.conname, pg_get_constraintdef(c.oid)),
    CASE WHEN NOT c.convalidated THEN 'unvalidated' END, CASE WHEN NOT c.conislocal THEN 'inherited' END, 'from ' || nullif(c.coninhcount, 0) || ' parents',
    'by index ' || nullif(c.conindid, 0)::regclass)
  FROM rel JOIN pg_constraint c ON c.conrelid = rel.oid AND c.contype <> 't'

  UNION ALL
  SELECT rel.path || ARRAY['3', x.relname], concat_ws(' ',
    format('    index %s', pg_get_indexdef(x.oid)),
    'tablespace ' || (SELECT spcname FROM pg_tablespace WHERE oid = x.reltablespace),
    'part of ' || (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = x.oid),
    CASE WHEN NOT i.indisvalid THEN 'invalid' END, CASE WHEN NOT i.indisready THEN 'not ready' END, CASE WHEN NOT i.indislive THEN 'dying' END,
    CASE WHEN i.indisprimary THEN 'primary' END, CASE WHEN NOT i.indimmediate THEN 'deferrable' END,
    CASE WHEN i.indisreplident THEN 'replica identity' END, CASE WHEN i.indisclustered THEN 'clustered' END,
    (SELECT string_agg(format('depends on %s', e.extname), ' ' ORDER BY e.extname) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = x.oid AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x'),
    (SELECT string_agg(format('statistics of %s %s', a.attnum, a.attstattarget), ' ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget >= 0))
  FROM rel JOIN pg_index i ON i.indrelid = rel.oid JOIN pg_class x ON x.oid = i.indexrelid

  UNION ALL
  SELECT rel.path || ARRAY['4', g.tgname], format('    %s enabled %s%s', pg_get_triggerdef(g.oid), g.tgenabled, CASE WHEN g.tgparentid <> 0 THEN ' of the parent' END)
  FROM rel JOIN pg_trigger g ON g.tgrelid = rel.oid AND NOT g.tgisinternal
  UNION ALL
  SELECT rel.path || ARRAY['5', c.conname, g.tgfoid::regproc::text], format('    system trigger of %s %s enabled %s', quote_ident(c.conname), g.tgfoid::regproc, g.tgenabled)
  FROM rel JOIN pg_trigger g ON g.tgrelid = rel.oid AND g.tgisinternal LEFT JOIN pg_constraint c ON c.oid = g.tgconstraint

  UNION ALL
  SELECT rel.path || ARRAY['6', p.polname], concat_ws(' ',
    format('    policy %I for %s to %s', p.polname, p.polcmd, (SELECT array_agg(role::regrole::text ORDER BY role::regrole::text) FROM unnest(p.polroles) role)),
    CASE WHEN NOT p.polpermissive THEN 'restrictive' END, 'using ' || pg_get_expr(p.polqual, rel.oid), 'check ' || pg_get_expr(p.polwithcheck, rel.oid))
  FROM rel JOIN pg_policy p ON p.polrelid = rel.oid

  UNION ALL
  SELECT rel.path || ARRAY['7', r.rulename], format('    %s enabled %s', pg_get_ruledef(r.oid), r.ev_enabled)
  FROM rel JOIN pg_rewrite r ON r.ev_class = rel.oid AND r.rulename <> '_RETURN'

  UNION ALL
  SELECT ARRAY['2', ns.name, '2', p.proname, pg_get_function_identity_arguments(p.oid)], concat_ws(' ',
    format('  function owner %s', p.proowner::regrole), 'acl ' || (SELECT array_agg(item::text ORDER BY item::text)::text FROM unnest(p.proacl) item),
    CASE WHEN p.prokind = 'a' THEN format('aggregate %s(%s) %s', p.proname, pg_get_function_arguments(p.oid), (
      SELECT concat_ws(' ', g.aggtransfn, g.aggfinalfn, g.aggtranstype::regtype, g.agginitval, g.aggkind, g.aggsortop::regoperator) FROM pg_aggregate g WHERE g.aggfnoid = p.oid))
    ELSE pg_get_functiondef(p.oid) END)
  FROM ns JOIN pg_proc p ON p.pronamespace = ns.oid
  WHERE NOT EXISTS (SELECT FROM member WHERE classid = 'pg_proc'::regclass AND objid = p.oid)

  UNION ALL
  SELECT ARRAY['2', ns.name, '3', t.typname], concat_ws(' ',
    format('  type %I %s owner %s', t.typname, CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite' WHEN 'r' THEN 'range' ELSE t.typtype::text END, t.typowner::regrole),
    'acl ' || (SELECT array_agg(item::text ORDER BY item::text)::text FROM unnest(t.typacl) item),
    (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_enum e WHERE e.enumtypid = t.oid),
    CASE WHEN t.typtype = 'd' THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typcollation <> 0 THEN 'collate ' || t.typcollation::regcollation END,
      CASE WHEN t.typnotnull THEN 'not null' END, 'default ' || t.typdefault) END,
    (SELECT string_agg(format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attcollation <> 0 THEN ' collate ' || a.attcollation::regcollation END), ', ' ORDER BY a.attnum)
      FROM pg_attribute a WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND NOT a.attisdropped),
    (SELECT concat_ws(' ', r.rngsubtype::regtype, (SELECT opcname FROM pg_opclass WHERE oid = r.rngsubopc), r.rngcanonical, r.rngsubdiff, r.rngmultitypid::regtype) FROM pg_range r WHERE r.rngtypid = t.oid))
  FROM ns JOIN pg_type t ON t.typnamespace = ns.oid
  WHERE t.typtype <> 'm' AND t.typelem = 0 AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
    AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_type'::regclass AND objid = t.oid)
  UNION ALL
  SELECT ARRAY['2', ns.name, '3', t.typname, c.conname], format('    constraint %I %s%s', c.conname, pg_get_constraintdef(c.oid), CASE WHEN NOT c.convalidated THEN ' unvalidated' END)
  FROM ns JOIN pg_type t ON t.typnamespace = ns.oid JOIN pg_constraint c ON c.contypid = t.oid

  UNION ALL
  SELECT ARRAY['2', ns.name, '4', s.stxname], concat_ws(' ', '  ' || pg_get_statisticsobjdef(s.oid), 'owner ' || s.stxowner::regrole, 'statistics ' || nullif(s.stxstattarget, -1))
  FROM ns JOIN pg_statistic_ext s ON s.stxnamespace = ns.oid

  UNION ALL
  SELECT ARRAY['3', o.type, o.identity], format('%s %s', o.type, o.identity)
  FROM other, pg_identify_object(other.class, other.oid, 0) o
  WHERE other.oid >= 16384 AND coalesce(o.schema, '') <> ALL ($1) AND NOT EXISTS (SELECT FROM member WHERE classid = other.class AND objid = other.oid)

  UNION ALL
  SELECT ARRAY['4', type, identity], format('comment on %s %s: %s', type, identity, description) FROM described
)
SELECT line FROM lines ORDER BY path COLLATE "C", line COLLATE "C"
