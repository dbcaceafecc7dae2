-- Publications that send all columns of a table, and subscriptions that fill it. $1: the schema, $2: the tables.
WITH RECURSIVE tables (name, oid) AS (
  SELECT c.relname, c.oid FROM pg_catalog.pg_class c
  WHERE c.relname = ANY ($2::text[]) AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
  UNION
  SELECT t.name, i.inhrelid FROM tables t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid
)
SELECT t.name, 'publication', p.pubname
FROM pg_catalog.pg_publication p
CROSS JOIN LATERAL pg_catalog.pg_get_publication_tables(p.pubname::text) published
JOIN tables t ON t.oid = published.relid
-- Lists of columns came with 15: read from the row's JSON.
WHERE NOT EXISTS (
  SELECT FROM pg_catalog.pg_publication_rel r JOIN tables same ON same.oid = r.prrelid AND same.name = t.name
  WHERE r.prpubid = p.oid AND pg_catalog.to_jsonb(r) ->> 'prattrs' IS NOT NULL)
UNION
-- pg_subscription itself is not everybody's to read.
SELECT t.name, 'subscription', o.identity
FROM tables t
JOIN pg_catalog.pg_subscription_rel s ON s.srrelid = t.oid
CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_subscription'::regclass, s.srsubid, 0) o
ORDER BY 1, 2, 3
