-- Extended statistics of the schema's tables, wherever they live themselves. The session's role owns what it makes: its own need no owner.
SELECT
  s.stxrelid AS table_oid,
  s.stxname AS name,
  CASE WHEN s.stxnamespace <> t.relnamespace THEN own.nspname END AS schema,
  -- What stands between the name and ON: the kinds, unless they are all that the server has.
  nullif(pg_catalog.btrim(pg_catalog.split_part(
    pg_catalog.substr(pg_catalog.pg_get_statisticsobjdef(s.oid), pg_catalog.length(pg_catalog.format('CREATE STATISTICS %I.%I', own.nspname, s.stxname)) + 1),
    ' ON ', 1)), '') AS kinds,
  pg_catalog.pg_get_statisticsobjdef_columns(s.oid) AS targets,
  ARRAY(
    SELECT DISTINCT a.attname::text
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_statistic_ext'::regclass AND d.objid = s.oid
      AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = s.stxrelid AND a.attnum > 0
    ORDER BY 1
  ) AS columns,
  nullif(s.stxstattarget, -1)::int AS target,
  CASE WHEN owner.rolname <> current_user THEN owner.rolname END AS owner,
  (
    SELECT d.description FROM pg_catalog.pg_description d
    WHERE d.classoid = 'pg_catalog.pg_statistic_ext'::regclass AND d.objoid = s.oid AND d.objsubid = 0
  ) AS comment
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_class t ON t.oid = s.stxrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
JOIN pg_catalog.pg_namespace own ON own.oid = s.stxnamespace
JOIN pg_catalog.pg_roles owner ON owner.oid = s.stxowner
WHERE n.nspname = $1::name AND t.relkind IN ('r', 'p') AND NOT t.relispartition
ORDER BY t.oid, s.stxname COLLATE "C"
