-- The state schema: pgroll's tables and functions, name for name, so that either tool reads the other's history, and beside them
-- our own. Runs in a transaction; safe to repeat, and on a schema that pgroll made:
--   * what exists is left as it is, and nothing is asked of the caller for it: a role that may only use a finished state can run this;
--   * functions of pgroll 0.16 or newer stay pgroll's. Ours are told from them by their bodies, which are parsed, not text;
--   * a history of an older pgroll gets the column and the types that it lacks; its timestamps are taken for UTC, as pgroll takes
--     them, and only while they are still without a zone: a second conversion would shift them;
--   * no event trigger is made: those need a superuser.
-- The schema's name stands in one place. Everything below is made on the path, and parsed bodies keep what they were bound to.
SET LOCAL search_path = placeholder_schema;

DO $$
DECLARE
  pgroll_release integer[];
BEGIN
  IF current_schema() IS NULL THEN
    EXECUTE format('CREATE SCHEMA %s', current_setting('search_path'));
  END IF;

  IF to_regclass('migrations') IS NULL THEN
    CREATE TABLE migrations (
      schema name NOT NULL,
      name text NOT NULL,
      migration jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
      updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
      parent text,
      done boolean NOT NULL DEFAULT false,
      resulting_schema jsonb NOT NULL DEFAULT '{}',
      migration_type varchar(32) DEFAULT 'pgroll',
      CONSTRAINT migrations_pkey PRIMARY KEY (schema, name),
      CONSTRAINT migrations_schema_parent_fkey FOREIGN KEY (schema, parent) REFERENCES migrations (schema, name),
      CONSTRAINT migration_type_check CHECK (migration_type IN ('pgroll', 'inferred', 'baseline'))
    );
    CREATE UNIQUE INDEX only_one_active ON migrations (schema, name, done) WHERE done = false;
    CREATE UNIQUE INDEX only_first_migration_without_parent ON migrations (schema) WHERE parent IS NULL;
    CREATE UNIQUE INDEX history_is_linear ON migrations (schema, parent);
  END IF;

  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('migrations') AND attname = 'migration_type') THEN
    ALTER TABLE migrations ADD COLUMN migration_type varchar(32) DEFAULT 'pgroll'
      CONSTRAINT migration_type_check CHECK (migration_type IN ('pgroll', 'inferred', 'baseline'));
  ELSIF EXISTS (
    SELECT FROM pg_constraint WHERE conrelid = to_regclass('migrations') AND conname = 'migration_type_check'
    AND strpos(pg_get_constraintdef(oid), 'baseline') = 0
  ) THEN
    ALTER TABLE migrations
      DROP CONSTRAINT migration_type_check,
      ADD CONSTRAINT migration_type_check CHECK (migration_type IN ('pgroll', 'inferred', 'baseline'));
  END IF;

  IF EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = to_regclass('migrations') AND attname = 'created_at' AND atttypid = 'timestamp'::regtype
  ) THEN
    ALTER TABLE migrations
      ALTER COLUMN created_at TYPE timestamptz USING created_at AT TIME ZONE 'UTC',
      ALTER COLUMN updated_at TYPE timestamptz USING updated_at AT TIME ZONE 'UTC';
  END IF;

  IF to_regclass('pgroll_version') IS NULL THEN
    CREATE TABLE pgroll_version (
      version text NOT NULL PRIMARY KEY,
      initialized_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
  END IF;
  -- The release whose state this is. pgroll brings an older one up to date when it meets it, and refuses a newer one.
  IF NOT EXISTS (SELECT FROM pgroll_version) THEN
    INSERT INTO pgroll_version (version) VALUES ('0.16.2');
  END IF;

  IF to_regclass('rollouts') IS NULL THEN
    CREATE TABLE rollouts (
      schema name NOT NULL PRIMARY KEY,
      migrations jsonb NOT NULL,
      phase text NOT NULL CHECK (phase IN ('Starting', 'Active', 'Completed', 'RolledBack')),
      done integer NOT NULL,
      plan jsonb NOT NULL,
      checksum text NOT NULL,
      fingerprint text,
      owner jsonb,
      started_at timestamptz NOT NULL DEFAULT now()
    );
  END IF;

  IF to_regclass('backfills') IS NULL THEN
    CREATE TABLE backfills (
      schema name NOT NULL,
      table_name text NOT NULL,
      next_block bigint NOT NULL,
      blocks bigint NOT NULL,
      rows bigint NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (schema, table_name)
    );
  END IF;
  -- Where the run that is under way began: by it the pace is known.
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('backfills') AND attname = 'since') THEN
    ALTER TABLE backfills
      ADD COLUMN since timestamptz NOT NULL DEFAULT clock_timestamp(),
      ADD COLUMN since_block bigint NOT NULL DEFAULT 0,
      ADD COLUMN since_rows bigint NOT NULL DEFAULT 0;
  END IF;

  -- By this a later run knows that there is nothing to do; StateSchema.Version says the same.
  IF obj_description(to_regclass('rollouts'), 'pg_class') IS DISTINCT FROM 'PgRoll.Build 2' THEN
    COMMENT ON TABLE rollouts IS 'PgRoll.Build 2';
  END IF;

  pgroll_release := (SELECT string_to_array(substring(version FROM '^v?(\d+\.\d+)'), '.') FROM pgroll_version ORDER BY initialized_at DESC LIMIT 1);
  IF EXISTS (
    SELECT FROM pg_proc
    WHERE oid = to_regprocedure('read_schema(text)')
      AND (prosqlbody IS NULL AND (pgroll_release < '{0,16}') IS NOT TRUE OR NOT pg_has_role(proowner, 'USAGE'))
  ) THEN
    RETURN;
  END IF;

  CREATE OR REPLACE FUNCTION is_active_migration_period(schemaname name) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM migrations m WHERE m.schema = schemaname AND NOT m.done);

  -- The row that is nobody's parent: history is a chain.
  CREATE OR REPLACE FUNCTION latest_migration(schemaname name) RETURNS text
  LANGUAGE sql STABLE
  RETURN (
    SELECT m.name FROM migrations m
    WHERE m.schema = schemaname
      AND NOT EXISTS (SELECT FROM migrations child WHERE child.schema = schemaname AND child.parent = m.name)
  );

  CREATE OR REPLACE FUNCTION previous_migration(schemaname name) RETURNS text
  LANGUAGE sql STABLE
  RETURN (SELECT m.parent FROM migrations m WHERE m.schema = schemaname AND m.name = latest_migration(schemaname));

  -- From the latest migration back through its parents, those whose version schema exists; number p_depth of them, from 0.
  CREATE OR REPLACE FUNCTION find_version_schema(p_schema_name name, p_depth integer DEFAULT 0) RETURNS text
  LANGUAGE sql STABLE
  RETURN (
    WITH RECURSIVE chain AS (
      SELECT m.parent, coalesce(m.migration ->> 'version_schema', m.name) AS version, 0 AS depth
      FROM migrations m WHERE m.schema = p_schema_name AND m.name = latest_migration(p_schema_name)
      UNION ALL
      SELECT m.parent, coalesce(m.migration ->> 'version_schema', m.name), chain.depth + 1
      FROM chain JOIN migrations m ON m.schema = p_schema_name AND m.name = chain.parent
    )
    SELECT chain.version FROM chain
    JOIN pg_namespace n ON n.nspname = CAST(p_schema_name || '_' || chain.version AS name)
    -- A version that complete or rollback has ended, while the rest of its views is still being dropped.
    WHERE NOT starts_with(CAST(n.nspname AS text), '_pgroll_gone_')
    ORDER BY chain.depth
    LIMIT 1 OFFSET p_depth
  );

  CREATE OR REPLACE FUNCTION latest_version(schemaname name) RETURNS text
  LANGUAGE sql STABLE
  RETURN find_version_schema(schemaname, 0);

  CREATE OR REPLACE FUNCTION previous_version(schemaname name) RETURNS text
  LANGUAGE sql STABLE
  RETURN find_version_schema(schemaname, 1);

  -- The snapshot that a completed migration keeps: pgroll replays its rollback on it. Keys and values are spelled pgroll's way.
  CREATE OR REPLACE FUNCTION read_schema(schemaname text) RETURNS jsonb
  LANGUAGE sql STABLE
  -- Constants are spelled alike, whatever the session prefers.
  SET datestyle = 'ISO' SET intervalstyle = 'postgres' SET timezone = 'UTC' SET extra_float_digits = 1 SET bytea_output = 'hex' SET quote_all_identifiers = off
  RETURN (
    SELECT jsonb_build_object('name', schemaname, 'tables', coalesce(jsonb_strip_nulls(jsonb_object_agg(t.relname, jsonb_build_object(
      'name', t.relname,
      'oid', CAST(t.oid AS text),
      'comment', obj_description(t.oid, 'pg_class'),
      'columns', (
        SELECT jsonb_object_agg(a.attname, jsonb_build_object(
          'name', a.attname,
          'type', CASE
            WHEN CAST('varchar' AS regtype) IN (a.atttypid, y.typelem)
              THEN replace(format_type(a.atttypid, a.atttypmod), 'character varying', 'varchar')
            WHEN CAST('timestamptz' AS regtype) IN (a.atttypid, y.typelem)
              THEN replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz')
            ELSE format_type(a.atttypid, a.atttypmod)
          END,
          'postgrestype', CASE y.typtype
            WHEN 'b' THEN 'base' WHEN 'c' THEN 'composite' WHEN 'd' THEN 'domain' WHEN 'e' THEN 'enum'
            WHEN 'p' THEN 'pseudo' WHEN 'r' THEN 'range' WHEN 'm' THEN 'multirange'
          END,
          'enumvalues', (SELECT jsonb_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = y.oid),
          'nullable', NOT (a.attnotnull OR y.typtype = 'd' AND y.typnotnull),
          'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
          'unique',
            EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = 'u' AND c.conkey = ARRAY[a.attnum])
            OR EXISTS (
              SELECT FROM pg_index i
              WHERE i.indrelid = t.oid AND i.indisunique AND i.indnatts = 1 AND i.indkey[0] = a.attnum),
          'comment', col_description(t.oid, a.attnum)
        ))
        FROM pg_attribute a
        JOIN pg_type y ON y.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      ),
      'primaryKey', (
        SELECT jsonb_agg(a.attname ORDER BY a.attnum)
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = t.oid AND i.indisprimary
      ),
      'indexes', (
        SELECT jsonb_object_agg(x.relname, jsonb_build_object(
          'name', x.relname, 'unique', i.indisunique, 'exclusion', i.indisexclusion, 'columns', k.columns, 'method', m.amname,
          'definition', pg_get_indexdef(x.oid), 'predicate', pg_get_expr(i.indpred, t.oid)))
        FROM pg_index i
        JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_am m ON m.oid = x.relam
        JOIN LATERAL (
          SELECT jsonb_agg(a.attname ORDER BY a.attnum) AS columns
          FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
        ) k ON k.columns IS NOT NULL
        WHERE i.indrelid = t.oid
      ),
      'foreignKeys', (
        SELECT jsonb_object_agg(c.conname, jsonb_build_object(
          'name', c.conname,
          'columns', (
            SELECT jsonb_agg(a.attname ORDER BY a.attname)
            FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (c.conkey)),
          'referencedTable', r.relname,
          'referencedColumns', (
            SELECT jsonb_agg(a.attname ORDER BY a.attname)
            FROM pg_attribute a WHERE a.attrelid = r.oid AND a.attnum = ANY (c.confkey)),
          'matchType', CASE c.confmatchtype WHEN 'f' THEN 'FULL' WHEN 'p' THEN 'PARTIAL' ELSE 'SIMPLE' END,
          'onDelete', actions.names ->> CAST(c.confdeltype AS text),
          'onUpdate', actions.names ->> CAST(c.confupdtype AS text)))
        FROM pg_constraint c
        JOIN pg_class r ON r.oid = c.confrelid
        CROSS JOIN (
          SELECT jsonb_build_object('a', 'NO ACTION', 'r', 'RESTRICT', 'c', 'CASCADE', 'n', 'SET NULL', 'd', 'SET DEFAULT') AS names
        ) actions
        WHERE c.conrelid = t.oid AND c.contype = 'f'
      ),
      'checkConstraints', (
        SELECT jsonb_object_agg(c.conname, jsonb_build_object(
          'name', c.conname, 'columns', k.columns, 'definition', pg_get_constraintdef(c.oid), 'noInherit', c.connoinherit))
        FROM pg_constraint c
        JOIN LATERAL (
          SELECT jsonb_agg(a.attname ORDER BY a.attnum) AS columns
          FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (c.conkey)
        ) k ON k.columns IS NOT NULL
        WHERE c.conrelid = t.oid AND c.contype = 'c'
      ),
      'uniqueConstraints', (
        SELECT jsonb_object_agg(c.conname, jsonb_build_object(
          'name', c.conname,
          'columns', (
            SELECT jsonb_agg(a.attname ORDER BY a.attnum)
            FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (c.conkey))))
        FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = 'u'
      ),
      'excludeConstraints', (
        SELECT jsonb_object_agg(c.conname, jsonb_build_object(
          'name', c.conname, 'columns', k.columns, 'definition', pg_get_constraintdef(c.oid),
          'predicate', pg_get_expr(i.indpred, t.oid), 'method', m.amname))
        FROM pg_constraint c
        JOIN pg_index i ON i.indexrelid = c.conindid
        JOIN pg_class x ON x.oid = c.conindid
        JOIN pg_am m ON m.oid = x.relam
        JOIN LATERAL (
          SELECT jsonb_agg(a.attname ORDER BY a.attnum) AS columns
          FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (c.conkey)
        ) k ON k.columns IS NOT NULL
        WHERE c.conrelid = t.oid AND c.contype = 'x'
      )
    ))), '{}'))
    FROM pg_class t
    JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE n.nspname = CAST(schemaname AS name) AND t.relkind IN ('r', 'p')
  );
END
$$;
