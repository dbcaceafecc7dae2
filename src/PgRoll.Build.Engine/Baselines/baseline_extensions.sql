SELECT pg_catalog.concat(
  CASE WHEN n.nspname NOT IN ('pg_catalog', 'public', $1::name) THEN pg_catalog.format(E'CREATE SCHEMA IF NOT EXISTS %I;\n', n.nspname) END,
  pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname))
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'
ORDER BY e.oid
