using Npgsql;
using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Preflight;

/// <summary>Users' triggers and the backfill: it changes no data but its own, or does not begin, or computes from what they leave.</summary>
[TestClass]
public sealed class UserTriggersTests
{
    const string Table =
        """
        - create_table:
            name: t
            columns:
              - { name: id, type: int, pk: true }
              - { name: d, type: text, nullable: true }
              - { name: touched, type: int, default: "0" }
              - { name: doubled, type: int, nullable: true, generated: { expression: id * 2 } }
              - { name: o_id, type: int, nullable: true }
        - create_table: { name: o, columns: [{ name: id, type: int, pk: true }] }
        """;

    const string NotNull = "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\", down: d }";

    const string Setup =
        """
        INSERT INTO t (id, d) SELECT g, CASE WHEN g % 2 = 0 THEN 'x' || g END FROM generate_series(1, 500) g;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.touched := NEW.touched + 1; NEW.d := upper(NEW.d); RETURN NEW; END';
        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        """;

    const string Touch = "CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()";
    const string Rows = "SELECT string_agg(concat_ws('|', id, d, touched, doubled), ',' ORDER BY id)";
    const string Old = "public_01_table", New = "public_02_change";

    public static IEnumerable<object[]> Majors => TestDatabase.SupportedMajors.Select(major => new object[] { major });

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task They_do_not_fire_where_the_role_may_keep_them_from_it(int major)
    {
        await using var rollout = await PrepareAsync($"{Touch}; CREATE TRIGGER after_all AFTER UPDATE ON t EXECUTE FUNCTION no_backfill(); CREATE RULE also AS ON UPDATE TO t DO ALSO INSERT INTO o VALUES (OLD.touched)", major);
        var before = await RowsAsync(rollout, Old);

        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);

        Assert.AreEqual(before, await RowsAsync(rollout, Old));
        Assert.AreEqual(await ExpectedAsync(rollout, Old), await RowsAsync(rollout, New));
        Assert.AreEqual(0L, await rollout.Database.ScalarAsync<long>("SELECT count(*) FROM o"));
        await rollout.Runner.CompleteAsync();
        await rollout.Database.ExecuteAsync("DROP TRIGGER after_all ON t; UPDATE t SET d = 'y' WHERE id = 1");
        CollectionAssert.AreEqual((string[])["Y|1"], (await rollout.AsAsync(New, "SELECT d, touched FROM t WHERE id = 1")).ToArray(), "they are the user's again");
    }

    /// <summary>As a replica the backfill fires no trigger and checks no foreign key, but checks it does.</summary>
    [TestMethod]
    public async Task A_value_that_a_check_forbids_is_refused_all_the_same()
    {
        await using var rollout = await PrepareAsync(Touch);
        var catalog = await rollout.CatalogAsync();
        var before = await RowsAsync(rollout, Old);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => new MigrationRunner(rollout.Options with { RowCheckTime = TimeSpan.Zero }).StartAsync(
            [Yaml.File("02_change", NotNull.Replace("coalesce(d, 'none')", "d", StringComparison.Ordinal))]));

        StringAssert.Contains(error.Message, PostgresErrorCodes.CheckViolation);
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        Assert.AreEqual(before, await RowsAsync(rollout, Old));
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task They_stop_start_where_the_role_may_not_keep_them_from_firing(int major)
    {
        await using var rollout = await PrepareAsync($"{Touch}; CREATE RULE also AS ON UPDATE TO t DO ALSO NOTIFY t", major);
        await using var role = await PlainOwnerAsync(rollout);
        var catalog = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => RunnerOf(rollout, role).StartAsync([Yaml.File("02_change", NotNull)]));

        Assert.AreEqual(ExitReason.NotNow, error.Reason, error.Message);
        StringAssert.Contains(error.Message, "trigger touch on public.t");
        StringAssert.Contains(error.Message, "rule also on public.t");
        StringAssert.Contains(error.Message, major < 15 ? "run as a superuser" : $"GRANT SET ON PARAMETER session_replication_role TO {role.Name}");
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        Assert.AreEqual(1L, await rollout.Database.ScalarAsync<long>("SELECT count(*) FROM pgroll.migrations"));
    }

    /// <summary>From 15 on the privilege can be granted; before, somebody else must be superuser.</summary>
    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_role_that_may_set_the_parameter_keeps_them_from_firing(int major)
    {
        await using var rollout = await PrepareAsync(Touch, major);
        await using var role = await PlainOwnerAsync(rollout);
        await rollout.Database.ExecuteAsync(major < 15 ? $"ALTER ROLE {role.Name} SUPERUSER" : $"GRANT SET ON PARAMETER session_replication_role TO {role.Name}");
        var before = await RowsAsync(rollout, Old);

        await RunnerOf(rollout, role).StartAsync([Yaml.File("02_change", NotNull)]);

        Assert.AreEqual(before, await RowsAsync(rollout, Old));
        Assert.AreEqual(await ExpectedAsync(rollout, Old), await RowsAsync(rollout, New));
    }

    [SampledTestMethod(of: 2)]
    [DataRow("CREATE TRIGGER touch BEFORE UPDATE OF d, touched ON t FOR EACH ROW EXECUTE FUNCTION touch()", DisplayName = "of other columns")]
    [DataRow(Touch + "; ALTER TABLE t DISABLE TRIGGER touch", DisplayName = "disabled")]
    [DataRow(Touch + "; ALTER TABLE t ENABLE REPLICA TRIGGER touch", DisplayName = "for replicas")]
    [DataRow("CREATE TRIGGER touch BEFORE INSERT OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION touch()", DisplayName = "on other events")]
    public async Task One_that_the_backfill_does_not_fire_is_no_hindrance(string trigger)
    {
        await using var rollout = await PrepareAsync(trigger);
        await using var role = await PlainOwnerAsync(rollout);
        var warnings = new Warnings();
        var before = await RowsAsync(rollout, Old);

        await RunnerOf(rollout, role, o => o with { Progress = warnings }).StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: o_id, nullable: false, up: \"coalesce(o_id, 0)\", down: o_id }")]);

        Assert.AreEqual(before, await RowsAsync(rollout, Old));
        Assert.IsEmpty(warnings);
    }

    [TestMethod]
    [DataRow("CREATE TRIGGER audit AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION nothing()")]
    [DataRow("CREATE TRIGGER audit BEFORE UPDATE ON t EXECUTE FUNCTION nothing()")]
    public async Task One_that_changes_no_row_is_warned_of(string trigger)
    {
        await using var rollout = await PrepareAsync(trigger);
        await using var role = await PlainOwnerAsync(rollout);
        var warnings = new Warnings();

        await RunnerOf(rollout, role, o => o with { Progress = warnings }).StartAsync([Yaml.File("02_change", NotNull)]);

        StringAssert.Contains(warnings.Single(), "trigger audit on public.t");
        Assert.AreEqual(await ExpectedAsync(rollout, Old), await RowsAsync(rollout, New));
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Where_they_are_allowed_the_copy_is_computed_from_what_they_leave(int major)
    {
        await using var rollout = await PrepareAsync(Touch, major);
        await using var role = await PlainOwnerAsync(rollout);
        var warnings = new Warnings();

        await RunnerOf(rollout, role, o => o with { AllowUserTriggers = true, Progress = warnings }).StartAsync([Yaml.File("02_change", NotNull)]);

        StringAssert.Contains(warnings.Single(), "trigger touch on public.t");
        Assert.AreEqual("X2", (await rollout.AsAsync(Old, "SELECT d FROM t WHERE id = 2")).Single(), "they did fire");
        Assert.AreEqual("1", (await rollout.AsAsync(Old, "SELECT string_agg(DISTINCT touched::text, ',') FROM t")).Single(), "once");
        Assert.AreEqual(await ExpectedAsync(rollout, Old), await RowsAsync(rollout, New));
        await RunnerOf(rollout, role).CompleteAsync();
        Assert.AreEqual("none", (await rollout.AsAsync(New, "SELECT d FROM t WHERE id = 1")).Single());
    }

    [TestMethod]
    public async Task Allowing_them_makes_none_fire_that_need_not()
    {
        await using var rollout = await PrepareAsync(Touch);
        var before = await RowsAsync(rollout, Old);

        await new MigrationRunner(rollout.Options with { AllowUserTriggers = true }).StartAsync([Yaml.File("02_change", NotNull)]);

        Assert.AreEqual(before, await RowsAsync(rollout, Old));
    }

    [TestMethod]
    public async Task One_that_always_fires_stops_even_a_superuser_unless_it_is_allowed()
    {
        await using var rollout = await PrepareAsync($"{Touch}; ALTER TABLE t ENABLE ALWAYS TRIGGER touch");
        var change = Yaml.File("02_change", NotNull);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([change]));
        await new MigrationRunner(rollout.Options with { AllowUserTriggers = true }).StartAsync([change]);

        StringAssert.Contains(error.Message, "trigger touch on public.t");
        Assert.AreEqual(await ExpectedAsync(rollout, Old), await RowsAsync(rollout, New));
    }

    [TestMethod]
    public async Task One_that_may_be_disabled_for_the_backfill_is_enabled_again_before_complete()
    {
        await using var rollout = await PrepareAsync($"{Touch}; ALTER TABLE t DISABLE TRIGGER touch");
        await using var role = await PlainOwnerAsync(rollout);

        await RunnerOf(rollout, role).StartAsync([Yaml.File("02_change", NotNull)]);
        await rollout.Database.ExecuteAsync("ALTER TABLE t ENABLE TRIGGER touch");
        await RunnerOf(rollout, role).CompleteAsync();

        Assert.AreEqual("none", (await rollout.AsAsync(New, "SELECT d FROM t WHERE id = 1")).Single());
    }

    [TestMethod]
    public async Task One_that_keeps_rows_from_being_filled_ends_start()
    {
        await using var rollout = await PrepareAsync(
            "CREATE TRIGGER keep BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.id > 400) EXECUTE FUNCTION nothing(); ALTER TABLE t ENABLE ALWAYS TRIGGER keep");
        var catalog = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() =>
            new MigrationRunner(rollout.Options with { AllowUserTriggers = true }).StartAsync([Yaml.File("02_change", NotNull)]));

        Assert.AreEqual(ExitReason.DatabaseError, error.Reason, error.Message);
        StringAssert.Contains(error.Message, "100 rows of 't' cannot be filled");
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
    }

    [TestMethod]
    [DataRow("CREATE TRIGGER \"été\" BEFORE UPDATE OF d ON t FOR EACH ROW EXECUTE FUNCTION touch()", "été")]
    [DataRow("CREATE TRIGGER \"~q\" BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch()", "~q")]
    public async Task One_that_fires_after_the_sync_trigger_stops_start(string trigger, string name)
    {
        await using var rollout = await PrepareAsync(trigger);
        var catalog = await rollout.CatalogAsync();
        var change = Yaml.File("02_change", "- alter_column: { table: t, column: o_id, type: bigint, up: o_id, down: o_id }");

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([change]));

        Assert.AreEqual(ExitReason.NotNow, error.Reason, error.Message);
        StringAssert.Contains(error.Message, $"\"{name}\" on public.t");
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        await rollout.Database.ExecuteAsync($"ALTER TRIGGER \"{name}\" ON t RENAME TO a");
        await rollout.ApplyAsync(change);
    }

    [TestMethod]
    public async Task An_interrupted_start_goes_on_as_it_began()
    {
        await using var rollout = await PrepareAsync(Touch);
        await using var role = await PlainOwnerAsync(rollout);
        var change = Yaml.File("02_change", NotNull);
        var before = await RowsAsync(rollout, Old);
        using var stop = new CancellationTokenSource();
        var observer = new Observer(p => { if (p is BackfillAdvanced) stop.Cancel(); });
        var interrupted = await Assert.ThrowsExactlyAsync<PgRollException>(() =>
            new MigrationRunner(rollout.Options with { Progress = observer, BackfillBatchSize = 50 }).StartAsync([change], stop.Token));
        Assert.AreEqual(ExitReason.Interrupted, interrupted.Reason, interrupted.Message);

        var refused = await Assert.ThrowsExactlyAsync<PgRollException>(() => RunnerOf(rollout, role).StartAsync([change]));
        await rollout.Runner.StartAsync([change]);

        Assert.AreEqual(ExitReason.NotNow, refused.Reason, refused.Message);
        Assert.AreEqual(before, await RowsAsync(rollout, Old));
        Assert.AreEqual(await ExpectedAsync(rollout, Old), await RowsAsync(rollout, New));
        await rollout.Database.ExecuteAsync("ALTER TABLE t OWNER TO CURRENT_USER; ALTER TABLE o OWNER TO CURRENT_USER");
    }

    [TestMethod]
    public async Task An_interrupted_start_that_lets_them_fire_goes_on_letting_them()
    {
        await using var rollout = await PrepareAsync(Touch);
        await using var role = await PlainOwnerAsync(rollout);
        var change = Yaml.File("02_change", NotNull);
        using var stop = new CancellationTokenSource();
        var observer = new Observer(p => { if (p is BackfillAdvanced) stop.Cancel(); });
        await Assert.ThrowsExactlyAsync<PgRollException>(() =>
            RunnerOf(rollout, role, o => o with { Progress = observer, BackfillBatchSize = 50, AllowUserTriggers = true }).StartAsync([change], stop.Token));

        await RunnerOf(rollout, role).StartAsync([change]);

        Assert.AreEqual("1", (await rollout.AsAsync(Old, "SELECT string_agg(DISTINCT touched::text, ',') FROM t")).Single());
        Assert.AreEqual(await ExpectedAsync(rollout, Old), await RowsAsync(rollout, New));
    }

    /// <summary>Such a row is filled alone, in a transaction of its own.</summary>
    [TestMethod]
    public async Task They_do_not_fire_for_a_row_that_a_client_had_locked()
    {
        await using var rollout = await PrepareAsync(Touch);
        var before = await RowsAsync(rollout, Old);
        await using var client = await rollout.Database.DataSource.OpenConnectionAsync();
        NpgsqlTransaction? transaction = null;
        var waited = false;
        var observer = new Observer(p =>
        {
            if (p is StepBegins { Why: "the rows of 't' that are there already" })
            {
                transaction = client.BeginTransaction();
                using var hold = new NpgsqlCommand("SELECT FROM t WHERE id = 1 FOR UPDATE", client);
                hold.ExecuteNonQuery();
            }
            else if (p is LockWaited && !waited)
            {
                waited = true;
                transaction!.Rollback();
            }
        });

        await new MigrationRunner(rollout.Options with { Progress = observer }).StartAsync([Yaml.File("02_change", NotNull)]);

        Assert.IsTrue(waited);
        Assert.AreEqual(before, await RowsAsync(rollout, Old));
        Assert.AreEqual(await ExpectedAsync(rollout, Old), await RowsAsync(rollout, New));
    }

    /// <summary>By then a foreign key lies on the copy, and a replica would not check it.</summary>
    [TestMethod]
    public async Task Complete_does_not_fill_rows_past_a_foreign_key()
    {
        await using var rollout = await PrepareAsync($"{Touch}; ALTER TABLE t ADD CONSTRAINT o_fk FOREIGN KEY (o_id) REFERENCES o");
        await rollout.Runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: o_id, type: bigint, up: o_id, down: o_id }")]);
        await rollout.Database.ExecuteAsync("ALTER TABLE t DISABLE TRIGGER ALL; INSERT INTO t (id, o_id) VALUES (9999, 12345); ALTER TABLE t ENABLE TRIGGER ALL");

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync());

        StringAssert.Contains(error.Message, "trigger touch on public.t");
        await rollout.Database.ExecuteAsync("DELETE FROM t WHERE id = 9999");
        await rollout.Runner.CompleteAsync();
    }

    /// <summary>What the new version must show, from what the old one shows.</summary>
    static async Task<string> ExpectedAsync(Rollout rollout, string version) =>
        (await rollout.AsAsync(version, "SELECT string_agg(concat_ws('|', id, coalesce(d, 'none'), touched, doubled), ',' ORDER BY id) FROM t")).Single();

    static async Task<string> RowsAsync(Rollout rollout, string version) => (await rollout.AsAsync(version, $"{Rows} FROM t")).Single();

    static MigrationRunner RunnerOf(Rollout rollout, TestRole role, Func<RunnerOptions, RunnerOptions>? configure = null)
    {
        var options = rollout.Options with { ConnectionString = role.ConnectionString };
        return new(configure?.Invoke(options) ?? options);
    }

    static async Task<Rollout> PrepareAsync(string triggers, int? major = null)
    {
        var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        await rollout.Database.ExecuteAsync($"{Setup}; CREATE FUNCTION no_backfill() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''fired''; END'; {triggers}");
        return rollout;
    }

    /// <summary>An owner of everything who may not set session_replication_role.</summary>
    static async Task<TestRole> PlainOwnerAsync(Rollout rollout)
    {
        var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync(
            $"""
             DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO {role.Name}', current_database()); END $$;
             GRANT CREATE, USAGE ON SCHEMA public TO {role.Name};
             GRANT ALL ON SCHEMA pgroll TO {role.Name};
             GRANT ALL ON ALL TABLES IN SCHEMA pgroll TO {role.Name};
             ALTER TABLE t OWNER TO {role.Name}; ALTER TABLE o OWNER TO {role.Name};
             ALTER SCHEMA {Old} OWNER TO {role.Name}; ALTER VIEW {Old}.t OWNER TO {role.Name}; ALTER VIEW {Old}.o OWNER TO {role.Name};
             """);
        return role;
    }

    sealed class Observer(Action<RunnerProgress> observe) : IProgress<RunnerProgress>
    {
        public void Report(RunnerProgress value) => observe(value);
    }
}
