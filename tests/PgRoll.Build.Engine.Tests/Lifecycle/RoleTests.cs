using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Migrations by a plain owner of the tables, the application by a role that may only read and write rows.</summary>
[TestClass]
public sealed class RoleTests
{
    const string Table = "- create_table: { name: t, columns: [{ name: id, type: serial, pk: true }, { name: d, type: text, nullable: true }, { name: e, type: text, nullable: true }] }";
    const string NotNull = "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\", down: d }";
    const string Old = "public_01_table", New = "public_02_change";

    public static IEnumerable<object[]> Majors => TestDatabase.SupportedMajors.Select(major => new object[] { major });

    public static IEnumerable<object[]> Kinds =>
        from kind in (string[][])
        [
            [NotNull, "INSERT INTO t (d) VALUES ('x'); UPDATE t SET d = 'y'; SELECT * FROM t; DELETE FROM t"],
            ["- alter_column: { table: t, column: id, type: bigint, up: id, down: id }", "INSERT INTO t (d) VALUES ('x'); UPDATE t SET id = 9; SELECT * FROM t; DELETE FROM t"],
            ["- add_column: { table: t, column: { name: num, type: serial } }", "INSERT INTO t (d) VALUES ('x'); UPDATE t SET num = 9; SELECT num FROM t; DELETE FROM t"],
            ["- add_column: { table: t, column: { name: num, type: int, generated: { identity: {} } } }", "INSERT INTO t (d) VALUES ('x'); UPDATE t SET d = 'y'; SELECT num FROM t; DELETE FROM t"],
            ["- add_column: { table: t, column: { name: num, type: text, default: \"'?'\" }, up: \"coalesce(d, '') || '!'\" }", "INSERT INTO t (d) VALUES ('x'); UPDATE t SET num = '!'; SELECT num FROM t; DELETE FROM t"],
            ["- create_table: { name: new, columns: [{ name: id, type: serial, pk: true }, { name: v, type: text }] }", "INSERT INTO new (v) VALUES ('x'); UPDATE new SET v = 'y'; SELECT * FROM new; DELETE FROM new"],
            ["- drop_column: { table: t, column: d, down: \"'back'\" }", "INSERT INTO t (e) VALUES ('x'); UPDATE t SET e = 'y'; SELECT * FROM t; DELETE FROM t"],
            ["- rename_column: { table: t, from: d, to: f }\n- rename_table: { from: t, to: u }", "INSERT INTO u (f) VALUES ('x'); UPDATE u SET f = 'y'; SELECT * FROM u; DELETE FROM u"],
        ]
        from major in TestDatabase.MajorsFor(kind[0])
        select new object[] { kind[0], kind[1], major };

    [SampledTestMethod(of: 2)]
    [DynamicData(nameof(Kinds))]
    public async Task The_applications_role_reads_and_writes_every_version_that_is_live(string change, string statements, int major)
    {
        await using var rollout = await PrepareAsync(major);
        await using var app = await TestRole.CreateAsync(rollout.Database);
        await rollout.AsOwnerAsync(
            $"""
             GRANT SELECT, INSERT, UPDATE, DELETE ON t TO {app.Name};
             GRANT USAGE ON SEQUENCE t_id_seq TO {app.Name};
             ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app.Name};
             """);
        // A version's privileges are those that its tables had when it was published.
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public, {Old} TO {app.Name}; GRANT SELECT, INSERT, UPDATE, DELETE ON {Old}.t TO {app.Name}");
        const string old = "INSERT INTO t (d) VALUES ('x'); UPDATE t SET d = 'y'; SELECT * FROM t; DELETE FROM t";

        await rollout.Runner.StartAsync([Yaml.File("02_change", change)]);
        await app.ExecuteAsync($"SET search_path = {New}; {statements}; SET search_path = {Old}; {old}");
        await rollout.Runner.RollbackAsync();
        await app.ExecuteAsync($"SET search_path = {Old}; {old}");
        await rollout.Runner.StartAsync([Yaml.File("02_change", change)]);
        await app.ExecuteAsync($"SET search_path = {Old}; {old}; SET search_path = {New}; {statements}");
        await rollout.Runner.CompleteAsync();
        await app.ExecuteAsync($"SET search_path = {New}; {statements}");
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task What_a_role_may_not_do_with_the_table_it_may_not_do_with_the_new_version(int major)
    {
        await using var rollout = await PrepareAsync(major);
        await using var reader = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public TO {reader.Name}; GRANT SELECT ON t TO {reader.Name}");
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);

        await reader.ExecuteAsync("SELECT * FROM public_02_change.t");
        await AssertRefusedAsync(reader, "DELETE FROM public_02_change.t");
    }

    /// <summary>The old application knows nothing of the expression, and needs no rights for it.</summary>
    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task An_expression_may_read_what_the_applications_role_may_not(int major)
    {
        await using var rollout = await PrepareAsync(major);
        await using var app = await TestRole.CreateAsync(rollout.Database);
        await using var stranger = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public TO {stranger.Name}");
        await rollout.AsOwnerAsync(
            $"CREATE TABLE names (d text, full_name text); INSERT INTO names VALUES ('x', 'Mr. X'); GRANT SELECT, INSERT, UPDATE ON t TO {app.Name}; GRANT USAGE ON SEQUENCE t_id_seq TO {app.Name}");
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public, {Old} TO {app.Name}; GRANT SELECT, INSERT, UPDATE ON {Old}.t TO {app.Name}");
        var change = Yaml.File("02_change",
            "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce((SELECT n.full_name FROM names n WHERE n.d = e), 'none')\", down: d }");
        var warnings = new Preflight.Warnings();

        await new MigrationRunner(rollout.Options with { Progress = warnings }).StartAsync([change]);
        await app.ExecuteAsync($"SET search_path = {Old}; INSERT INTO t (d, e) VALUES ('y', 'x')");

        CollectionAssert.AreEqual((string[])["y|Mr. X"], (await rollout.AsAsync("public", $"SELECT o.d, n.d FROM {Old}.t o JOIN {New}.t n USING (id)")).ToArray());
        StringAssert.Contains(warnings.Single(), $"uses table public.names, which {app.Name} may not use in full");
        await AssertRefusedAsync(stranger, "SELECT public._pgroll_up_t__d('x')");
        await rollout.Runner.RollbackAsync();
        await rollout.AsOwnerAsync($"GRANT SELECT ON names TO {app.Name}");
        warnings.Clear();
        await new MigrationRunner(rollout.Options with { Progress = warnings }).StartAsync([change]);
        Assert.IsEmpty(warnings);
    }

    /// <summary>The backfill sees every row of a table, so a client's write must not compute something else because policies hide some.</summary>
    [TestMethod]
    [DataRow("CREATE FUNCTION secret(text) RETURNS text LANGUAGE sql AS 'SELECT ''Mr. '' || $1'; REVOKE EXECUTE ON FUNCTION secret FROM PUBLIC", "secret(d)", "function public.secret(text)")]
    [DataRow("CREATE FUNCTION secret(text, text) RETURNS text LANGUAGE sql AS 'SELECT ''Mr. '' || $2'; REVOKE EXECUTE ON FUNCTION secret FROM PUBLIC; CREATE OPERATOR ~~> (FUNCTION = secret, LEFTARG = text, RIGHTARG = text)", "'' ~~> d", "operator public.~~>(text,text)")]
    [DataRow("CREATE TABLE names (k text, full_name text); INSERT INTO names VALUES ('x', 'Mr. x'); GRANT SELECT ON names TO PUBLIC; ALTER TABLE names ENABLE ROW LEVEL SECURITY", "(SELECT n.full_name FROM names n WHERE n.k = d)", "table public.names")]
    public async Task An_expression_may_use_what_the_applications_role_may_not(string things, string up, string used)
    {
        await using var rollout = await PrepareAsync(TestDatabase.SupportedMajors[0]);
        await using var app = await TestRole.CreateAsync(rollout.Database);
        await rollout.AsOwnerAsync($"{things}; INSERT INTO t (d) VALUES ('x'); GRANT SELECT, INSERT, UPDATE ON t TO {app.Name}; GRANT USAGE ON SEQUENCE t_id_seq TO {app.Name}");
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public, {Old} TO {app.Name}; GRANT SELECT, INSERT, UPDATE ON {Old}.t TO {app.Name}");
        var warnings = new Preflight.Warnings();

        await new MigrationRunner(rollout.Options with { Progress = warnings }).StartAsync([Yaml.File("02_change",
            $"- alter_column: {{ table: t, column: d, nullable: false, up: \"{up}\", down: d }}")]);
        await app.ExecuteAsync($"SET search_path = {Old}; INSERT INTO t (d) VALUES ('x')");

        CollectionAssert.AreEqual((string[])["Mr. x", "Mr. x"], (await rollout.AsAsync(New, "SELECT d FROM t")).ToArray());
        StringAssert.Contains(warnings.Single(), $"uses {used}, which {app.Name} may not use in full");
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Column_privileges_hold_for_altered_and_renamed_columns_before_and_after_complete(int major)
    {
        await using var rollout = await PrepareAsync(major);
        await using var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public TO {role.Name}; GRANT SELECT (id, d), UPDATE (e) ON t TO {role.Name}; INSERT INTO t (d) VALUES ('x')");
        await rollout.Runner.StartAsync([Yaml.File("02_change",
            $"""
            {NotNull}
            - alter_column: {"{"} table: t, column: e, type: varchar(9), up: e, down: e {"}"}
            - rename_column: {"{"} table: t, from: e, to: f {"}"}
            """)]);

        for (var i = 0; i < 2; i++)
        {
            await role.ExecuteAsync($"SELECT id, d FROM {New}.t; UPDATE {New}.t SET f = 'y'");
            await AssertRefusedAsync(role, $"SELECT f FROM {New}.t");
            await AssertRefusedAsync(role, $"UPDATE {New}.t SET d = 'y'");
            await AssertRefusedAsync(role, $"INSERT INTO {New}.t (d) VALUES ('y')");
            await AssertRefusedAsync(role, "SELECT * FROM public.t");
            if (i == 0)
                await rollout.Runner.CompleteAsync();
        }
    }

    [TestMethod]
    [DataRow("IN SCHEMA public ")]
    [DataRow("")]
    public async Task A_new_table_and_its_view_have_the_default_privileges_and_no_other_view_has(string scope)
    {
        foreach (var major in TestDatabase.SupportedMajors)
        {
            await using var rollout = await PrepareAsync(major);
            await using var app = await TestRole.CreateAsync(rollout.Database);
            await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public TO {app.Name}");
            await rollout.AsOwnerAsync($"ALTER DEFAULT PRIVILEGES {scope}GRANT SELECT, INSERT ON TABLES TO {app.Name} WITH GRANT OPTION; ALTER DEFAULT PRIVILEGES {scope}GRANT SELECT ON TABLES TO PUBLIC");
            await rollout.Runner.StartAsync([Yaml.File("02_change", "- create_table: { name: new, columns: [{ name: id, type: serial, pk: true }, { name: v, type: text }] }")]);

            for (var i = 0; i < 2; i++)
            {
                await app.ExecuteAsync($"INSERT INTO {New}.new (v) VALUES ('x'); SELECT * FROM {New}.new; GRANT SELECT ON {New}.new TO PUBLIC");
                await AssertRefusedAsync(app, $"DELETE FROM {New}.new");
                await AssertRefusedAsync(app, $"SELECT * FROM {New}.t");
                await AssertRefusedAsync(app, "SELECT * FROM public.t");
                if (i == 0)
                    await rollout.Runner.CompleteAsync();
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Default_privileges_on_schemas_do_not_open_a_version(int major)
    {
        await using var rollout = await PrepareAsync(major);
        await using var app = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync("REVOKE ALL ON SCHEMA public FROM PUBLIC");
        await rollout.AsOwnerAsync($"ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO {app.Name}; ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO PUBLIC; GRANT SELECT ON t TO {app.Name}");
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);

        await AssertRefusedAsync(app, $"SELECT * FROM {New}.t");
        await AssertRefusedAsync(app, $"CREATE TABLE {New}.mine ()");
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Grants_to_public_to_odd_names_and_those_that_may_be_passed_on_are_the_new_versions_too(int major)
    {
        await using var rollout = await PrepareAsync(major);
        await using var one = await TestRole.CreateAsync(rollout.Database, " \"O'Neil\" current_user ");
        await using var two = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync(
            $"""
             GRANT USAGE ON SCHEMA public TO PUBLIC;
             GRANT SELECT ON t TO PUBLIC;
             GRANT INSERT (d), UPDATE ON t TO {one.Quoted} WITH GRANT OPTION;
             GRANT SELECT ON t TO {one.Quoted};
             GRANT USAGE ON SEQUENCE t_id_seq TO {one.Quoted}, {two.Quoted};
             """);
        await one.ExecuteAsync($"GRANT INSERT (d) ON t TO {two.Quoted}; GRANT UPDATE ON t TO {two.Quoted}");
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);

        await two.ExecuteAsync($"INSERT INTO {New}.t (d) VALUES ('x'); UPDATE {New}.t SET d = 'y'; SELECT * FROM {New}.t");
        await one.ExecuteAsync($"GRANT UPDATE ON {New}.t TO PUBLIC");
        await AssertRefusedAsync(two, $"DELETE FROM {New}.t");
        await rollout.Runner.CompleteAsync();
        await two.ExecuteAsync($"INSERT INTO {New}.t (d) VALUES ('x'); UPDATE {New}.t SET d = 'y'; SELECT * FROM {New}.t");
        await one.ExecuteAsync($"GRANT INSERT (d) ON t TO PUBLIC");
        // Who passed rights on can only go with whoever got them.
        await rollout.Database.ExecuteAsync($"REVOKE ALL ON t, {New}.t FROM {one.Quoted} CASCADE");
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task What_the_given_role_makes_is_that_roles(int major)
    {
        await using var database = await TestDatabase.CreateAsync(major);
        await using var owner = await TestRole.CreateOwnerAsync(database);
        await using var login = await TestRole.CreateAsync(database);
        await database.ExecuteAsync($"GRANT {owner.Name} TO {login.Name}");
        var runner = new MigrationRunner(new(login.ConnectionString) { Role = owner.Name });
        await runner.InitializeAsync();
        await runner.StartAsync([Yaml.File("01_table", Table)]);
        await runner.CompleteAsync();
        await database.ExecuteAsync("INSERT INTO t (d) VALUES ('x')");
        var change = Yaml.File("02_change", $"{NotNull}\n- add_column: {{ table: t, column: {{ name: num, type: serial }} }}\n- create_index: {{ name: i, table: t, columns: [{{ column: d }}] }}\n- create_table: {{ name: new, columns: [{{ name: id, type: int, pk: true }}] }}");

        await runner.StartAsync([change]);
        await AssertOwnerAsync(database, owner);
        await runner.RollbackAsync();
        await runner.StartAsync([change]);
        await runner.CompleteAsync();
        await AssertOwnerAsync(database, owner);
    }

    /// <summary>A deploy that gets its rights for an hour must not leave anything that works only with them.</summary>
    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_runner_that_loses_its_rights_takes_none_from_clients(int major)
    {
        await using var database = await TestDatabase.CreateAsync(major);
        await using var runnersRole = await TestRole.CreateOwnerAsync(database);
        await using var owner = await TestRole.CreateOwnerAsync(database);
        await using var app = await TestRole.CreateAsync(database);
        await database.ExecuteAsync($"GRANT {owner.Name} TO {runnersRole.Name}; GRANT USAGE ON SCHEMA public TO {app.Name}");
        var runner = new MigrationRunner(new(runnersRole.ConnectionString));
        await runner.InitializeAsync();
        await runner.StartAsync([Yaml.File("01_other", "- create_table: { name: other, columns: [{ name: id, type: int, pk: true }] }")]);
        await runner.CompleteAsync();
        await owner.ExecuteAsync($"CREATE TABLE t (id int PRIMARY KEY, d text); INSERT INTO t VALUES (1, NULL); GRANT SELECT, INSERT, UPDATE, DELETE ON t TO {app.Name}");
        var change = Yaml.File("02_change", $"{NotNull}\n- add_column: {{ table: t, column: {{ name: num, type: serial }} }}\n- add_column: {{ table: t, column: {{ name: more, type: int, generated: {{ identity: {{}} }} }} }}");
        const string use = $"INSERT INTO {New}.t (id, d) VALUES (2, 'x'); UPDATE {New}.t SET d = 'y'; SELECT * FROM {New}.t; DELETE FROM {New}.t WHERE id = 2";

        await runner.StartAsync([change]);
        await database.ExecuteAsync($"REVOKE {owner.Name} FROM {runnersRole.Name}");
        await app.ExecuteAsync(use);
        await owner.ExecuteAsync(use);
        var refused = await Assert.ThrowsExactlyAsync<PgRollException>(() => runner.CompleteAsync());
        StringAssert.Contains(refused.Message, $"t belongs to role {owner.Name}");
        await database.ExecuteAsync($"GRANT {owner.Name} TO {runnersRole.Name}");
        await runner.CompleteAsync();
        await database.ExecuteAsync($"REVOKE {owner.Name} FROM {runnersRole.Name}");
        await app.ExecuteAsync(use);
        Assert.AreEqual(owner.Name, await database.ScalarAsync<string>("SELECT relowner::regrole::text FROM pg_class WHERE relname = 't_num_seq'"));
    }

    /// <summary>A foreign key's triggers lie on the table it points to; a role that may point to it need not be able to lock it.</summary>
    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_key_may_come_and_go_that_points_to_a_table_which_the_role_may_not_lock(int major)
    {
        await using var rollout = await PrepareAsync(major);
        await rollout.Database.ExecuteAsync($"CREATE TABLE keys (id int PRIMARY KEY); GRANT REFERENCES, SELECT ON keys TO {rollout.Owner!.Name}");
        var pointing = Yaml.File("02_pointing", "- create_table: { name: pointing, columns: [{ name: k, type: int, nullable: true, references: { name: k_fk, table: keys, column: id } }] }");

        if (major == 14)
        {
            // Where views read with their owner's rights, a version needs all tables to be the role's.
            Assert.AreEqual(ExitReason.Usage, (await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([pointing]))).Reason);
            return;
        }
        await rollout.Runner.StartAsync([pointing]);
        await rollout.Runner.RollbackAsync();
        await rollout.ApplyAsync(pointing);
        await rollout.ApplyAsync(Yaml.File("03_loose", "- drop_constraint: { table: pointing, name: k_fk, up: k, down: k }"));

        Assert.IsFalse(await rollout.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND confrelid = 'keys'::regclass)"));
    }

    /// <summary>A superuser migrates what belongs to the application's owner.</summary>
    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_superuser_leaves_a_table_with_its_owner(int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await using var owner = await TestRole.CreateAsync(rollout.Database);
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        await rollout.Database.ExecuteAsync($"ALTER TABLE t OWNER TO {owner.Name}; GRANT USAGE ON SCHEMA public TO {owner.Name}");

        await rollout.Runner.StartAsync([Yaml.File("02_change", $"{NotNull}\n- add_column: {{ table: t, column: {{ name: num, type: serial }} }}")]);
        await owner.ExecuteAsync($"INSERT INTO {New}.t (d) VALUES ('x'); SELECT * FROM {New}.t");
        await rollout.Runner.CompleteAsync();
        await owner.ExecuteAsync($"INSERT INTO {New}.t (d) VALUES ('x'); ALTER TABLE t DROP COLUMN e CASCADE");
    }

    [SampledTestMethod(of: 2)]
    [DataRow("ALTER TABLE t OWNER TO {other}", "t belongs to role {other}: GRANT {other} TO {runner}")]
    [DataRow("ALTER SCHEMA public_01_table OWNER TO {other}", "schema public_01_table belongs to role {other}")]
    [DataRow("REVOKE CREATE ON DATABASE {database} FROM {runner}", "GRANT CREATE ON DATABASE {database} TO {runner}")]
    [DataRow("REVOKE ALL ON SCHEMA public FROM PUBLIC, {runner}; GRANT USAGE ON SCHEMA public TO {runner}", "GRANT CREATE ON SCHEMA public TO {runner}")]
    [DataRow("REVOKE ALL ON SCHEMA public FROM PUBLIC, {runner}; GRANT CREATE ON SCHEMA public TO {runner}", "GRANT USAGE ON SCHEMA public TO {runner}")]
    [DataRow("ALTER TABLE t OWNER TO {other}; REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT {other} TO {runner}", "GRANT CREATE ON SCHEMA public TO {other}")]
    [DataRow("CREATE TABLE keys (id int PRIMARY KEY)", "GRANT REFERENCES ON keys TO {runner}")]
    [DataRow("CREATE TABLE parts (id int, d text) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parts DEFAULT; ALTER TABLE parts OWNER TO {runner}; ALTER TABLE part OWNER TO {other}", "part belongs to role {other}")]
    [DataRow("ALTER SCHEMA pgroll OWNER TO {other}", "GRANT USAGE ON SCHEMA pgroll TO {runner}")]
    [DataRow("ALTER TABLE pgroll.rollouts OWNER TO {other}", "GRANT SELECT, INSERT, UPDATE, DELETE ON pgroll.rollouts TO {runner}")]
    public async Task Rights_that_are_missing_are_named_before_anything_is_changed(string setting, string missing)
    {
        foreach (var major in TestDatabase.SupportedMajors)
        {
            await using var rollout = await PrepareAsync(major);
            await using var other = await TestRole.CreateAsync(rollout.Database);
            string Named(string text) => text.Replace("{other}", other.Name, StringComparison.Ordinal).Replace("{runner}", rollout.Owner!.Name, StringComparison.Ordinal)
                .Replace("{database}", new NpgsqlConnectionStringBuilder(rollout.Database.ConnectionString).Database, StringComparison.Ordinal);
            await rollout.Database.ExecuteAsync(Named(setting));
            var before = await rollout.CatalogAsync();
            var change = setting.Contains("keys", StringComparison.Ordinal) ? "- create_table: { name: pointing, columns: [{ name: k, type: int, references: { name: k_fk, table: keys, column: id } }] }"
                : setting.Contains("parts", StringComparison.Ordinal) ? NotNull.Replace("table: t", "table: parts", StringComparison.Ordinal)
                : $"{NotNull}\n- add_column: {{ table: t, column: {{ name: num, type: serial }} }}";

            var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Yaml.File("02_change", change)]));

            Assert.AreEqual(ExitReason.Usage, error.Reason, error.Message);
            StringAssert.Contains(error.Message, Named(missing));
            Assert.AreEqual(before, await rollout.CatalogAsync());
        }
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Who_may_not_see_how_far_replicas_are_behind_cannot_wait_for_them(int major)
    {
        await using var rollout = await PrepareAsync(major);
        var before = await rollout.CatalogAsync();
        var waiting = new MigrationRunner(rollout.Options with { MaxReplicaLag = TimeSpan.FromMinutes(1) });
        var change = Yaml.File("02_change", NotNull);
        async Task AssertRefusedAsync(Func<Task> command)
        {
            var error = await Assert.ThrowsExactlyAsync<PgRollException>(command);
            Assert.AreEqual(ExitReason.Usage, error.Reason, error.Message);
            StringAssert.Contains(error.Message, $"GRANT pg_read_all_stats TO {rollout.Owner!.Name}");
        }

        await AssertRefusedAsync(() => waiting.StartAsync([change]));
        Assert.AreEqual(before, await rollout.CatalogAsync());
        using var stop = new CancellationTokenSource();
        var interrupted = new MigrationRunner(rollout.Options with { Progress = new Observer(p => { if (p is StepBegins { Why: "the new version, empty as yet" }) stop.Cancel(); }) });
        await Assert.ThrowsExactlyAsync<PgRollException>(() => interrupted.StartAsync([change], stop.Token));
        await AssertRefusedAsync(() => waiting.StartAsync([change]));
        await rollout.Database.ExecuteAsync($"GRANT pg_monitor TO {rollout.Owner!.Name}");
        await waiting.StartAsync([change]);
        await rollout.Database.ExecuteAsync($"REVOKE pg_monitor FROM {rollout.Owner!.Name}");
        await AssertRefusedAsync(() => waiting.CompleteAsync());
        await rollout.Runner.CompleteAsync();
    }

    [TestMethod]
    public async Task Init_names_the_right_that_it_needs()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var role = await TestRole.CreateAsync(database);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => new MigrationRunner(new(role.ConnectionString)).InitializeAsync());

        Assert.AreEqual(ExitReason.Usage, error.Reason);
        StringAssert.Contains(error.Message, "GRANT CREATE ON DATABASE");
    }

    static async Task<Rollout> PrepareAsync(int major)
    {
        var rollout = await Rollout.CreatePlainAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        return rollout;
    }

    static async Task AssertOwnerAsync(TestDatabase database, TestRole owner) => Assert.AreEqual(0L, await database.ScalarAsync<long>(
        """
        SELECT count(*) FROM (
          SELECT relowner AS owner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname ~ '^(public|pgroll)'
          UNION ALL SELECT proowner FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname ~ '^(public|pgroll)'
          UNION ALL SELECT nspowner FROM pg_namespace WHERE nspname ~ '^(public_|pgroll)'
        ) o WHERE owner <> to_regrole($1)
        """, owner.Name));

    static async Task AssertRefusedAsync(TestRole role, string sql)
    {
        var error = await Assert.ThrowsExactlyAsync<PostgresException>(() => role.ExecuteAsync(sql));
        Assert.AreEqual(PostgresErrorCodes.InsufficientPrivilege, error.SqlState, error.MessageText);
    }
}
