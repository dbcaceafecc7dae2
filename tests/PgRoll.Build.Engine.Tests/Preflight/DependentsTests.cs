using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Preflight;

/// <summary>What hangs on the things that complete would drop is named, at start and again before complete, and nothing is changed.</summary>
[TestClass]
public sealed class DependentsTests
{
    const string Tables =
        """
        - create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true, unique: true }, { name: nr, type: serial }] }
        - create_table: { name: gone, columns: [{ name: id, type: int, pk: true }] }
        - create_index: { table: t, name: t_n, unique: true, columns: [{ column: nr }] }
        """;

    const string CopyD = "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, '')\", down: d }";
    const string CopyId = "- alter_column: { table: t, column: id, type: bigint, up: id, down: id }";
    const string DropD = "- drop_column: { table: t, column: d }";
    const string DropN = "- drop_column: { table: t, column: nr, down: \"0\" }";
    const string DropIndex = "- drop_index: { name: t_n }";
    const string DropTable = "- drop_table: { name: gone }";

    static readonly Blocker[] Blockers =
    [
        new(CopyD, "CREATE VIEW reporting.v AS SELECT d FROM t", "DROP VIEW reporting.v", "view reporting.v needs column 'd' of 't'"),
        new(DropD, "CREATE VIEW v AS SELECT d FROM t", "DROP VIEW v", "view public.v needs column 'd' of 't'"),
        new(CopyD, "CREATE MATERIALIZED VIEW reporting.m AS SELECT d FROM t", "DROP MATERIALIZED VIEW reporting.m", "materialized view reporting.m needs"),
        new(CopyId, "CREATE VIEW reporting.grouped AS SELECT id, d FROM t GROUP BY id", "DROP VIEW reporting.grouped", "view reporting.grouped needs column 'id' of 't', constraint 't_pkey' of 't'"),
        new(CopyD, "CREATE RULE remember AS ON DELETE TO t DO ALSO INSERT INTO reporting.log VALUES (OLD.d)", "DROP RULE remember ON t", "rule remember on public.t needs"),
        new(CopyD, "CREATE POLICY mine ON t USING (d = current_user)", "DROP POLICY mine ON t", "policy mine on public.t needs"),
        new(CopyD, "CREATE POLICY theirs ON reporting.log USING (d IN (SELECT d FROM t))", "DROP POLICY theirs ON reporting.log", "policy theirs on reporting.log needs"),
        new(CopyD, "CREATE TRIGGER of_d AFTER UPDATE OF d ON t FOR EACH ROW EXECUTE FUNCTION reporting.nothing()", "DROP TRIGGER of_d ON t", "trigger of_d on public.t needs"),
        new(CopyD, "CREATE TRIGGER when_d AFTER DELETE ON t FOR EACH ROW WHEN (OLD.d = 'x') EXECUTE FUNCTION reporting.nothing()", "DROP TRIGGER when_d ON t", "trigger when_d on public.t needs"),
        new(CopyD, "CREATE PUBLICATION part FOR TABLE t (id, d)", "DROP PUBLICATION part", "publication relation public.t in publication part needs column 'd' of 't'", Since: 15),
        new(CopyD, "CREATE PUBLICATION part FOR TABLE t (id, d, nr) WHERE (d <> '')", "DROP PUBLICATION part", "publication relation public.t in publication part needs", Since: 15),
        new(CopyD, "CREATE TABLE reporting.x (d text REFERENCES t (d))", "DROP TABLE reporting.x", "table constraint x_d_fkey on reporting.x needs"),
        new(CopyD, "CREATE FUNCTION reporting.f() RETURNS bigint LANGUAGE sql RETURN (SELECT count(d) FROM t)", "DROP FUNCTION reporting.f()", "function reporting.f() needs column 'd' of 't'"),
        new(DropN, "CREATE TABLE reporting.x (n int DEFAULT nextval('public.t_nr_seq'))", "DROP TABLE reporting.x", "default value for reporting.x.n needs column 'nr' of 't'"),
        new(DropIndex, "CREATE TABLE reporting.x (n int REFERENCES t (nr))", "DROP TABLE reporting.x", "table constraint x_n_fkey on reporting.x needs index 't_n'"),
        new(DropTable, "CREATE VIEW reporting.v AS SELECT id FROM gone", "DROP VIEW reporting.v", "view reporting.v needs table 'gone'"),
        new(DropTable, "CREATE TABLE reporting.x (r gone)", "DROP TABLE reporting.x", "table column reporting.x.r needs table 'gone'"),
        new(DropTable, "CREATE TABLE reporting.x (r gone[])", "DROP TABLE reporting.x", "table column reporting.x.r needs table 'gone'"),
        new(DropTable, "CREATE FUNCTION reporting.f(gone) RETURNS int LANGUAGE sql AS 'SELECT 1'", "DROP FUNCTION reporting.f(gone)", "function reporting.f(public.gone) needs table 'gone'"),
        new(DropTable, "CREATE TABLE reporting.kid () INHERITS (gone)", "DROP TABLE reporting.kid", "table reporting.kid needs table 'gone'"),
        new(DropTable, "CREATE TABLE reporting.x (id int REFERENCES gone)", "DROP TABLE reporting.x", "table constraint x_id_fkey on reporting.x needs table 'gone'"),
        new(DropTable, "CREATE PUBLICATION part FOR TABLE gone", "DROP PUBLICATION part", "publication relation public.gone in publication part needs table 'gone'"),
    ];

    /// <summary>The usual run has every other one, at start or at complete.</summary>
    public static IEnumerable<object[]> AtStart => Cases(0);

    public static IEnumerable<object[]> AtComplete => Cases(1);

    static IEnumerable<object[]> Cases(int part) =>
        from number in Enumerable.Range(0, Blockers.Length)
        where TestDatabase.IsUsual($"{Blockers[number]}", part, of: 9)
        from major in TestDatabase.MajorsFor($"{Blockers[number]}", Blockers[number].Since)
        select new object[] { major, number, Blockers[number].Name };

    [TestMethod]
    [DynamicData(nameof(AtStart))]
    public async Task Start_names_it_and_changes_nothing(int major, int number, string name)
    {
        await using var rollout = await PrepareAsync(major);
        var change = Yaml.File("02_change", Blockers[number].Change);
        await rollout.Database.ExecuteAsync(Blockers[number].Create);
        var catalog = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([change]));

        Assert.AreEqual(ExitReason.NotNow, error.Reason, error.Message);
        StringAssert.Contains(error.Message, name);
        await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.PlanAsync([change]));
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        Assert.AreEqual(1L, await rollout.Database.ScalarAsync<long>("SELECT count(*) FROM pgroll.migrations"));
        await rollout.Database.ExecuteAsync(Blockers[number].Drop);
        await rollout.ApplyAsync(change);
    }

    [TestMethod]
    [DynamicData(nameof(AtComplete))]
    public async Task Complete_names_it_and_changes_nothing(int major, int number, string name)
    {
        await using var rollout = await PrepareAsync(major);
        await rollout.Runner.StartAsync([Yaml.File("02_change", Blockers[number].Change)]);
        await rollout.Database.ExecuteAsync(Blockers[number].Create);
        var catalog = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync());

        Assert.AreEqual(ExitReason.NotNow, error.Reason, error.Message);
        StringAssert.Contains(error.Message, name);
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        await rollout.Database.ExecuteAsync(Blockers[number].Drop);
        await rollout.Runner.CompleteAsync();
    }

    public static IEnumerable<object[]> Majors => TestDatabase.SupportedMajors.Select(major => new object[] { major });

    /// <summary>Before it, the migration itself is found to be impossible. Before PostgreSQL 15 the column would go without a word.</summary>
    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_generated_column_that_came_after_start_is_not_dropped_with_its_input(int major)
    {
        await using var rollout = await PrepareAsync(major);
        await rollout.Runner.StartAsync([Yaml.File("02_change", CopyD)]);
        await rollout.Database.ExecuteAsync("ALTER TABLE t ADD COLUMN g text GENERATED ALWAYS AS (lower(d)) STORED");

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync());

        StringAssert.Contains(error.Message, "table column public.t.g needs column 'd' of 't'");
        await rollout.Database.ExecuteAsync("ALTER TABLE t DROP COLUMN g");
        await rollout.Runner.CompleteAsync();
    }

    /// <summary>What is made of the marker or of an old half during the rollout goes with them as well.</summary>
    [TestMethod]
    public async Task A_view_of_all_columns_that_came_after_start_is_found()
    {
        await using var rollout = await PrepareAsync();
        await rollout.Runner.StartAsync([Yaml.File("02_change", CopyD)]);
        await rollout.Database.ExecuteAsync("CREATE VIEW reporting.v AS SELECT * FROM t");

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync());

        StringAssert.Contains(error.Message, "view reporting.v needs column '_pgroll_needs_backfill' of 't', column 'd' of 't'");
    }

    [SampledTestMethod(of: 3)]
    [DataRow(CopyD)]
    [DataRow(CopyId)]
    [DataRow(DropD)]
    [DataRow(DropTable)]
    [DataRow("- rename_column: { table: t, from: d, to: e }")]
    [DataRow("- rename_table: { from: t, to: u }")]
    public async Task What_needs_nothing_that_goes_stays(string change)
    {
        await using var rollout = await PrepareAsync();
        await rollout.Database.ExecuteAsync(
            """
            CREATE VIEW reporting.v AS SELECT nr, 1 AS one FROM t;
            CREATE FUNCTION reporting.f() RETURNS bigint LANGUAGE sql AS 'SELECT count(d) FROM public.t';
            CREATE FUNCTION reporting.g(t) RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE TRIGGER after_all AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION reporting.nothing();
            CREATE TRIGGER after_all AFTER INSERT ON gone FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION reporting.nothing();
            CREATE POLICY all_of_them ON t USING (nr > 0);
            CREATE POLICY all_of_them ON gone USING (id > 0);
            CREATE RULE quiet AS ON INSERT TO gone DO ALSO NOTIFY gone;
            CREATE STATISTICS pair ON nr, id FROM t;
            """);

        await rollout.ApplyAsync(Yaml.File("02_change", change));
    }

    [SampledTestMethod(of: 2)]
    [DataRow("CREATE TABLE reporting.x (r t)")]
    [DataRow("CREATE TABLE reporting.x (r t[])")]
    [DataRow("CREATE DOMAIN reporting.whole AS t; CREATE TABLE reporting.x (r reporting.whole)")]
    [DataRow("CREATE TYPE reporting.pair AS (one t, other t); CREATE TABLE reporting.x (r reporting.pair[])")]
    public async Task A_column_of_the_tables_row_type_is_found_where_the_server_adds_no_marker(string create)
    {
        await using var rollout = await PrepareAsync();
        await rollout.Database.ExecuteAsync(create);
        var catalog = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Yaml.File("02_change", CopyD)]));

        Assert.AreEqual(ExitReason.NotNow, error.Reason, error.Message);
        StringAssert.Contains(error.Message, "reporting.x.r (rows of 't')");
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        await rollout.ApplyAsync(Yaml.File("02_change", "- rename_column: { table: t, from: d, to: e }"));
    }

    [TestMethod]
    public async Task A_view_of_a_partition_is_found()
    {
        await using var rollout = await PrepareAsync();
        await rollout.Database.ExecuteAsync(
            """
            CREATE TABLE parts (id int, d text) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parts DEFAULT;
            CREATE VIEW public_01_tables.parts AS SELECT * FROM parts; CREATE VIEW reporting.v AS SELECT d FROM part;
            """);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Yaml.File("02_change", "- drop_column: { table: parts, column: d }")]));

        StringAssert.Contains(error.Message, "view reporting.v needs column 'd' of 'parts'");
        Assert.DoesNotContain("public_01_tables", error.Message);
    }

    [TestMethod]
    public async Task The_numbers_of_a_serial_column_pass_to_its_copy_whoever_draws_them()
    {
        await using var rollout = await PrepareAsync();
        await rollout.Database.ExecuteAsync("CREATE TABLE reporting.x (n int DEFAULT nextval('public.t_nr_seq'))");

        await rollout.ApplyAsync(Yaml.File("02_change", "- alter_column: { table: t, column: nr, type: bigint, up: nr, down: nr }"));

        await rollout.Database.ExecuteAsync("INSERT INTO reporting.x DEFAULT VALUES");
    }

    [TestMethod]
    public async Task The_migrations_own_SQL_may_take_it_out_of_the_way()
    {
        await using var rollout = await PrepareAsync();
        await rollout.Database.ExecuteAsync("CREATE VIEW reporting.v AS SELECT d FROM t");
        var warnings = new Warnings();

        await new MigrationRunner(rollout.Options with { Progress = warnings }).StartAsync(
            [Yaml.File("02_change", $"{CopyD}\n- sql: {{ up: DROP VIEW reporting.v, onComplete: true }}")]);
        await rollout.Database.ExecuteAsync("SELECT * FROM reporting.v");
        await rollout.Runner.CompleteAsync();

        StringAssert.Contains(warnings.Single(), "view reporting.v needs column 'd' of 't'");
    }

    [TestMethod]
    public async Task SQL_that_leaves_it_in_the_way_makes_complete_fail_by_name()
    {
        await using var rollout = await PrepareAsync();
        await rollout.Database.ExecuteAsync("CREATE VIEW reporting.v AS SELECT d FROM t");
        await rollout.Runner.StartAsync([Yaml.File("02_change", $"{CopyD}\n- sql: {{ up: CREATE TABLE made (id int), onComplete: true }}")]);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync());

        StringAssert.Contains(error.Message, "view reporting.v needs column 'd' of 't'");
        Assert.IsFalse(await rollout.Database.ScalarAsync<bool>("SELECT to_regclass('made') IS NOT NULL"));
    }

    static async Task<Rollout> PrepareAsync(int? major = null)
    {
        var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_tables", Tables));
        await rollout.Database.ExecuteAsync(
            """
            INSERT INTO t VALUES (1, 'x'), (2, NULL);
            CREATE SCHEMA reporting;
            CREATE TABLE reporting.log (d text);
            CREATE FUNCTION reporting.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            """);
        return rollout;
    }

    /// <param name="Change">The migration.</param>
    /// <param name="Create">Makes what is in its way.</param>
    /// <param name="Drop">Takes it out of the way.</param>
    /// <param name="Name">What the message must say.</param>
    /// <param name="Since">The first major that knows such a thing.</param>
    sealed record Blocker(string Change, string Create, string Drop, string Name, int Since = 14);
}
