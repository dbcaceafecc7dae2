-- Privileges of all but the session's role where it is the owner: it will own whatever it makes. Another owner needs grants on what
-- is made, where he had rights of his own. Of the schema (table_oid 0) only USAGE: nobody is to create in a version.
SELECT
  acl.table_oid,
  CASE WHEN acl.grantee <> 0 THEN pg_catalog.pg_get_userbyid(acl.grantee) END AS grantee,
  acl.privilege_type AS privilege,
  pg_catalog.bool_or(acl.is_grantable) AS with_grant_option,
  acl.column_name
FROM (
  SELECT 0::oid AS table_oid, NULL::name AS column_name, a.grantee AS owner, a.grantee, a.privilege_type, a.is_grantable
  FROM pg_catalog.pg_namespace n, pg_catalog.aclexplode(coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) a
  WHERE n.nspname = $1::name AND a.privilege_type = 'USAGE'
  UNION ALL
  SELECT c.oid, NULL, c.relowner, a.grantee, a.privilege_type, a.is_grantable
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) a
  WHERE n.nspname = $1::name AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  UNION ALL
  SELECT c.oid, k.attname, c.relowner, a.grantee, a.privilege_type, a.is_grantable
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute k ON k.attrelid = c.oid AND k.attacl IS NOT NULL AND NOT k.attisdropped
  CROSS JOIN pg_catalog.aclexplode(k.attacl) a
  WHERE n.nspname = $1::name AND c.relkind IN ('r', 'p') AND NOT c.relispartition
) acl
WHERE NOT (acl.grantee = acl.owner AND acl.owner = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user))
GROUP BY acl.table_oid, acl.grantee, acl.privilege_type, acl.column_name
ORDER BY 1, 2 NULLS FIRST, 5 NULLS FIRST, 3
