using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.SqlText;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests;

[TestClass]
public sealed class StateSchemaTests
{
    public static IEnumerable<int> Majors => TestDatabase.SupportedMajors;

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task It_has_pgrolls_tables_and_ours(int major)
    {
        await using var database = await TestDatabase.CreateAsync(major);
        await InitializeAsync(database);

        Golden.AssertMatches(await ObjectsAsync(database), "state.txt");
        Assert.AreEqual("0.16.2", await database.ScalarAsync<string>("SELECT version FROM pgroll.pgroll_version"));
    }

    [TestMethod]
    [DataRow("pgroll")]
    [DataRow("We\"ird $$ Nä'me; --")]
    public async Task Making_it_again_changes_nothing(string stateSchema)
    {
        await using var database = await TestDatabase.CreateAsync();
        await InitializeAsync(database, stateSchema);
        var schema = new Ident(stateSchema);
        await database.ExecuteAsync($"INSERT INTO {schema}.migrations (schema, name, migration, created_at) VALUES ('public', '01', '{{}}', '2020-01-01 12:00Z')");
        await database.ExecuteAsync($"UPDATE {schema}.pgroll_version SET version = '0.17.1'");
        var before = await ObjectsAsync(database, stateSchema);

        await InitializeAsync(database, stateSchema, ";Timezone=America/New_York");

        Assert.AreEqual(before, await ObjectsAsync(database, stateSchema));
        Assert.AreEqual("0.17.1", await database.ScalarAsync<string>($"SELECT version FROM {schema}.pgroll_version"));
        Assert.AreEqual("2020-01-01 12:00:00", await database.ScalarAsync<string>($"SELECT (created_at AT TIME ZONE 'UTC')::text FROM {schema}.migrations"));
        Assert.AreEqual("01", await database.ScalarAsync<string>($"SELECT {schema}.latest_migration('public')"));
    }

    [TestMethod]
    public async Task A_role_that_may_create_schemas_can_make_it_and_one_that_may_only_use_it_can_repeat_that()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var maker = await TestRole.CreateAsync(database);
        await using var user = await TestRole.CreateAsync(database);
        await database.ExecuteAsync($"DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO {maker.Name}', current_database()); END $$");

        await InitializeAsync(maker.ConnectionString);
        await database.ExecuteAsync(
            $"GRANT USAGE ON SCHEMA pgroll TO {user.Name}; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgroll TO {user.Name}");
        await InitializeAsync(user.ConnectionString);

        Assert.AreEqual(maker.Name, await database.ScalarAsync<string>("SELECT tableowner::text FROM pg_tables WHERE schemaname = 'pgroll' AND tablename = 'migrations'"));
        Assert.AreEqual(0L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_event_trigger"));
    }

    [TestMethod]
    [DataRow("0.16.1", false)]
    [DataRow("0.17.0", false)]
    [DataRow("development", false)]
    [DataRow("0.9.0", true)]
    public async Task Functions_of_a_current_pgroll_stay_its_own(string pgroll, bool isReplaced)
    {
        await using var database = await TestDatabase.CreateAsync();
        await InitializeAsync(database);
        await database.ExecuteAsync($"UPDATE pgroll.pgroll_version SET version = '{pgroll}'");
        await database.ExecuteAsync("CREATE OR REPLACE FUNCTION pgroll.read_schema(schemaname text) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN RETURN '1'; END $$");

        await InitializeAsync(database);

        Assert.AreEqual(isReplaced, await database.ScalarAsync<string>("SELECT pgroll.read_schema('public')::text") != "1");
    }

    [TestMethod]
    public async Task A_history_of_an_old_pgroll_is_brought_up_to_date_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync(
            """
            CREATE SCHEMA pgroll;
            CREATE TABLE pgroll.migrations (
              schema name NOT NULL, name text NOT NULL, migration jsonb NOT NULL,
              created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
              parent text, done boolean NOT NULL DEFAULT false, resulting_schema jsonb NOT NULL DEFAULT '{}',
              PRIMARY KEY (schema, name), FOREIGN KEY (schema, parent) REFERENCES pgroll.migrations (schema, name));
            INSERT INTO pgroll.migrations (schema, name, migration, created_at) VALUES ('public', '01', '{}', '2020-01-01 12:00');
            """);

        await InitializeAsync(database, extra: ";Timezone=America/New_York");
        await InitializeAsync(database, extra: ";Timezone=America/New_York");

        Assert.AreEqual("2020-01-01 12:00:00 pgroll", await database.ScalarAsync<string>(
            "SELECT (created_at AT TIME ZONE 'UTC') || ' ' || migration_type FROM pgroll.migrations"));
        await database.ExecuteAsync("UPDATE pgroll.migrations SET migration_type = 'baseline'");
    }

    [TestMethod]
    public async Task Pgrolls_own_init_can_follow()
    {
        await using var database = await TestDatabase.CreateAsync();
        await InitializeAsync(database);

        await database.ExecuteAsync(
            """
            ALTER TABLE pgroll.migrations DROP CONSTRAINT migration_type_check;
            ALTER TABLE pgroll.migrations ADD CONSTRAINT migration_type_check CHECK (migration_type IN ('pgroll', 'inferred', 'baseline'));
            ALTER TABLE pgroll.migrations
              ALTER COLUMN created_at SET DATA TYPE timestamptz USING created_at AT TIME ZONE 'UTC',
              ALTER COLUMN updated_at SET DATA TYPE timestamptz USING updated_at AT TIME ZONE 'UTC';
            CREATE OR REPLACE FUNCTION pgroll.is_active_migration_period (schemaname name) RETURNS boolean AS $$ SELECT true $$ LANGUAGE sql STABLE;
            CREATE OR REPLACE FUNCTION pgroll.latest_migration (schemaname name) RETURNS text SECURITY DEFINER SET search_path = pgroll, pg_catalog, pg_temp AS $$ SELECT '' $$ LANGUAGE sql STABLE;
            CREATE OR REPLACE FUNCTION pgroll.previous_migration (schemaname name) RETURNS text AS $$ SELECT '' $$ LANGUAGE sql;
            CREATE OR REPLACE FUNCTION pgroll.find_version_schema (p_schema_name name, p_depth integer DEFAULT 0) RETURNS text AS $$ SELECT '' $$ LANGUAGE sql STABLE;
            CREATE OR REPLACE FUNCTION pgroll.previous_version (schemaname name) RETURNS text AS $$ SELECT '' $$ LANGUAGE sql STABLE;
            CREATE OR REPLACE FUNCTION pgroll.latest_version (schemaname name) RETURNS text AS $$ SELECT '' $$ LANGUAGE sql STABLE;
            CREATE OR REPLACE FUNCTION pgroll.read_schema (schemaname text) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN RETURN '{}'; END $$;
            TRUNCATE pgroll.pgroll_version;
            INSERT INTO pgroll.pgroll_version (version) VALUES ('0.16.2');
            """);

        Assert.AreEqual(0L, await database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_proc WHERE pronamespace = 'pgroll'::regnamespace AND prosqlbody IS NOT NULL"), "one of ours is called otherwise");
    }

    internal static Task InitializeAsync(TestDatabase database, string stateSchema = "pgroll", string extra = "") =>
        InitializeAsync(database.ConnectionString + extra, stateSchema);

    static async Task InitializeAsync(string connectionString, string stateSchema = "pgroll")
    {
        var options = new RunnerOptions(connectionString) { StateSchema = stateSchema };
        await using var session = await Session.OpenAsync(options, CancellationToken.None);
        await new StateStore(session, options).InitializeAsync(CancellationToken.None);
    }

    static async Task<string> ObjectsAsync(TestDatabase database, string stateSchema = "pgroll") => string.Join("\n",
        (await database.QueryAsync(
            """
            SELECT line FROM (
              SELECT format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' END,
                     ' default ' || pg_get_expr(d.adbin, d.adrelid))
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
              WHERE c.relkind = 'r' AND c.relnamespace = quote_ident($1)::regnamespace
              UNION ALL SELECT replace(pg_get_indexdef(c.oid), quote_ident($1) || '.', '')
              FROM pg_class c WHERE c.relkind = 'i' AND c.relnamespace = quote_ident($1)::regnamespace
              UNION ALL SELECT format('%s: %s', conname, replace(pg_get_constraintdef(oid), quote_ident($1) || '.', ''))
              FROM pg_constraint WHERE connamespace = quote_ident($1)::regnamespace AND contype <> 'n'
              UNION ALL SELECT format('%s(%s) %s', proname, pg_get_function_arguments(oid), pg_get_function_result(oid))
              FROM pg_proc WHERE pronamespace = quote_ident($1)::regnamespace
            ) lines (line) ORDER BY line COLLATE "C"
            """, stateSchema)).Select(row => (string)row[0]!)) + "\n";
}
