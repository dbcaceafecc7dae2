using Npgsql;
using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Pgroll;

/// <summary>What pgroll left that is not as it should be: named, and nothing is changed. And what must not be lost.</summary>
[TestClass]
public sealed class TakeoverGuardTests
{
    static readonly MigrationFile Table = Yaml.File("01_table",
        "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }, { name: e, type: int, nullable: true }] }");

    static readonly MigrationFile NotNull = Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\" }");

    static readonly MigrationFile Added = Yaml.File("02_change", "- add_column: { table: t, column: { name: f, type: text, nullable: true }, up: d }");

    public static IEnumerable<object[]> Majors => TestDatabase.SupportedMajors.Select(major => new object[] { major });

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task On_pgrolls_own_state_a_migration_goes_from_hand_to_hand(int major)
    {
        await using var pgroll = await PgrollDatabase.CreateAsync(major);
        await pgroll.CompleteAsync("01_table", """{"operations": [{"create_table": {"name": "t", "columns": [{"pk": true, "name": "id", "type": "int"}, {"name": "d", "type": "text", "nullable": true}]}}]}""",
            "CREATE TABLE t (id int PRIMARY KEY, d text); INSERT INTO t VALUES (1, NULL)");
        await StartAsync(pgroll, NotNull);
        Assert.AreEqual(("In progress", "Active"), (await pgroll.Runner.StatusAsync()) is var status ? (status.State, status.Phase) : default);

        await pgroll.Runner.RollbackAsync();
        await StartAsync(pgroll, NotNull);
        await pgroll.Runner.CompleteAsync();
        await pgroll.Runner.StartAsync([NotNull, Yaml.File("03_more", "- add_column: { table: t, column: { name: num, type: int }, up: id }")]);
        await new PgrollEnd(pgroll.Database).CompleteAsync(MigrationSet.Check([Yaml.File("03_more", "- add_column: { table: t, column: { name: num, type: int }, up: id }")], Schema.Empty("public") with { IsPartlyUnknown = true }).Migrations.Single().Operations);

        CollectionAssert.AreEqual((string[])["01_table pgroll True", "02_change pgroll True", "03_more pgroll True"], await pgroll.HistoryAsync());
        Assert.AreEqual("1|none|1", string.Join('|', (await pgroll.Database.QueryAsync("SELECT * FROM public_03_more.t")).Single()));
        Assert.IsNull((await pgroll.Runner.StatusAsync()).Phase);
    }

    [TestMethod]
    [DataRow("DROP FUNCTION _pgroll_trigger_t_d CASCADE", "trigger \"_pgroll_trigger_t_d\"", DisplayName = "a trigger that pgroll failed to make")]
    [DataRow("ALTER TABLE t DISABLE TRIGGER _pgroll_trigger_t_d", "trigger \"_pgroll_trigger_t_d\"", DisplayName = "a disabled trigger")]
    [DataRow("ALTER TABLE t DROP COLUMN _pgroll_new_d CASCADE", "column \"public\".\"t\".\"_pgroll_new_d\"", DisplayName = "a column")]
    [DataRow("DROP SCHEMA public_02_change CASCADE", "schema \"public_02_change\"", DisplayName = "the version schema")]
    [DataRow("ALTER TABLE t DISABLE TRIGGER ALL; UPDATE t SET _pgroll_needs_backfill = true; ALTER TABLE t ENABLE TRIGGER ALL", "1 rows of \"public\".\"t\"", DisplayName = "rows that the backfill did not reach")]
    [DataRow("UPDATE pgroll.migrations SET migration = jsonb_set(migration, '{operations,0,alter_column,column}', '\"x\"') WHERE NOT done", "PGR0202", DisplayName = "what the history says")]
    [DataRow("UPDATE pgroll.migrations SET migration = jsonb_set(migration, '{operations,0}', '{\"from_the_future\": {}}') WHERE NOT done", "cannot read", DisplayName = "an operation of a newer pgroll")]
    public async Task What_complete_needs_and_does_not_find_is_named_and_nothing_changes(string sql, string words)
    {
        await using var rollout = await StartAsync(NotNull);
        await rollout.Database.ExecuteAsync(sql);
        var catalog = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync());

        Assert.AreEqual(ExitReason.NotNow, error.Reason);
        StringAssert.Contains(error.Message, words);
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
    }

    [TestMethod]
    [DataRow("DROP FUNCTION _pgroll_trigger_t_d CASCADE", DisplayName = "a trigger")]
    [DataRow("ALTER TABLE t DROP COLUMN _pgroll_new_d CASCADE; DROP SCHEMA public_02_change CASCADE", DisplayName = "nearly everything")]
    public async Task Rollback_works_whatever_is_missing(string sql)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        var before = await rollout.CatalogAsync();
        await TakeoverTests.StartAsync(rollout, NotNull);
        await rollout.Database.ExecuteAsync(sql);

        await rollout.Runner.RollbackAsync();

        Assert.AreEqual(before, await rollout.CatalogAsync());
        Assert.AreEqual("Complete", (await rollout.Runner.StatusAsync()).State);
    }

    [TestMethod]
    public async Task A_type_that_pgroll_ignored_is_named()
    {
        await using var rollout = await StartAsync(Yaml.File("02_change",
            """
            - alter_column: { table: t, column: e, unique: { name: t_e_key }, up: e, down: e }
            - alter_column: { table: t, column: e, type: bigint, up: e, down: e }
            """));

        StringAssert.Contains((await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync())).Message, "type bigint of column");
    }

    [TestMethod]
    public async Task What_clients_of_the_new_version_wrote_stays()
    {
        await using var rollout = await StartAsync(Added);
        await rollout.AsAsync("public_02_change", "INSERT INTO t VALUES (2, 'd', 0, 'mine'), (3, 'd', 0, NULL)");

        await rollout.Runner.CompleteAsync();

        CollectionAssert.AreEqual(new[] { "1|x", "2|mine", "3|" }, (await rollout.AsAsync("public_02_change", "SELECT id, f FROM t ORDER BY id")).ToArray());
    }

    [TestMethod]
    public async Task Both_halves_of_a_column_keep_what_was_written_to_the_end()
    {
        await using var rollout = await StartAsync(Yaml.File("02_change", "- alter_column: { table: t, column: d, default: \"'new'\", comment: why }"));
        await rollout.AsAsync("public_02_change", "INSERT INTO t (id, e) VALUES (2, 0); UPDATE t SET d = 'changed' WHERE id = 1");
        await rollout.AsAsync("public_01_table", "INSERT INTO t VALUES (3, 'old', 0)");

        await rollout.Runner.CompleteAsync();

        await rollout.AsAsync("public_02_change", "INSERT INTO t (id, e) VALUES (4, 0)");
        CollectionAssert.AreEqual(new[] { "1|changed", "2|new", "3|old", "4|new" }, (await rollout.AsAsync("public_02_change", "SELECT id, d FROM t ORDER BY id")).ToArray());
        Assert.AreEqual("why", await rollout.Database.ScalarAsync<string>("SELECT col_description('t'::regclass, attnum) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'd'"));
    }

    [TestMethod]
    public async Task Functions_of_another_role_are_named()
    {
        await using var rollout = await StartAsync(NotNull);
        await using var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync(
            $"""
             GRANT ALL ON SCHEMA pgroll, public TO {role.Name}; GRANT ALL ON ALL TABLES IN SCHEMA pgroll TO {role.Name};
             ALTER TABLE t OWNER TO {role.Name}; ALTER SCHEMA public_01_table OWNER TO {role.Name}; ALTER SCHEMA public_02_change OWNER TO {role.Name}
             """);
        var runner = new MigrationRunner(rollout.Options with { Role = role.Name });

        foreach (var command in (Func<Task>[])[() => runner.CompleteAsync(), () => runner.RollbackAsync()])
            StringAssert.Contains((await Assert.ThrowsExactlyAsync<PgRollException>(command)).Message, "function _pgroll_trigger_t_d of ");
        await rollout.Database.ExecuteAsync("ALTER TABLE t OWNER TO CURRENT_USER; ALTER SCHEMA public_01_table OWNER TO CURRENT_USER; ALTER SCHEMA public_02_change OWNER TO CURRENT_USER");
    }

    [TestMethod]
    public async Task A_pgroll_at_work_is_waited_for()
    {
        await using var rollout = await StartAsync(NotNull);
        await using (var pgroll = NpgsqlDataSource.Create(rollout.Database.ConnectionString + ";Application Name=pgroll;Pooling=false"))
        await using (var connection = await pgroll.OpenConnectionAsync())
        {
            var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync());
            StringAssert.Contains(error.Message, $"process {connection.ProcessID}");
        }
        while (await rollout.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pgroll')"))
            await Task.Yield();

        await rollout.Runner.CompleteAsync();
    }

    [TestMethod]
    public async Task A_complete_that_the_server_refuses_leaves_everything_to_roll_back()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        var before = await rollout.CatalogAsync();
        await TakeoverTests.StartAsync(rollout, Yaml.File("02_change",
            """
            - alter_column: { table: t, column: d, nullable: false, up: "coalesce(d, 'none')" }
            - sql: { up: SELECT 1 / 0, onComplete: true }
            """));
        var started = await rollout.CatalogAsync();

        StringAssert.Contains((await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync())).Message, "division by zero");
        StringAssert.Contains(started, "CHECK ((_pgroll_new_d IS NOT NULL)) NOT VALID");
        StringAssert.Contains(await rollout.CatalogAsync(), "_pgroll_trigger_t_d");
        await rollout.Runner.RollbackAsync();

        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    [TestMethod]
    public async Task What_pgroll_started_after_it_ended_ours_is_not_taken_for_ours()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        var schema = await rollout.SchemaAsync(null);
        await rollout.Runner.StartAsync([NotNull]);
        await new PgrollEnd(rollout.Database).RollbackAsync("02_change", MigrationSet.Check([NotNull], schema).Migrations.Single().Operations, schema);
        await TakeoverTests.StartAsync(rollout, NotNull);

        await rollout.Runner.CompleteAsync();

        Assert.IsFalse(PgrollDatabase.WithoutNotNullNames(await rollout.CatalogAsync()).Contains("_pgroll_", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task What_pgroll_must_not_end_says_so_until_we_do()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await rollout.Runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, default: \"'x'\" }")]);
        const string Key = "SELECT migration #>> '{operations,0,alter_column,pgroll_build}' FROM pgroll.migrations WHERE name = '02_change'";

        StringAssert.Contains((await rollout.Runner.StatusAsync()).PgrollObstacle, "without a copy");
        StringAssert.Contains(await rollout.Database.ScalarAsync<string>(Key), "without a copy");
        await rollout.Runner.CompleteAsync();

        Assert.IsNull((await rollout.Runner.StatusAsync()).PgrollObstacle);
        Assert.IsNull(await rollout.Database.ScalarAsync<string>(Key));
        Assert.AreEqual("""{"tool": "PgRoll.Build", "operations": [{"alter_column": {"table": "t", "column": "d", "default": "'x'"}}]}""",
            await rollout.Database.ScalarAsync<string>("SELECT migration::text FROM pgroll.migrations WHERE name = '02_change'"));
    }

    static async Task<Rollout> StartAsync(MigrationFile change)
    {
        var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await rollout.Database.ExecuteAsync("INSERT INTO t VALUES (1, 'x', 0)");
        await TakeoverTests.StartAsync(rollout, change);
        return rollout;
    }

    static async Task StartAsync(PgrollDatabase pgroll, MigrationFile file)
    {
        var schema = await Rollout.ReadSchemaAsync(pgroll.Options, null);
        var migration = MigrationSet.Check([file], schema).Migrations.Single();
        await new PgrollStart(pgroll.Database, migration.Name, migration.Version).RunAsync(schema, migration.Operations, MigrationJson.Write(migration));
    }
}
