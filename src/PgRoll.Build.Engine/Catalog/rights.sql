-- What the session's role may not do of all that a plan does, and what would let it.
-- $1: the base schema, $2: tables in it that must be the role's, $3: tables that get a foreign key to them, $4: whether objects are
-- made in the base schema, $5: whether schemas are made or renamed, $6: schemas that must be the role's, $7: roles that get sequences.
WITH me AS (SELECT oid, rolname FROM pg_catalog.pg_roles WHERE rolname = current_user),
base AS (SELECT oid, nspname FROM pg_catalog.pg_namespace WHERE nspname = $1),
target AS (
  SELECT c.oid FROM pg_catalog.pg_class c JOIN base ON base.oid = c.relnamespace
  WHERE c.relname::text = ANY ($2::text[]) AND c.relkind IN ('r', 'p')
),
-- Rows of partitions are filled where they are.
tree AS (
  SELECT oid FROM target
  UNION
  SELECT p.relid FROM target t CROSS JOIN LATERAL pg_catalog.pg_partition_tree(t.oid) p
),
referenced AS (SELECT pg_catalog.to_regclass(name) AS oid FROM pg_catalog.unnest($3::text[]) AS r(name))

SELECT pg_catalog.format('%s belong%s to role %I: GRANT %3$I TO %I, or let that role do the work (--role)',
  pg_catalog.string_agg(c.oid::regclass::text, ', ' ORDER BY c.oid::regclass::text), CASE WHEN pg_catalog.count(*) = 1 THEN 's' ELSE '' END,
  pg_catalog.pg_get_userbyid(c.relowner), me.rolname)
FROM tree
JOIN pg_catalog.pg_class c ON c.oid = tree.oid
CROSS JOIN me
WHERE NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')
GROUP BY c.relowner, me.rolname

UNION ALL
SELECT pg_catalog.format('schema %I belongs to role %I: GRANT %2$I TO %I, or ALTER SCHEMA %1$I OWNER TO %3$I', n.nspname, pg_catalog.pg_get_userbyid(n.nspowner), me.rolname)
FROM pg_catalog.pg_namespace n
CROSS JOIN me
WHERE n.nspname::text = ANY ($6::text[]) AND NOT pg_catalog.pg_has_role(n.nspowner, 'USAGE')

UNION ALL
SELECT pg_catalog.format('it may not create schemas, and each version is one: GRANT CREATE ON DATABASE %I TO %I', pg_catalog.current_database(), me.rolname)
FROM me
WHERE $5 AND NOT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')

UNION ALL
SELECT pg_catalog.format('it may not use schema %I: GRANT USAGE ON SCHEMA %1$I TO %I', n.nspname, me.rolname)
FROM pg_catalog.pg_namespace n
CROSS JOIN me
WHERE n.oid IN (SELECT oid FROM base UNION SELECT c.relnamespace FROM tree JOIN pg_catalog.pg_class c ON c.oid = tree.oid)
  AND NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')

UNION ALL
SELECT pg_catalog.format('role %I may not create in schema %I: GRANT CREATE ON SCHEMA %2$I TO %1$I', maker.rolname, base.nspname)
FROM base
CROSS JOIN (
  SELECT rolname FROM me WHERE $4
  -- Whoever owns a table must be able to own the sequence of its new column.
  UNION SELECT role FROM pg_catalog.unnest($7::text[]) AS r(role) WHERE NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
) maker
WHERE NOT pg_catalog.has_schema_privilege(maker.rolname, base.oid, 'CREATE')

UNION ALL
SELECT pg_catalog.format('it may not point foreign keys to %s: GRANT REFERENCES ON %1$s TO %I', r.oid, me.rolname)
FROM referenced r
CROSS JOIN me
WHERE r.oid IS NOT NULL AND NOT pg_catalog.has_any_column_privilege(r.oid, 'REFERENCES')
