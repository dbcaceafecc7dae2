using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Preflight;

/// <summary>What the rows that are there say about a rollout before it changes anything, and that they are asked without a trace.</summary>
[TestClass]
public sealed class RowInspectionTests
{
    const string Tables =
        """
        - create_table: { name: owners, columns: [{ name: id, type: int, pk: true }, { name: code, type: text, nullable: true }] }
        - create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }, { name: num, type: int, nullable: true }, { name: mum, type: int, nullable: true }] }
        - create_table: { name: pair, columns: [{ name: a, type: int, pk: true }, { name: b, type: text, pk: true }, { name: v, type: int, nullable: true }] }
        """;

    const string Rows =
        """
        INSERT INTO owners VALUES (1, 'x'), (2, 'y');
        INSERT INTO t VALUES (1, 'one', 1, 1), (2, NULL, 2, 1), (3, 'three', 7, NULL), (4, 'three', NULL, NULL);
        INSERT INTO pair VALUES (1, 'x', NULL), (2, 'it''s', -5);
        """;

    [SampledTestMethod(of: 8)]
    [DataRow("- alter_column: { table: t, column: d, nullable: false, up: d, down: d }",
        "PGR1004 operations[0].alter_column.nullable: 1 row of 't' would be NULL in 'd', which is NOT NULL in the new version (such as id = 2).")]
    [DataRow("- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, '')\", down: d }", "")]
    [DataRow("- add_column: { table: t, column: { name: e, type: text }, up: d }",
        "PGR1004 operations[0].add_column.column.nullable: 1 row of 't' would be NULL in 'e', which is NOT NULL in the new version (such as id = 2).")]
    [DataRow("- alter_column: { table: pair, column: v, nullable: false, up: v, down: v }",
        "PGR1004 operations[0].alter_column.nullable: 1 row of 'pair' would be NULL in 'v', which is NOT NULL in the new version (such as (a, b) = (1,x)).")]
    [DataRow("- alter_column: { table: pair, column: v, check: { name: v_check, constraint: v > 0 }, up: v, down: v }",
        "PGR1004 operations[0].alter_column.check.constraint: 1 row of 'pair' would break the check 'v_check' (such as (a, b) = (2,it's), v = -5).")]
    [DataRow("- alter_column: { table: pair, column: v, check: { name: v_check, constraint: v > 0 }, up: abs(v), down: v }", "")]
    [DataRow("- create_constraint: { table: t, name: c, type: check, columns: [num, mum], check: num <= mum, up: { num: num, mum: mum }, down: { num: num, mum: mum } }",
        "PGR1004 operations[0].create_constraint.check: 1 row of 't' would break the check 'c' (such as id = 2, num = 2, mum = 1).")]
    [DataRow("- alter_column: { table: t, column: d, unique: { name: u } }",
        "PGR1004 operations[0].alter_column.unique: 2 rows of 't' would have the same 'd' as others, which 'u' forbids (such as id = 3 and 4, d = three).")]
    [DataRow("- alter_column: { table: t, column: d, unique: { name: u }, up: d || id, down: d }", "")]
    [DataRow("- create_index: { name: i, table: t, columns: [{ column: d }], unique: true }",
        "PGR1004 operations[0].create_index.unique: 2 rows of 't' would have the same 'd' as others, which 'i' forbids (such as id = 3 and 4, d = three).")]
    [DataRow("- create_index: { name: i, table: t, columns: [{ column: mum, sort: DESC, nulls: LAST }], unique: true, predicate: num < 5 }",
        "PGR1004 operations[0].create_index.unique: 2 rows of 't' would have the same 'mum' as others, which 'i' forbids (such as id = 1 and 2, mum = 1).")]
    [DataRow("- create_index: { name: i, table: t, columns: [{ column: mum }], unique: true, predicate: num > 1 }", "")]
    [DataRow("- create_index: { name: i, table: t, columns: [{ column: d }, { column: num }], unique: true }", "")]
    [DataRow("- create_constraint: { table: pair, name: u, type: unique, columns: [a], up: { a: \"1\" }, down: { a: a } }",
        "PGR1004 operations[0].create_constraint.columns: 2 rows of 'pair' would have the same 'a' as others, which 'u' forbids (such as (a, b) = (1,x) and (2,it's), a = 1).")]
    [DataRow("- alter_column: { table: t, column: num, references: { name: f, table: owners, column: id }, up: num, down: num }",
        "PGR1004 operations[0].alter_column.references: 1 row of 't' would point with 'num' to no row of 'owners', which 'f' forbids (such as id = 3, num = 7).")]
    [DataRow("- alter_column: { table: t, column: num, references: { name: f, table: owners, column: id }, up: CASE WHEN num < 3 THEN num END, down: num }", "")]
    [DataRow("- create_table: { name: fresh, columns: [{ name: id, type: int, pk: true }] }\n- alter_column: { table: t, column: mum, references: { name: f, table: fresh, column: id }, up: mum, down: mum }",
        "PGR1004 operations[1].alter_column.references: 2 rows of 't' would point with 'mum' to no row of 'fresh', which 'f' forbids (such as id = 1, mum = 1).")]
    [DataRow("- alter_column: { table: t, column: d, type: int, up: d::int, down: d::text }",
        "PGR1004 operations[0].alter_column.up: 't.d' cannot be computed for every row: 22P02: invalid input syntax for type integer: \"one\".")]
    [DataRow("- alter_column: { table: t, column: d, type: varchar(4), up: d, down: d }",
        "PGR1004 operations[0].alter_column.up: 2 rows of 't' would have a value in 'd' that is longer than varchar(4) (such as id = 3, d = thre).")]
    [DataRow("- alter_column: { table: t, column: d, type: varchar(5), up: d, down: d }", "")]
    [DataRow("- alter_column: { table: t, column: num, type: \"numeric(2,2)\", up: num, down: num }",
        "PGR1004 operations[0].alter_column.up: 't.num' cannot be computed for every row: 22003: numeric field overflow.")]
    [DataRow("- add_column: { table: t, column: { name: e, type: int, nullable: true }, up: 100 / (num - 7) }",
        "PGR1004 operations[0].add_column.up: 't.e' cannot be computed for every row: 22012: division by zero.")]
    [DataRow("- add_column: { table: t, column: { name: e, type: int, nullable: true }, up: nosuch(num) }",
        "PGR1010 operations[0].add_column.up: The server refuses up of 't.e': 42883: function nosuch(integer) does not exist.")]
    [DataRow("- add_column: { table: t, column: { name: e, type: int, nullable: true, check: { name: c, constraint: nosuch(e) } }, up: num }",
        "PGR1010 operations[0].add_column.column.check.constraint: The server refuses 'c': 42883: function nosuch(integer) does not exist.")]
    // Chains: one copy, whose value goes through all of them.
    [DataRow("- alter_column: { table: t, column: d, type: varchar(9), up: \"nullif(d, 'one')\", down: d }\n- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, nullif(id, 2)::text)\", down: d }",
        "PGR1004 operations[1].alter_column.nullable: 1 row of 't' would be NULL in 'd', which is NOT NULL in the new version (such as id = 2).")]
    [DataRow("- rename_column: { table: t, from: d, to: x }\n- alter_column: { table: t, column: x, nullable: false, up: x, down: x }",
        "PGR1004 operations[1].alter_column.nullable: 1 row of 't' would be NULL in 'x', which is NOT NULL in the new version (such as id = 2).")]
    [DataRow("- add_column: { table: t, column: { name: e, type: text, nullable: true }, up: upper(d) }\n- create_index: { name: i, table: t, columns: [{ column: e }], unique: true }",
        "PGR1004 operations[1].create_index.unique: 2 rows of 't' would have the same 'e' as others, which 'i' forbids (such as id = 3 and 4, e = THREE).")]
    [DataRow("- add_column: { table: t, column: { name: e, type: int, unique: true, default: \"1\" } }",
        "PGR1004 operations[0].add_column.column.unique: 4 rows of 't' would have the same 'e' as others, which 'e' forbids (such as id = 1 and 4, e = 1).")]
    [DataRow("- alter_column: { table: owners, column: id, type: bigint, up: id + 10, down: id - 10 }\n- alter_column: { table: t, column: mum, type: bigint, references: { name: f, table: owners, column: id }, up: mum, down: mum }",
        "PGR1004 operations[1].alter_column.references: 2 rows of 't' would point with 'mum' to no row of 'owners', which 'f' forbids (such as id = 1, mum = 1).")]
    [DataRow("- alter_column: { table: owners, column: id, type: bigint, up: id + 10, down: id - 10 }\n- alter_column: { table: t, column: mum, type: bigint, references: { name: f, table: owners, column: id }, up: mum + 10, down: mum - 10 }", "")]
    // What draws numbers is not asked.
    [DataRow("- add_column: { table: t, column: { name: e, type: serial, unique: true } }", "")]
    [DataRow("- add_column: { table: t, column: { name: e, type: uuid, unique: true, default: gen_random_uuid() } }", "")]
    public async Task What_does_not_fit_is_told_where_it_is_asked_for_and_nothing_is_left(string change, string expected)
    {
        await using var rollout = await FilledAsync();
        var before = await rollout.CatalogAsync();
        var file = Yaml.File("02_change", change);

        var planned = await rollout.Runner.PlanAsync([file]);

        Assert.AreEqual(before, await rollout.CatalogAsync());
        StringAssert.StartsWith(Told(planned!.Live), expected);
        if (expected.Length == 0)
        {
            Assert.AreEqual("", Told(planned.Live));
            await rollout.ApplyAsync(file);
            return;
        }
        var refused = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([file]));
        Assert.AreEqual(ExitReason.Findings, refused.Reason);
        Assert.AreEqual(Told(planned.Live), Told(refused.Diagnostics));
        Assert.AreEqual(before, await rollout.CatalogAsync());
        Assert.AreEqual(0, await rollout.Database.ScalarAsync<long>("SELECT count(*) FROM pgroll.migrations WHERE NOT done"));
        if (!TestDatabase.IsLong)
            return;
        // It is right: start meets the same.
        var met = await Assert.ThrowsExactlyAsync<PgRollException>(() => Unasked(rollout).StartAsync([file]));
        Assert.AreEqual(ExitReason.DatabaseError, met.Reason);
        StringAssert.Contains(met.Message, "Asked for at 02_change.yaml(");
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    [TestMethod]
    public async Task Each_file_of_a_rollout_has_its_own_findings()
    {
        await using var rollout = await FilledAsync();
        var planned = await rollout.Runner.PlanAsync(
        [
            Yaml.File("02_d", "- alter_column: { table: t, column: d, nullable: false, up: d, down: d }"),
            Yaml.File("03_v", "- alter_column: { table: pair, column: v, nullable: false, up: v, down: v }"),
            Yaml.File("04_d", "- rename_column: { table: t, from: d, to: e }\n- create_index: { name: i, table: t, columns: [{ column: e }], unique: true }"),
        ]);

        Assert.AreEqual(
            "02_d.yaml(2): 1 row of 't' would be NULL in 'e'\n04_d.yaml(3): 2 rows of 't' would have the same 'e'\n03_v.yaml(2): 1 row of 'pair' would be NULL in 'v'",
            string.Join('\n', planned!.Live.OrderBy(d => d.Message.Contains("pair", StringComparison.Ordinal)).Select(d => $"{d.Location.File}({d.Location.Span.Line}): {d.Message[..(d.Message.IndexOf('\'', d.Message.IndexOf(" would", StringComparison.Ordinal)) + 3)]}")));
    }

    [TestMethod]
    public async Task A_partitioned_table_is_asked_as_a_whole()
    {
        await using var rollout = await FilledAsync();
        await rollout.Database.ExecuteAsync(
            """
            CREATE TABLE parts (id int, d text, PRIMARY KEY (id)) PARTITION BY RANGE (id);
            CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (10); CREATE TABLE high PARTITION OF parts DEFAULT;
            INSERT INTO parts VALUES (1, 'a'), (2, NULL), (20, NULL);
            """);
        var planned = await rollout.Runner.PlanAsync([Yaml.File("02_change", "- alter_column: { table: parts, column: d, nullable: false, up: d, down: d }")]);
        StringAssert.Contains(Told(planned!.Live), ": 2 rows of 'parts' would be NULL in 'd'");
    }

    [TestMethod]
    public async Task What_a_function_looks_for_when_it_runs_is_found_as_start_finds_it()
    {
        await using var rollout = await FilledAsync();
        await rollout.Database.ExecuteAsync(
            """
            CREATE TYPE size AS ENUM ('one', 'three');
            CREATE FUNCTION try_size(text) RETURNS size LANGUAGE plpgsql AS $$ BEGIN RETURN $1::size; EXCEPTION WHEN others THEN RETURN NULL; END $$;
            UPDATE t SET d = 'one' WHERE d IS NULL;
            """);
        var file = Yaml.File("02_change", "- alter_column: { table: t, column: d, type: size, nullable: false, up: try_size(d), down: \"d::text\" }");

        Assert.AreEqual("", Told((await rollout.Runner.PlanAsync([file]))!.Live));
        await rollout.ApplyAsync(file);
    }

    [TestMethod]
    public async Task Values_are_shown_where_the_driver_may_show_them_alone()
    {
        await using var rollout = await FilledAsync();
        var runner = new MigrationRunner(rollout.Options with { ConnectionString = rollout.Database.ConnectionString });

        var planned = await runner.PlanAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, unique: { name: u } }")]);

        StringAssert.Contains(Told(planned!.Live), "(such as id = 3 and 4)");
    }

    [TestMethod]
    public async Task Names_may_be_anything()
    {
        await using var rollout = await FilledAsync();
        var file = Yaml.File("02_names",
            """
            - create_table: { name: "{0} \"o'd", columns: [{ name: "sel\"ect {1}", type: int, pk: true }, { name: "SELECT", type: text, nullable: true }] }
            """);
        await rollout.ApplyAsync(file);
        await rollout.Database.ExecuteAsync("INSERT INTO \"{0} \"\"o'd\" VALUES (1, '''; DROP {3}'), (2, NULL), (3, '''; DROP {3}')");

        var planned = await rollout.Runner.PlanAsync([Yaml.File("03_change",
            """
            - alter_column: { table: "{0} \"o'd", column: "SELECT", nullable: false, up: "\"SELECT\"", down: "\"SELECT\"", unique: { name: "u {2}" } }
            """)]);

        Assert.AreEqual(
            """
            PGR1004 operations[0].alter_column.nullable: 1 row of '{0} "o'd' would be NULL in 'SELECT', which is NOT NULL in the new version (such as sel"ect {1} = 2).
            PGR1004 operations[0].alter_column.unique: 2 rows of '{0} "o'd' would have the same 'SELECT' as others, which 'u {2}' forbids (such as sel"ect {1} = 1 and 3, SELECT = '; DROP {3}).
            """, Told(planned!.Live));
    }

    [TestMethod]
    public async Task Long_values_are_shown_in_part()
    {
        await using var rollout = await FilledAsync();
        await rollout.Database.ExecuteAsync("UPDATE t SET d = repeat('secret ', 100) WHERE d = 'three'");
        var told = Told((await rollout.Runner.PlanAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, unique: { name: u } }")]))!.Live);
        StringAssert.EndsWith(told, "d = secret secret secret secret secret secre…).");
    }

    [TestMethod]
    public async Task What_is_suppressed_is_left_to_start()
    {
        await using var rollout = await FilledAsync();
        var file = Yaml.File("02_change", "# pgroll-disable PGR1004: repaired before the deploy\n- alter_column: { table: t, column: d, nullable: false, up: d, down: d }");

        var planned = await rollout.Runner.PlanAsync([file]);
        Assert.AreEqual("PGR1004", string.Join(' ', planned!.Live.Select(d => d.Rule.Id)));
        Assert.IsEmpty(planned.Findings);
        Assert.AreEqual(ExitReason.DatabaseError, (await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([file]))).Reason);
        await rollout.Database.ExecuteAsync("UPDATE t SET d = '' WHERE d IS NULL");
        await rollout.ApplyAsync(file);
    }

    /// <summary>An answer would take longer than there is time, or somebody keeps a table locked.</summary>
    [TestMethod]
    [DataRow("slow(d)")]
    [DataRow("(SELECT x.d FROM other.x LIMIT 1)")]
    public async Task What_is_not_answered_in_time_is_not_told(string up)
    {
        await using var rollout = await FilledAsync();
        await rollout.Database.ExecuteAsync("CREATE FUNCTION slow(text) RETURNS text LANGUAGE sql AS 'SELECT $1 FROM pg_sleep(60)'; CREATE SCHEMA other; CREATE TABLE other.x (d text)");
        var file = Yaml.File("02_change", $"- alter_column: {{ table: t, column: d, nullable: false, up: {up}, down: d }}");
        await using var client = await rollout.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await client.BeginTransactionAsync();
        await using var hold = new Npgsql.NpgsqlCommand("LOCK TABLE other.x IN ACCESS EXCLUSIVE MODE", client);
        await hold.ExecuteNonQueryAsync();

        var planned = await new MigrationRunner(rollout.Options with { RowCheckTime = TimeSpan.FromMilliseconds(300), LockTimeout = TimeSpan.FromMilliseconds(50) }).PlanAsync([file]);

        Assert.AreEqual("", Told(planned!.Live));
    }

    /// <summary>Expressions are tried and evaluated for real, but can change nothing.</summary>
    [TestMethod]
    public async Task What_an_expression_would_change_stays_as_it_is()
    {
        await using var rollout = await FilledAsync();
        await rollout.Database.ExecuteAsync(
            """
            CREATE SEQUENCE numbers; CREATE TABLE log (d text);
            CREATE FUNCTION noted(text) RETURNS text LANGUAGE plpgsql AS $$BEGIN INSERT INTO log VALUES ($1); RETURN NULL; END$$;
            """);
        var before = await rollout.CatalogAsync();
        var planned = await rollout.Runner.PlanAsync([Yaml.File("02_change",
            """
            - alter_column: { table: t, column: d, nullable: false, up: noted(d), down: d }
            - alter_column: { table: t, column: num, nullable: false, up: "nullif(nextval('numbers'), 1)::int", down: num }
            """)]);

        Assert.AreEqual("", Told(planned!.Live));
        Assert.AreEqual(before, await rollout.CatalogAsync());
        Assert.AreEqual(0, await rollout.Database.ScalarAsync<long>("SELECT count(*) FROM log"));
        Assert.IsFalse(await rollout.Database.ScalarAsync<bool>("SELECT is_called FROM numbers"));
    }

    [TestMethod]
    public async Task A_plain_role_is_told_the_same_and_of_rows_that_it_may_not_see_nothing()
    {
        await using var rollout = await Rollout.CreatePlainAsync();
        await rollout.ApplyAsync(Yaml.File("01_tables", Tables));
        await rollout.AsOwnerAsync(Rows);
        var file = Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: d, down: d }");
        StringAssert.Contains(Told((await rollout.Runner.PlanAsync([file]))!.Live), "PGR1004");

        await rollout.AsOwnerAsync("ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
        Assert.AreEqual("", Told((await rollout.Runner.PlanAsync([Yaml.File("02_change", "- create_index: { name: i, table: t, columns: [{ column: d }], unique: true }")]))!.Live));
    }

    [TestMethod]
    public async Task Skipped_validation_asks_nothing()
    {
        await using var rollout = await FilledAsync();
        var file = Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: d, down: d }");
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => new MigrationRunner(rollout.Options with { SkipValidation = true }).StartAsync([file]));
        Assert.AreEqual(ExitReason.DatabaseError, error.Reason);
    }

    /// <summary>A BEFORE trigger of the table's own may be what repairs the rows.</summary>
    [TestMethod]
    public async Task Rows_that_a_trigger_will_change_are_not_judged()
    {
        await using var rollout = await FilledAsync();
        await rollout.Database.ExecuteAsync(
            """
            CREATE FUNCTION repair() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.d := coalesce(NEW.d, 'repaired'); RETURN NEW; END$$;
            CREATE TRIGGER repair BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION repair(); ALTER TABLE t ENABLE ALWAYS TRIGGER repair;
            """);
        var runner = new MigrationRunner(rollout.Options with { AllowUserTriggers = true });
        Assert.IsNotNull(await runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: d, down: d }")]));
    }

    static MigrationRunner Unasked(Rollout rollout) => new(rollout.Options with { RowCheckTime = TimeSpan.Zero });

    static async Task<Rollout> FilledAsync()
    {
        var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_tables", Tables));
        await rollout.Database.ExecuteAsync(Rows);
        return rollout;
    }

    static string Told(IEnumerable<Diagnostic> found) => string.Join(Environment.NewLine, found.Select(d => $"{d.Rule.Id} {d.Location.Path}: {d.Message}"));
}
