-- Partitions are reached through their parent, and have no view of their own.
SELECT
  c.oid, c.relname AS name, c.relkind = 'p' AS is_partitioned,
  CASE WHEN pg_catalog.pg_get_userbyid(c.relowner) <> current_user THEN pg_catalog.pg_get_userbyid(c.relowner) END AS owner,
  c.relrowsecurity AS has_row_security, comment.description AS comment,
  c.relkind = 'r' AND EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)) AS is_inherited,
  c.relreplident::text AS replica_identity,
  (SELECT x.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) AS replica_identity_index
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_description comment ON comment.classoid = 'pg_catalog.pg_class'::regclass AND comment.objoid = c.oid AND comment.objsubid = 0
WHERE n.nspname = $1::name AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY c.relname COLLATE "C"
