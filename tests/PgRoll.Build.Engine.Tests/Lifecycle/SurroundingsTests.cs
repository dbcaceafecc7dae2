using Npgsql;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Databases that are not set up as a fresh one is.</summary>
[TestClass]
public sealed class SurroundingsTests
{
    const string Table = "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }";
    const string NotNull = "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, '')\", down: d }";
    const string Old = "public_01_table", New = "public_02_change";

    [TestMethod]
    public async Task Types_of_an_extension_with_a_schema_of_its_own_are_found()
    {
        await using var rollout = await PrepareAsync("CREATE SCHEMA extensions; CREATE EXTENSION citext SCHEMA extensions; INSERT INTO t VALUES (1, 'x')");

        await rollout.ApplyAsync(Yaml.File("02_change", "- alter_column: { table: t, column: d, type: citext, up: d, down: d }"));

        CollectionAssert.AreEqual((string[])["x"], (await rollout.AsAsync(New, "SELECT d::text FROM t")).ToArray());
    }

    [TestMethod]
    public async Task Clients_write_where_functions_are_kept_from_everybody()
    {
        await using var rollout = await PrepareAsync("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
        await using var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public, {Old} TO {role.Name}; GRANT ALL ON t, {Old}.t TO {role.Name}");
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);

        await rollout.AsAsync(Old, $"SET ROLE {role.Name}; INSERT INTO t VALUES (1, NULL)");
        await rollout.AsAsync(New, $"SET ROLE {role.Name}; UPDATE t SET d = 'y'");

        CollectionAssert.AreEqual((string[])["y"], (await rollout.AsAsync(Old, "SELECT d FROM t")).ToArray());
    }

    [TestMethod]
    public async Task Privileges_on_a_column_pass_to_its_copy()
    {
        await using var rollout = await PrepareAsync("");
        await using var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public TO {role.Name}; GRANT SELECT (id, d), INSERT (id, d), UPDATE (d) ON t TO {role.Name}");
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);

        await rollout.AsAsync(New, $"SET ROLE {role.Name}; INSERT INTO t VALUES (1, 'x')");
        await rollout.Runner.CompleteAsync();
        await rollout.AsAsync("public", $"SET ROLE {role.Name}; UPDATE t SET d = 'y'");

        CollectionAssert.AreEqual((string[])["y"], (await rollout.AsAsync(New, $"SET ROLE {role.Name}; SELECT d FROM t")).ToArray());
    }

    [TestMethod]
    public async Task Rows_that_policies_hide_from_the_runner_stop_start()
    {
        await using var rollout = await PrepareAsync("");
        await using var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync(
            $"""
             INSERT INTO t VALUES (1, 'x'), (2, 'y');
             DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO {role.Name}', current_database()); END $$;
             GRANT CREATE, USAGE ON SCHEMA public TO {role.Name};
             GRANT ALL ON SCHEMA pgroll TO {role.Name};
             GRANT ALL ON ALL TABLES IN SCHEMA pgroll TO {role.Name};
             ALTER TABLE t OWNER TO {role.Name};
             ALTER SCHEMA {Old} OWNER TO {role.Name};
             ALTER TABLE t ENABLE ROW LEVEL SECURITY;
             ALTER TABLE t FORCE ROW LEVEL SECURITY;
             CREATE POLICY p ON t USING (id = 1)
             """);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() =>
            new MigrationRunner(rollout.Options with { Role = role.Name }).StartAsync([Yaml.File("02_change", NotNull)]));

        StringAssert.Contains(error.Message, "row-level security");
    }

    [TestMethod]
    public async Task A_collation_passes_to_the_copy()
    {
        await using var rollout = await PrepareAsync("CREATE TABLE c (d text COLLATE \"C\")");

        await rollout.ApplyAsync(Yaml.File("02_change", NotNull.Replace("table: t", "table: c", StringComparison.Ordinal)));

        Assert.AreEqual("\"C\"", await rollout.Database.ScalarAsync<string>("SELECT attcollation::regcollation::text FROM pg_attribute WHERE attrelid = 'c'::regclass AND attname = 'd'"));
    }

    [TestMethod]
    public async Task A_slow_expression_keeps_no_client_waiting()
    {
        await using var rollout = await PrepareAsync(
            """
            CREATE FUNCTION slow(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.002); RETURN $1; END $$;
            INSERT INTO t SELECT i, 'x' FROM generate_series(1, 3000) i
            """);
        var start = rollout.Runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, type: varchar(9), up: slow(d), down: d }")]);
        while (!await rollout.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'UPDATE ONLY%')"))
            await Task.Delay(20);

        await rollout.AsAsync(Old, "SET lock_timeout = '2s'; UPDATE t SET d = 'y' WHERE id = 1");

        await start;
        CollectionAssert.AreEqual((string[])["3000|y"], (await rollout.AsAsync(New, "SELECT count(d), min(d) FILTER (WHERE id = 1) FROM t")).ToArray());
    }

    /// <summary>An autovacuum holds this lock, and the server ends it only for somebody who waits for it longer than our lock timeout.</summary>
    [TestMethod]
    [DataRow("t", NotNull)]
    [DataRow("p", "- create_table: { name: c, columns: [{ name: id, type: int, pk: true, references: { name: c_fk, table: p, column: id } }] }", DisplayName = "a table that a foreign key points to")]
    public async Task The_lock_of_an_autovacuum_is_waited_for_with_patience(string table, string operation)
    {
        await using var rollout = await PrepareAsync("CREATE TABLE p (id int PRIMARY KEY)");
        await using var vacuum = await rollout.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await vacuum.BeginTransactionAsync();
        await using (var take = new NpgsqlCommand($"LOCK TABLE {table} IN SHARE UPDATE EXCLUSIVE MODE", vacuum))
            await take.ExecuteNonQueryAsync();
        var options = rollout.Options with { LockTimeout = TimeSpan.FromMilliseconds(300), LockBudget = TimeSpan.FromSeconds(10) };

        var start = new MigrationRunner(options).StartAsync([Yaml.File("02_change", operation)]);
        while (!start.IsCompleted && !await rollout.Database.ScalarAsync<bool>(
            $"SELECT EXISTS (SELECT FROM pg_locks WHERE relation = '{table}'::regclass AND mode = 'ShareUpdateExclusiveLock' AND NOT granted)"))
            await Task.Yield();
        await transaction.RollbackAsync();

        Assert.IsNotNull(await start);
    }

    /// <summary>What an expression prints must not depend on whether a client's write computes it or the backfill.</summary>
    [TestMethod]
    public async Task The_backfill_prints_values_as_the_databases_clients_do()
    {
        await using var rollout = await PrepareAsync(
            """
            CREATE TABLE days (id int PRIMARY KEY, d date, i interval);
            DO $$ BEGIN
              EXECUTE format('ALTER DATABASE %I SET datestyle = %L', current_database(), 'SQL, DMY');
              EXECUTE format('ALTER DATABASE %I SET intervalstyle = %L', current_database(), 'iso_8601');
            END $$;
            INSERT INTO days VALUES (1, '2024-12-31', '1 day 2 hours')
            """);
        rollout.Database.DataSource.Clear();
        await rollout.Runner.StartAsync([Yaml.File("02_days", "- alter_column: { table: days, column: d, type: text, up: \"d::text || ' ' || i::text\", down: \"left(d, 10)::date\" }")]);

        await rollout.AsAsync("public", "INSERT INTO days VALUES (2, '2024-12-31', '1 day 2 hours')");

        CollectionAssert.AreEqual((string[])["1|31/12/2024 P1DT2H", "2|31/12/2024 P1DT2H"], (await rollout.AsAsync("public_02_days", "SELECT id, d FROM days ORDER BY id")).ToArray());
    }

    [TestMethod]
    public async Task Clients_write_whose_path_leads_to_tables_named_as_types_are()
    {
        await using var rollout = await PrepareAsync("CREATE TABLE record (x int); CREATE TABLE name (x int); CREATE TABLE text (x int); CREATE TABLE bool (x int)");
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);

        foreach (var version in (string[])[Old, New])
            await rollout.AsAsync($"{version}, public, pg_catalog", $"INSERT INTO t VALUES ({(version == Old ? 1 : 2)}, 'x'); UPDATE t SET d = 'y'");

        CollectionAssert.AreEqual((string[])["1|y", "2|y"], (await rollout.AsAsync(New, "SELECT * FROM t ORDER BY id")).ToArray());
    }

    /// <summary>Names in an expression are bound at start; those in the text of a function that it calls when that runs.</summary>
    [TestMethod]
    [DataRow("sql", "SELECT helper($1)")]
    [DataRow("plpgsql", "BEGIN RETURN helper($1); END")]
    public async Task An_expression_may_call_functions_that_look_for_names_on_the_path(string language, string body)
    {
        await using var rollout = await PrepareAsync(
            $"""
             CREATE FUNCTION helper(text) RETURNS text LANGUAGE sql AS $$ SELECT coalesce($1, 'none') $$;
             CREATE FUNCTION norm(text) RETURNS text LANGUAGE {language} AS $$ {body} $$;
             INSERT INTO t VALUES (1, NULL)
             """);
        await rollout.Runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: norm(d), down: d }")]);

        await rollout.AsAsync(Old, "INSERT INTO t VALUES (2, NULL); UPDATE t SET d = NULL");

        CollectionAssert.AreEqual((string[])["1|none", "2|none"], (await rollout.AsAsync(New, "SELECT * FROM t ORDER BY id")).ToArray());
    }

    [TestMethod]
    public async Task A_database_whose_transactions_are_read_only_unless_they_say_otherwise_is_migrated()
    {
        await using var rollout = await PrepareAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$");

        await rollout.ApplyAsync(Yaml.File("02_change", NotNull));

        Assert.AreEqual("public_02_change", (await rollout.Runner.StatusAsync()).VersionSchema);
    }

    /// <summary>Somebody looks with the wrong name of the state schema: to that one, the rollout's functions are nobody's.</summary>
    [TestMethod]
    public async Task Commands_with_another_state_schema_take_nothing_from_an_active_rollout()
    {
        await using var rollout = await PrepareAsync("");
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);
        var other = new MigrationRunner(rollout.Options with { StateSchema = "other" });
        await other.InitializeAsync();

        await Assert.ThrowsExactlyAsync<PgRollException>(() => other.RollbackAsync());
        await Assert.ThrowsExactlyAsync<PgRollException>(() => other.CompleteAsync());

        await rollout.AsAsync(Old, "INSERT INTO t VALUES (1, NULL)");
        CollectionAssert.AreEqual((string[])["1|"], (await rollout.AsAsync(New, "SELECT * FROM t")).ToArray());
    }

    static async Task<Rollout> PrepareAsync(string sql)
    {
        var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        if (sql.Length > 0)
            await rollout.Database.ExecuteAsync(sql);
        return rollout;
    }
}
