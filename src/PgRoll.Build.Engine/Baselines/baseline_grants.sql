-- Privileges beyond those that every object is made with, as the statements that would give them.
WITH ns AS (SELECT * FROM pg_catalog.pg_namespace WHERE nspname = $1::name),
item (target, owner, acl, initial) AS (
  SELECT pg_catalog.format('SCHEMA %I', ns.nspname), ns.nspowner, ns.nspacl,
    (SELECT i.initprivs FROM pg_catalog.pg_init_privs i WHERE i.classoid = 'pg_catalog.pg_namespace'::regclass AND i.objoid = ns.oid)
  FROM ns
  UNION ALL
  SELECT pg_catalog.format('%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, ns.nspname, c.relname), c.relowner, c.relacl, NULL
  FROM ns JOIN pg_catalog.pg_class c ON c.relnamespace = ns.oid WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL
  SELECT pg_catalog.format('(%I) TABLE %I.%I', a.attname, ns.nspname, c.relname), c.relowner, a.attacl, NULL
  FROM ns JOIN pg_catalog.pg_class c ON c.relnamespace = ns.oid JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
  UNION ALL
  SELECT pg_catalog.format('ROUTINE %s', p.oid::regprocedure), p.proowner, p.proacl, NULL
  FROM ns JOIN pg_catalog.pg_proc p ON p.pronamespace = ns.oid
  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.deptype = 'e' AND d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid)
),
given AS (
  SELECT i.target, a.privilege_type, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END AS grantee
  FROM item i CROSS JOIN LATERAL pg_catalog.aclexplode(i.acl) a
  WHERE i.acl IS NOT NULL AND a.grantee <> i.owner
    AND NOT (i.target LIKE 'ROUTINE %' AND a.grantee = 0)
    AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(i.initial) b WHERE (b.grantee, b.privilege_type) = (a.grantee, a.privilege_type))
)
SELECT CASE WHEN target LIKE '(%'
  THEN pg_catalog.format('GRANT %s %s ON %s TO %s', pg_catalog.string_agg(privilege_type, ', ' ORDER BY privilege_type), pg_catalog.split_part(target, ' TABLE ', 1),
    'TABLE ' || pg_catalog.split_part(target, ' TABLE ', 2), grantee)
  ELSE pg_catalog.format('GRANT %s ON %s TO %s', pg_catalog.string_agg(privilege_type, ', ' ORDER BY privilege_type), target, grantee) END
FROM given
GROUP BY target, grantee
ORDER BY target COLLATE "C", grantee COLLATE "C"
