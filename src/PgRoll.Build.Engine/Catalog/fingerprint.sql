-- One line for each thing that complete's statements rely on; no OIDs and no statistics in it. Where columns have copies also what
-- these carry as it was at start: a comment or a privilege that came later would vanish with the old half.
WITH target AS (
  SELECT c.*, quote_ident(c.relname) AS ident
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1::name AND c.relname::text = ANY ($2::text[])
),
copied AS (
  SELECT t.* FROM target t
  WHERE EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.oid AND a.attname = '_pgroll_needs_backfill' AND NOT a.attisdropped)
),
part (ident, classid, objid, objsubid, carries) AS (
  SELECT t.ident, 'pg_catalog.pg_class'::regclass, t.oid, a.attnum, pg_catalog.concat_ws(' ',
    nullif(a.attstattarget, -1), a.attstorage, a.attcompression, a.attoptions::text, (SELECT pg_catalog.array_agg(item::text ORDER BY item::text)::text FROM pg_catalog.unnest(a.attacl) item))
  FROM copied t
  JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT t.ident, 'pg_catalog.pg_constraint'::regclass, c.oid, 0, pg_catalog.concat(
    CASE WHEN NOT c.convalidated THEN 'invalid ' END,
    (SELECT pg_catalog.string_agg(g.tgenabled, '' ORDER BY g.tgtype, g.tgenabled) FROM pg_catalog.pg_trigger g WHERE g.tgconstraint = c.oid))
  FROM copied t
  JOIN pg_catalog.pg_constraint c ON t.oid IN (c.conrelid, c.confrelid)
  UNION ALL
  SELECT t.ident, 'pg_catalog.pg_class'::regclass, i.indexrelid, 0, pg_catalog.concat(CASE WHEN i.indisclustered THEN ' clustered' END,
    (SELECT pg_catalog.string_agg(pg_catalog.concat(a.attnum, ': ', a.attstattarget), ' ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0))
  FROM copied t
  JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
  UNION ALL
  SELECT t.ident, 'pg_catalog.pg_statistic_ext'::regclass, s.oid, 0, pg_catalog.concat_ws(' ', nullif(s.stxstattarget, -1), pg_catalog.pg_get_userbyid(s.stxowner))
  FROM copied t
  JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = t.oid
  UNION ALL
  SELECT t.ident, 'pg_catalog.pg_class'::regclass, s.seqrelid, 0, pg_catalog.concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
    (SELECT pg_catalog.array_agg(item::text ORDER BY item::text)::text FROM pg_catalog.pg_class c, pg_catalog.unnest(c.relacl) item WHERE c.oid = s.seqrelid))
  FROM copied t
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = t.oid AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
  JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
)
SELECT line FROM (
  SELECT format('%s: relation %s of %I%s%s', t.ident, t.relkind, pg_catalog.pg_get_userbyid(t.relowner),
    ' partitioned by ' || pg_catalog.pg_get_partkeydef(t.oid), ' partition ' || pg_catalog.pg_get_expr(t.relpartbound, t.oid))
  FROM target t

  UNION ALL
  SELECT format('%s: column %I %s%s%s%s%s', t.ident, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' not null' END, ' default ' || pg_catalog.pg_get_expr(value.adbin, t.oid),
    ' generated ' || nullif(concat(a.attgenerated, a.attidentity), ''),
    CASE WHEN a.attcollation <> 0 THEN ' collation ' || a.attcollation::regcollation::text END)
  FROM target t
  JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_attrdef value ON value.adrelid = t.oid AND value.adnum = a.attnum

  UNION ALL
  -- Foreign keys of other tables that point here as well.
  SELECT format('%s: constraint %I of %s %s%s', t.ident, c.conname, c.conrelid::regclass, pg_catalog.pg_get_constraintdef(c.oid), CASE WHEN NOT c.convalidated THEN ' invalid' END)
  FROM target t
  JOIN (
    SELECT own.conrelid AS relid, own.* FROM pg_catalog.pg_constraint own
    UNION ALL SELECT pointing.confrelid, pointing.* FROM pg_catalog.pg_constraint pointing WHERE pointing.confrelid <> pointing.conrelid
  ) c ON c.relid = t.oid
  -- A partition's share of a foreign key comes and goes with the partition.
  WHERE c.contype IN ('p', 'u', 'c', 'f', 'x') AND c.conparentid = 0

  UNION ALL
  SELECT format('%s: index %s%s', t.ident, pg_catalog.pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN ' invalid' END)
  FROM target t
  JOIN pg_catalog.pg_index i ON i.indrelid = t.oid

  UNION ALL
  -- Users may disable their own for the time of a backfill.
  SELECT format('%s: trigger %s %s', t.ident, pg_catalog.pg_get_triggerdef(g.oid), CASE WHEN pg_catalog.starts_with(g.tgname::text, '~pgroll_') AND g.tgenabled IN ('D', 'R') THEN g.tgenabled END)
  FROM target t
  JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal

  UNION ALL
  SELECT format('%s: policy %I for %s%s to %s%s%s', t.ident, p.polname, p.polcmd, CASE WHEN NOT p.polpermissive THEN ' restrictive' END,
    ARRAY(SELECT role::regrole::text FROM pg_catalog.unnest(p.polroles) role ORDER BY 1),
    ' using ' || pg_catalog.pg_get_expr(p.polqual, t.oid), ' check ' || pg_catalog.pg_get_expr(p.polwithcheck, t.oid))
  FROM target t
  JOIN pg_catalog.pg_policy p ON p.polrelid = t.oid

  UNION ALL
  SELECT format('%s: rule %s %s', t.ident, pg_catalog.pg_get_ruledef(r.oid), r.ev_enabled)
  FROM target t
  JOIN pg_catalog.pg_rewrite r ON r.ev_class = t.oid

  UNION ALL
  SELECT format('%s: inherits from %s', i.inhrelid::regclass, i.inhparent::regclass)
  FROM pg_catalog.pg_inherits i
  -- Partitions may come and go: what their parent has, they have.
  WHERE EXISTS (SELECT FROM target t WHERE t.oid IN (i.inhrelid, i.inhparent)) AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = i.inhrelid AND c.relispartition)

  UNION ALL
  SELECT format('%s: %s %s carries %s%s', p.ident, o.type, o.identity, p.carries, ' and is ' || quote_literal(d.description))
  FROM part p
  CROSS JOIN LATERAL pg_catalog.pg_identify_object(p.classid, p.objid, p.objsubid) o
  LEFT JOIN pg_catalog.pg_description d ON d.classoid = p.classid AND d.objoid = p.objid AND d.objsubid = p.objsubid

  UNION ALL
  -- Whatever else hangs on the tables, their columns or their row types. Our own views come and go with their versions.
  SELECT format('%s: %s %s%s', t.ident, o.type, o.identity, ' on ' || quote_ident(a.attname))
  FROM target t
  JOIN pg_catalog.pg_depend d ON d.deptype IN ('n', 'a') AND (
    d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = t.oid OR d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid = t.reltype)
  CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) o
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid AND d.refobjsubid <> 0
  LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
  LEFT JOIN pg_catalog.pg_class view ON view.oid = r.ev_class
  LEFT JOIN pg_catalog.pg_class partition ON d.classid = 'pg_catalog.pg_class'::regclass AND partition.oid = d.objid AND partition.relispartition
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = view.relnamespace
  WHERE o.type <> 'index' AND partition.oid IS NULL AND d.classid NOT IN ('pg_catalog.pg_constraint'::regclass, 'pg_catalog.pg_trigger'::regclass, 'pg_catalog.pg_attrdef'::regclass)
    AND NOT coalesce(pg_catalog.starts_with(n.nspname::text, $1 || '_') OR pg_catalog.starts_with(n.nspname::text, '_pgroll_gone_'), false)
) lines (line)
ORDER BY line COLLATE "C"
