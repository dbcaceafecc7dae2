-- What the session's role gives away with whatever it makes, and anybody with a sequence, which is its table's owner's. Those of one schema come on top of those for all schemas.
SELECT
  made.kind AS table_oid,
  CASE WHEN acl.grantee <> 0 THEN pg_catalog.pg_get_userbyid(acl.grantee) END AS grantee,
  acl.privilege_type AS privilege,
  pg_catalog.bool_or(acl.is_grantable) AS with_grant_option,
  NULL::name AS column_name,
  false AS on_sequence
FROM pg_catalog.pg_default_acl d
JOIN (VALUES (0::oid, 'r', true), (0::oid, 'r', false), (1::oid, 'r', true), (2::oid, 'n', true), (3::oid, 'S', true), (3::oid, 'S', false)) made (kind, type, everywhere)
  ON made.type = d.defaclobjtype::text
  AND d.defaclnamespace = CASE WHEN made.everywhere THEN 0 ELSE (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name) END
CROSS JOIN pg_catalog.aclexplode(d.defaclacl) acl
WHERE (made.kind = 3 OR d.defaclrole = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)) AND acl.grantee <> d.defaclrole
GROUP BY made.kind, acl.grantee, acl.privilege_type
ORDER BY 1, 2 NULLS FIRST, 3
