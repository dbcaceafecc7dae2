-- A state schema as pgroll 0.16 makes it: the same tables, functions and event triggers, with bodies of our own, which are text.
CREATE SCHEMA pgroll;
SET search_path = pgroll;

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
  PRIMARY KEY (schema, name),
  FOREIGN KEY (schema, parent) REFERENCES migrations (schema, name),
  CONSTRAINT migration_type_check CHECK (migration_type IN ('pgroll', 'inferred', 'baseline'))
);
CREATE UNIQUE INDEX only_one_active ON migrations (schema, name, done) WHERE done = false;
CREATE UNIQUE INDEX only_first_migration_without_parent ON migrations (schema) WHERE parent IS NULL;
CREATE UNIQUE INDEX history_is_linear ON migrations (schema, parent);
CREATE TABLE pgroll_version (version text PRIMARY KEY, initialized_at timestamptz NOT NULL DEFAULT now());
INSERT INTO pgroll_version (version) VALUES ('0.16.2');

CREATE FUNCTION is_active_migration_period(schemaname name) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM pgroll.migrations m WHERE m.schema = schemaname AND NOT m.done);
END $$;

CREATE FUNCTION latest_migration(schemaname name) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pgroll, pg_catalog, pg_temp AS $$
BEGIN
  RETURN (SELECT m.name FROM pgroll.migrations m WHERE m.schema = schemaname AND m.name NOT IN (
    SELECT c.parent FROM pgroll.migrations c WHERE c.schema = schemaname AND c.parent IS NOT NULL));
END $$;

CREATE FUNCTION previous_migration(schemaname name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT m.parent FROM pgroll.migrations m WHERE m.schema = schemaname AND m.name = pgroll.latest_migration(schemaname));
END $$;

CREATE FUNCTION find_version_schema(p_schema_name name, p_depth integer DEFAULT 0) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  found text[] := '{}';
  migration record;
  next text;
BEGIN
  SELECT m.name INTO next FROM pgroll.migrations m
  WHERE m.schema = p_schema_name AND NOT EXISTS (SELECT FROM pgroll.migrations c WHERE c.schema = p_schema_name AND c.parent = m.name);
  WHILE next IS NOT NULL LOOP
    SELECT m.parent, coalesce(m.migration ->> 'version_schema', m.name) AS version INTO migration
    FROM pgroll.migrations m WHERE m.schema = p_schema_name AND m.name = next;
    IF EXISTS (SELECT FROM information_schema.schemata s WHERE s.schema_name = p_schema_name || '_' || migration.version) THEN
      found := found || migration.version;
    END IF;
    next := migration.parent;
  END LOOP;
  RETURN found[p_depth + 1];
END $$;

CREATE FUNCTION latest_version(schemaname name) RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN pgroll.find_version_schema(schemaname, 0); END $$;
CREATE FUNCTION previous_version(schemaname name) RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN pgroll.find_version_schema(schemaname, 1); END $$;

CREATE FUNCTION read_schema(schemaname text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  tables jsonb := '{}';
  t record;
BEGIN
  FOR t IN SELECT c.oid, c.relname FROM pg_class c WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = schemaname) AND c.relkind IN ('r', 'p') LOOP
    tables := tables || jsonb_build_object(t.relname, jsonb_strip_nulls(jsonb_build_object(
      'name', t.relname,
      'oid', t.oid::text,
      'comment', obj_description(t.oid, 'pg_class'),
      'columns', (
        SELECT jsonb_object_agg(a.attname, jsonb_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', NOT a.attnotnull, 'unique', false, 'postgrestype', 'base',
          'default', pg_get_expr(d.adbin, d.adrelid), 'comment', col_description(t.oid, a.attnum)))
        FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped),
      'primaryKey', (
        SELECT jsonb_agg(a.attname) FROM pg_index i JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = t.oid AND i.indisprimary),
      'indexes', (
        SELECT jsonb_object_agg(x.relname, jsonb_build_object('name', x.relname, 'unique', i.indisunique, 'columns', k.columns))
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
        CROSS JOIN LATERAL (SELECT jsonb_agg(a.attname) AS columns FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (i.indkey)) k
        WHERE i.indrelid = t.oid AND k.columns IS NOT NULL),
      'foreignKeys', pgroll.constraints_of(t.oid, 'f'),
      'checkConstraints', pgroll.constraints_of(t.oid, 'c'),
      'uniqueConstraints', pgroll.constraints_of(t.oid, 'u'))));
  END LOOP;
  RETURN jsonb_build_object('name', schemaname, 'tables', tables);
END $$;

CREATE FUNCTION constraints_of(relation oid, kind "char") RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  RETURN (
    SELECT jsonb_object_agg(c.conname, jsonb_build_object('name', c.conname, 'columns', k.columns, 'definition', pg_get_constraintdef(c.oid)))
    FROM pg_constraint c
    CROSS JOIN LATERAL (SELECT jsonb_agg(a.attname ORDER BY a.attname) AS columns FROM pg_attribute a WHERE a.attrelid = relation AND a.attnum = ANY (c.conkey)) k
    WHERE c.conrelid = relation AND c.contype = kind AND k.columns IS NOT NULL);
END $$;

CREATE FUNCTION raw_migration() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pgroll, pg_catalog, pg_temp AS $$
DECLARE
  affected text;
BEGIN
  IF pg_catalog.current_setting('pgroll.no_inferred_migrations', true) = 'TRUE' THEN
    RETURN;
  END IF;
  IF tg_event = 'sql_drop' AND tg_tag <> 'ALTER TABLE' THEN
    SELECT schema_name INTO affected FROM pg_event_trigger_dropped_objects() WHERE schema_name IS NOT NULL LIMIT 1;
  ELSIF tg_event = 'ddl_command_end' AND (SELECT count(DISTINCT schema_name) FROM pg_event_trigger_ddl_commands()) = 1 THEN
    SELECT min(schema_name) INTO affected FROM pg_event_trigger_ddl_commands();
  END IF;
  IF affected IS NULL OR pgroll.is_active_migration_period(affected) THEN
    RETURN;
  END IF;
  INSERT INTO pgroll.migrations (schema, name, migration, resulting_schema, done, parent, migration_type, created_at, updated_at)
  VALUES (
    affected,
    coalesce((SELECT m.name FROM pgroll.migrations m WHERE m.schema = affected AND m.migration_type <> 'inferred' ORDER BY m.created_at DESC LIMIT 1), '00000_initial')
      || '_' || to_char(clock_timestamp(), 'YYYYMMDDHH24MISSUS'),
    jsonb_build_object('version_schema', 'sql_' || substr(md5(random()::text), 1, 8), 'operations', jsonb_build_array(jsonb_build_object('sql', jsonb_build_object('up', current_query())))),
    pgroll.read_schema(affected), true, pgroll.latest_migration(affected), 'inferred', statement_timestamp(), statement_timestamp());
END $$;

RESET search_path;
