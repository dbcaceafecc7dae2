-- Privileges of all but the session's role where it is the owner: it will own whatever it makes. Another owner needs grants on what
-- is made, where he had rights of his own. Of the schema (table_oid 0) only USAGE: nobody is to create in a version.
-- Of columns, and of the sequences of identity columns, everything: copies take their place.
SELECT
  acl.table_oid,
  CASE WHEN acl.grantee <> 0 THEN pg_catalog.pg_get_userbyid(acl.grantee) END AS grantee,
  acl.privilege_type AS privilege,
  pg_catalog.bool_or(acl.is_grantable) AS with_grant_option,
  acl.column_name,
  acl.on_sequence
FROM (
  SELECT 0::oid AS table_oid, NULL::name AS column_name, false AS on_sequence, a.grantee AS owner, a.grantee, a.privilege_type, a.is_grantable
  FROM pg_catalog.pg_namespace n, pg_catalog.aclexplode(coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) a
  WHERE n.nspname = $1::name AND a.privilege_type = 'USAGE'
  UNION ALL
  SELECT c.oid, NULL, false, c.relowner, a.grantee, a.privilege_type, a.is_grantable
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) a
  WHERE n.nspname = $1::name AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  UNION ALL
  SELECT c.oid, k.attname, false, c.relowner, a.grantee, a.privilege_type, a.is_grantable
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute k ON k.attrelid = c.oid AND k.attacl IS NOT NULL AND NOT k.attisdropped
  CROSS JOIN pg_catalog.aclexplode(k.attacl) a
  WHERE n.nspname = $1::name AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  UNION ALL
  SELECT c.oid, k.attname, true, s.relowner, a.grantee, a.privilege_type, a.is_grantable
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute k ON k.attrelid = c.oid AND k.attidentity <> '' AND NOT k.attisdropped
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = k.attnum
    AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i'
  JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
  CROSS JOIN pg_catalog.aclexplode(s.relacl) a
  WHERE n.nspname = $1::name AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.grantee <> s.relowner
) acl
WHERE acl.column_name IS NOT NULL OR NOT (acl.grantee = acl.owner AND acl.owner = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user))
GROUP BY acl.table_oid, acl.grantee, acl.privilege_type, acl.column_name, acl.on_sequence
ORDER BY 1, 2 NULLS FIRST, 5 NULLS FIRST, 3
