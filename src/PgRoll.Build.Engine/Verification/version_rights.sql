-- Who may do what with the tables of a version: by its views, and where these read with the caller's rights, by what is behind them.
SELECT r.rolname::text, t.name, p.privilege
FROM ROWS FROM (pg_catalog.unnest($3::text[]), pg_catalog.unnest($4::text[])) AS t(name, physical)
JOIN pg_catalog.pg_class v ON v.relname = t.name AND v.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
LEFT JOIN pg_catalog.pg_class b ON b.relname = t.physical AND b.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $2)
CROSS JOIN pg_catalog.pg_roles r
CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) AS p(privilege)
WHERE NOT r.rolsuper AND r.rolname !~ '^pg_' AND NOT pg_catalog.pg_has_role(r.oid, v.relowner, 'USAGE')
  AND pg_catalog.has_schema_privilege(r.oid, v.relnamespace, 'USAGE')
  AND pg_catalog.has_table_privilege(r.oid, v.oid, p.privilege)
  AND (b.oid IS NULL OR pg_catalog.has_table_privilege(r.oid, b.oid, p.privilege)
       OR COALESCE(v.reloptions::text !~ 'security_invoker=(true|on|1)', true)
       OR p.privilege <> 'DELETE' AND pg_catalog.has_any_column_privilege(r.oid, b.oid, p.privilege))
ORDER BY 1, 2, 3
