-- What the server says of itself word for word, or what is made of a few words. Within a phase in the order in which things were made,
-- which is one in which they can be made again. Tables, and the sequences of their columns, come between the phases 3 and 5.
WITH RECURSIVE not_null_domain AS (
  SELECT oid FROM pg_catalog.pg_type WHERE typtype = 'd' AND typnotnull
  UNION
  SELECT t.oid FROM pg_catalog.pg_type t JOIN not_null_domain base ON base.oid = t.typbasetype WHERE t.typtype = 'd'
),
ns AS (SELECT oid, nspname FROM pg_catalog.pg_namespace WHERE nspname = $1::name),
member AS (SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'),
rel AS (
  SELECT c.*, ns.nspname FROM pg_catalog.pg_class c JOIN ns ON ns.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_class'::regclass AND m.objid = c.oid)
),
routine AS (
  SELECT p.*, EXISTS (
    -- A row type of a table, or a body that was parsed.
    SELECT FROM pg_catalog.pg_depend d
    LEFT JOIN pg_catalog.pg_type y ON d.refclassid = 'pg_catalog.pg_type'::regclass AND y.oid = d.refobjid
    LEFT JOIN pg_catalog.pg_type item ON item.oid = y.typelem
    WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND (
      d.refclassid = 'pg_catalog.pg_class'::regclass OR d.refclassid = 'pg_catalog.pg_proc'::regclass AND p.prosqlbody IS NOT NULL
      OR EXISTS (SELECT FROM rel r WHERE r.relkind <> 'c' AND r.oid IN (y.typrelid, item.typrelid)))
  ) AS needs_tables
  FROM pg_catalog.pg_proc p JOIN ns ON ns.oid = p.pronamespace
  WHERE p.prokind <> 'a' AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_proc'::regclass AND m.objid = p.oid)
),
sequence AS (
  SELECT r.*, s.*, owner.refobjid AS owner_table, owner.attname AS owner_column, owner.is_default,
    CASE s.seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END AS greatest
  FROM rel r
  JOIN pg_catalog.pg_sequence s ON s.seqrelid = r.oid
  LEFT JOIN LATERAL (
    SELECT d.refobjid, a.attname, EXISTS (
      SELECT FROM pg_catalog.pg_attrdef v JOIN pg_catalog.pg_depend feeds ON feeds.classid = 'pg_catalog.pg_attrdef'::regclass AND feeds.objid = v.oid
      WHERE v.adrelid = d.refobjid AND v.adnum = d.refobjsubid AND feeds.refclassid = 'pg_catalog.pg_class'::regclass AND feeds.refobjid = r.oid
    ) AS is_default
    FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'a'
  ) owner ON true
  -- An identity's sequence is written with its column.
  WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i')
),
parts (phase, place, sql) AS (
  SELECT 1, t.oid::bigint, CASE t.typtype
    WHEN 'e' THEN pg_catalog.format('CREATE TYPE %I.%I AS ENUM (%s)', ns.nspname, t.typname, (
      SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid))
    WHEN 'd' THEN pg_catalog.concat(
      pg_catalog.format('CREATE DOMAIN %I.%I AS %s', ns.nspname, t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod)),
      (SELECT pg_catalog.format(' COLLATE %I.%I', cn.nspname, l.collname)
       FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_namespace cn ON cn.oid = l.collnamespace JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
       WHERE l.oid = t.typcollation AND t.typcollation <> base.typcollation),
      ' DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN ' NOT NULL' END,
      (SELECT pg_catalog.string_agg(pg_catalog.format(' CONSTRAINT %I %s', c.conname, pg_catalog.pg_get_constraintdef(c.oid)), '' ORDER BY c.conname)
       FROM pg_catalog.pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c' AND c.convalidated))
    ELSE pg_catalog.format('CREATE TYPE %I.%I AS (%s)', ns.nspname, t.typname, (
      SELECT pg_catalog.string_agg(pg_catalog.concat(pg_catalog.format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)), (
        SELECT pg_catalog.format(' COLLATE %I.%I', cn.nspname, l.collname)
        FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_namespace cn ON cn.oid = l.collnamespace JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
        WHERE l.oid = a.attcollation AND a.attcollation <> y.typcollation)), ', ' ORDER BY a.attnum)
      FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
  END
  FROM pg_catalog.pg_type t JOIN ns ON ns.oid = t.typnamespace
  WHERE (t.typtype IN ('e', 'd') OR t.typtype = 'c' AND EXISTS (SELECT FROM rel r WHERE r.oid = t.typrelid AND r.relkind = 'c'))
    AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)

  UNION ALL
  SELECT 2, s.oid::bigint, pg_catalog.format('CREATE SEQUENCE %I.%I AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s',
    s.nspname, s.relname, s.seqtypid::regtype, s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END)
  FROM sequence s WHERE s.is_default IS NOT TRUE

  UNION ALL
  SELECT CASE WHEN p.needs_tables THEN 5 ELSE 3 END, p.oid::bigint, pg_catalog.rtrim(pg_catalog.pg_get_functiondef(p.oid), E'\n')
  FROM routine p

  UNION ALL
  SELECT 5, r.oid::bigint, pg_catalog.concat(
    CASE r.relkind WHEN 'v' THEN 'CREATE VIEW ' ELSE 'CREATE MATERIALIZED VIEW ' END, pg_catalog.format('%I.%I', r.nspname, r.relname),
    (SELECT ' WITH (' || pg_catalog.string_agg(pg_catalog.format('%I=%L', o.option_name, o.option_value), ', ') || ')' FROM pg_catalog.pg_options_to_table(r.reloptions) o),
    E' AS\n', pg_catalog.rtrim(pg_catalog.pg_get_viewdef(r.oid), ';'), CASE WHEN r.relkind = 'm' AND NOT r.relispopulated THEN E'\nWITH NO DATA' END)
  FROM rel r WHERE r.relkind IN ('v', 'm')

  UNION ALL
  SELECT 6, s.oid::bigint, pg_catalog.format('ALTER SEQUENCE %I.%I OWNED BY %s.%I', s.nspname, s.relname, s.owner_table::regclass, s.owner_column)
  FROM sequence s WHERE s.is_default IS FALSE
  UNION ALL
  SELECT 6, s.oid::bigint, pg_catalog.format('ALTER SEQUENCE %I.%I INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s RESTART CACHE %s%s',
    s.nspname, s.relname, s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END)
  FROM sequence s
  WHERE s.is_default AND (s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache, s.seqcycle) IS DISTINCT FROM (1, 1, s.greatest, 1, 1, false)

  -- The model takes the type's word for the column's.
  UNION ALL
  SELECT 6, r.oid::bigint, pg_catalog.format('ALTER TABLE %I.%I ALTER COLUMN %I DROP NOT NULL', r.nspname, r.relname, a.attname)
  FROM rel r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.attnotnull
  WHERE r.relkind = 'r' AND a.atttypid IN (SELECT oid FROM not_null_domain)

  UNION ALL
  SELECT 7, i.indexrelid::bigint, pg_catalog.pg_get_indexdef(i.indexrelid)
  FROM rel r JOIN pg_catalog.pg_index i ON i.indrelid = r.oid WHERE r.relkind = 'm' AND i.indisvalid

  UNION ALL
  SELECT 8, g.oid::bigint, pg_catalog.concat(pg_catalog.pg_get_triggerdef(g.oid), CASE WHEN g.tgenabled <> 'O' THEN
    pg_catalog.format(E';\nALTER TABLE %I.%I %s TRIGGER %I', r.nspname, r.relname,
      CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, g.tgname) END)
  FROM rel r JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid WHERE NOT g.tgisinternal AND g.tgparentid = 0

  UNION ALL
  SELECT 8, w.oid::bigint, pg_catalog.concat(pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';'), CASE WHEN w.ev_enabled <> 'O' THEN
    pg_catalog.format(E';\nALTER TABLE %I.%I %s RULE %I', r.nspname, r.relname,
      CASE w.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, w.rulename) END)
  FROM rel r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid WHERE w.rulename <> '_RETURN'

  UNION ALL
  SELECT 8, s.oid::bigint, pg_catalog.pg_get_statisticsobjdef(s.oid)
  FROM pg_catalog.pg_statistic_ext s JOIN ns ON ns.oid = s.stxnamespace

  UNION ALL
  SELECT 9, p.oid::bigint, pg_catalog.concat(
    pg_catalog.format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO ', p.polname, r.nspname, r.relname,
      CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END),
    (SELECT pg_catalog.string_agg(CASE WHEN role = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(role)) END, ', ') FROM pg_catalog.unnest(p.polroles) role),
    ' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', ' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')')
  FROM rel r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
  UNION ALL
  SELECT 9, r.oid::bigint, pg_catalog.concat(
    CASE WHEN r.relrowsecurity THEN pg_catalog.format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', r.nspname, r.relname) END,
    CASE WHEN r.relrowsecurity AND r.relforcerowsecurity THEN E';\n' END,
    CASE WHEN r.relforcerowsecurity THEN pg_catalog.format('ALTER TABLE %I.%I FORCE ROW LEVEL SECURITY', r.nspname, r.relname) END)
  FROM rel r WHERE r.relrowsecurity OR r.relforcerowsecurity

  -- Those of tables and their columns are written with them.
  UNION ALL
  SELECT 10, d.objoid::bigint, pg_catalog.format('COMMENT ON %s %s IS %L',
    CASE o.type WHEN 'table constraint' THEN 'CONSTRAINT' WHEN 'view column' THEN 'COLUMN' WHEN 'materialized view column' THEN 'COLUMN'
      WHEN 'composite type column' THEN 'COLUMN' WHEN 'statistics object' THEN 'STATISTICS' ELSE pg_catalog.upper(o.type) END, o.identity, d.description)
  FROM pg_catalog.pg_description d
  CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) o
  WHERE o.type IN ('view', 'view column', 'materialized view', 'materialized view column', 'composite type column', 'function', 'procedure', 'type', 'sequence', 'index',
      'table constraint', 'trigger', 'rule', 'policy', 'statistics object')
    AND d.objoid IN (
      SELECT oid FROM rel UNION ALL SELECT oid FROM routine
      UNION ALL SELECT t.oid FROM pg_catalog.pg_type t JOIN ns ON ns.oid = t.typnamespace
      UNION ALL SELECT c.oid FROM pg_catalog.pg_constraint c JOIN ns ON ns.oid = c.connamespace
      UNION ALL SELECT g.oid FROM rel r JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid
      UNION ALL SELECT w.oid FROM rel r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid
      UNION ALL SELECT p.oid FROM rel r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
      UNION ALL SELECT s.oid FROM pg_catalog.pg_statistic_ext s JOIN ns ON ns.oid = s.stxnamespace)
)
SELECT phase, sql FROM parts ORDER BY phase, place, sql COLLATE "C"
