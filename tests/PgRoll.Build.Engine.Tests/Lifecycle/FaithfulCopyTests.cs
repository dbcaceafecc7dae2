using System.Text.RegularExpressions;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>
/// Whatever a column can carry, its copy carries after complete: the database is the one that plain SQL would have made of it, but for
/// the place of the column in its table. The properties stand in one database, a table each; the table says which one was lost.
/// </summary>
[TestClass]
public sealed partial class FaithfulCopyTests
{
    const string Old = "public_01_other", New = "public_02_change";

    /// <summary>A table with something to carry on its column d.</summary>
    /// <param name="Table">Its name, which says what it is about.</param>
    /// <param name="Type">The type of d.</param>
    /// <param name="Sql">What makes it; <c>{0}</c> is a role.</param>
    sealed record Carrier(string Table, string Type, string Sql)
    {
        /// <summary>The first server that has such a thing.</summary>
        public int Since { get; init; } = 14;

        /// <summary>The type that d changes to; null for none.</summary>
        public string? To { get; init; }

        /// <summary>What else plain SQL must do then, to arrive where the migration does.</summary>
        public string AfterType { get; init; } = "";

        /// <summary>Whether d may hold NULL.</summary>
        public bool IsNullable { get; init; } = true;
    }

    static readonly Carrier[] Carriers =
    [
        new("bare", "text", "CREATE TABLE bare (d text, a int, b int); INSERT INTO bare VALUES ('1', 1, 1), ('2', 2, 2)") { To = "varchar(40)" },
        new("has_default", "text", "CREATE TABLE has_default (a int, d text DEFAULT 'x', b int); INSERT INTO has_default DEFAULT VALUES")
        {
            To = "varchar(40)", AfterType = "ALTER TABLE has_default ALTER d DROP DEFAULT, ALTER d SET DEFAULT 'x'",
        },
        new("has_default_number", "int", "CREATE TABLE has_default_number (a int, d int DEFAULT 5, b int); INSERT INTO has_default_number DEFAULT VALUES")
        {
            To = "bigint", AfterType = "ALTER TABLE has_default_number ALTER d DROP DEFAULT, ALTER d SET DEFAULT 5",
        },
        new("required", "text", "CREATE TABLE required (a int, d text NOT NULL)") { To = "varchar(40)", IsNullable = false },
        new("collated", "text", "CREATE TABLE collated (a int, d text COLLATE \"C\")") { To = "varchar(40)", AfterType = "ALTER TABLE collated ALTER d TYPE varchar(40) COLLATE \"C\"" },
        new("collation_ends", "text", "CREATE TABLE collation_ends (a int, d text COLLATE \"C\"); CREATE TYPE mood AS ENUM ('ok')") { To = "mood" },
        new("commented", "text", "CREATE TABLE commented (a int, d text); COMMENT ON COLUMN commented.d IS 'it''s d'") { To = "varchar(40)" },
        new("checked", "text",
            """
            CREATE TABLE checked (a int, d text, CONSTRAINT c1 CHECK (d <> '' AND a > 0), CONSTRAINT c2 CHECK (length(d) < 9) NO INHERIT);
            COMMENT ON CONSTRAINT c1 ON checked IS 'never empty'
            """) { To = "varchar(40)" },
        new("unproven", "text", "CREATE TABLE unproven (a int, d text); ALTER TABLE unproven ADD CONSTRAINT c CHECK (d <> '') NOT VALID; COMMENT ON CONSTRAINT c ON unproven IS 'some day'") { To = "varchar(40)" },
        new("keyed", "int",
            """
            CREATE TABLE keyed (a int, d int, b int, CONSTRAINT key PRIMARY KEY (b, d) INCLUDE (a) WITH (fillfactor = 70));
            COMMENT ON CONSTRAINT key ON keyed IS 'the key'; COMMENT ON INDEX key IS 'of the key';
            ALTER TABLE keyed CLUSTER ON key; ALTER TABLE keyed REPLICA IDENTITY USING INDEX key;
            CREATE TABLE points (b int, d int, CONSTRAINT p FOREIGN KEY (d, b) REFERENCES keyed (d, b) ON DELETE CASCADE);
            COMMENT ON CONSTRAINT p ON points IS 'points';
            CREATE TABLE points_so_far (b int, d int); INSERT INTO points_so_far VALUES (7, 7);
            ALTER TABLE points_so_far ADD CONSTRAINT p FOREIGN KEY (d, b) REFERENCES keyed (d, b) ON DELETE CASCADE NOT VALID
            """) { To = "bigint", IsNullable = false },
        new("single", "text",
            """
            CREATE TABLE single (a int, d text, CONSTRAINT s UNIQUE (d) INCLUDE (a) WITH (fillfactor = 60), CONSTRAINT included UNIQUE (a) INCLUDE (d));
            COMMENT ON CONSTRAINT s ON single IS 'once'; COMMENT ON INDEX s IS 'for once'; COMMENT ON INDEX included IS 'with d'
            """) { To = "varchar(40)" },
        new("single_null", "text", "CREATE TABLE single_null (a int, d text, CONSTRAINT sn UNIQUE NULLS NOT DISTINCT (a, d))") { Since = 15, To = "varchar(40)" },
        new("indexed", "text",
            """
            CREATE TABLE indexed (a int, d text);
            CREATE UNIQUE INDEX i1 ON indexed USING btree (lower(d) COLLATE "C" text_pattern_ops DESC NULLS LAST, a, (a || d)) INCLUDE (d) WITH (fillfactor = 50) WHERE d <> '';
            ALTER INDEX i1 ALTER 1 SET STATISTICS 50; ALTER INDEX i1 ALTER 3 SET STATISTICS 0;
            COMMENT ON INDEX i1 IS 'one';
            CREATE INDEX i2 ON indexed USING gin (to_tsvector('simple', d)) WITH (fastupdate = off);
            CREATE INDEX i3 ON indexed USING brin (d) WITH (pages_per_range = 4);
            CREATE INDEX i4 ON indexed USING hash (d);
            CREATE INDEX i5 ON indexed (d); ALTER TABLE indexed CLUSTER ON i5;
            INSERT INTO indexed SELECT i, i::text FROM generate_series(1, 9) i
            """) { To = "varchar(40)", AfterType = "ALTER INDEX i1 ALTER 1 SET STATISTICS 50; ALTER INDEX i1 ALTER 3 SET STATISTICS 0" },
        new("of_extension", "text", "CREATE EXTENSION pg_trgm; CREATE TABLE of_extension (a int, d text, CONSTRAINT e2 UNIQUE (d)); CREATE INDEX e1 ON of_extension USING gist (d gist_trgm_ops (siglen = 32)); ALTER INDEX e1 DEPENDS ON EXTENSION pg_trgm; ALTER INDEX e2 DEPENDS ON EXTENSION pg_trgm"),
        new("refers", "int",
            """
            CREATE TABLE target (a int, d int, PRIMARY KEY (a, d), UNIQUE (d)); INSERT INTO target VALUES (1, 1);
            CREATE SCHEMA far; CREATE TABLE far.target (d int PRIMARY KEY);
            CREATE TABLE refers (a int, d int,
              CONSTRAINT f1 FOREIGN KEY (d, a) REFERENCES target (d, a) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
              CONSTRAINT f2 FOREIGN KEY (d) REFERENCES target (d) ON DELETE RESTRICT DEFERRABLE);
            INSERT INTO refers VALUES (1, 1); SET CONSTRAINTS ALL IMMEDIATE;
            ALTER TABLE refers ADD CONSTRAINT f3 FOREIGN KEY (d) REFERENCES far.target NOT VALID;
            COMMENT ON CONSTRAINT f3 ON refers IS 'far'
            """) { To = "bigint" },
        new("refers_in_part", "int", "CREATE TABLE refers_in_part (a int, d int, PRIMARY KEY (a), UNIQUE (a, d), FOREIGN KEY (a, d) REFERENCES refers_in_part (a, d) ON DELETE SET NULL (d))") { Since = 15, To = "bigint" },
        new("numbered", "int",
            """
            CREATE TABLE numbered (a int, d int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME counter START 7 INCREMENT 3 MAXVALUE 5000 CACHE 2 CYCLE), b int);
            COMMENT ON SEQUENCE counter IS 'counts'; GRANT USAGE ON SEQUENCE counter TO PUBLIC; GRANT SELECT, UPDATE ON SEQUENCE counter TO {0} WITH GRANT OPTION;
            INSERT INTO numbered (a) VALUES (1), (2)
            """) { To = "bigint", IsNullable = false },
        new("numbered_freely", "int", "CREATE TABLE numbered_freely (a int, d int GENERATED BY DEFAULT AS IDENTITY); ALTER SEQUENCE numbered_freely_d_seq AS bigint MAXVALUE 5000000000") { IsNullable = false },
        new("serial", "int", "CREATE TABLE serial (a int, d serial); GRANT USAGE ON SEQUENCE serial_d_seq TO {0}; COMMENT ON SEQUENCE serial_d_seq IS 'counts too'")
        {
            To = "bigint", AfterType = "ALTER SEQUENCE serial_d_seq AS bigint", IsNullable = false,
        },
        new("owns", "int", "CREATE TABLE owns (a int, d serial); CREATE SEQUENCE more OWNED BY owns.d") { IsNullable = false },
        new("owns_unused", "int", "CREATE TABLE owns_unused (d int); CREATE SEQUENCE unused OWNED BY owns_unused.d") { To = "bigint" },
        new("tuned", "text", "CREATE TABLE tuned (a int, d text); ALTER TABLE tuned ALTER d SET STATISTICS 0, ALTER d SET (n_distinct = -0.5, n_distinct_inherited = 7), ALTER d SET STORAGE EXTERNAL, ALTER d SET COMPRESSION pglz")
        {
            To = "varchar(40)", AfterType = "ALTER TABLE tuned ALTER d SET STORAGE EXTERNAL, ALTER d SET COMPRESSION pglz",
        },
        new("tuned_till_now", "text", "CREATE TABLE tuned_till_now (a int, d text); ALTER TABLE tuned_till_now ALTER d SET STATISTICS 10, ALTER d SET STORAGE MAIN, ALTER d SET COMPRESSION pglz") { To = "int" },
        new("known", "text",
            """
            CREATE TABLE known (a int, b int, d text);
            CREATE STATISTICS st1 (mcv, ndistinct) ON a, d, b FROM known; ALTER STATISTICS st1 SET STATISTICS 500; COMMENT ON STATISTICS st1 IS 'a and d'; ALTER STATISTICS st1 OWNER TO {0};
            CREATE STATISTICS st2 ON d, (a || d) FROM known;
            CREATE SCHEMA aside; CREATE STATISTICS aside.st3 ON lower(d) FROM known;
            CREATE STATISTICS st4 ON a, b FROM known
            """),
        new("known_number", "int", "CREATE TABLE known_number (a int, d int); CREATE STATISTICS st5 (dependencies) ON a, d FROM known_number") { To = "bigint" },
        new("allowed", "text", "CREATE TABLE allowed (a int, d text); GRANT SELECT (d), UPDATE (d, a) ON allowed TO {0}; GRANT INSERT (d) ON allowed TO {0} WITH GRANT OPTION; GRANT REFERENCES (d) ON allowed TO PUBLIC, CURRENT_USER; GRANT SELECT ON allowed TO {0}") { To = "varchar(40)" },
        new("of_domain", "short", "CREATE DOMAIN short AS text COLLATE \"C\" DEFAULT 'y' CHECK (length(VALUE) < 9); CREATE TABLE of_domain (a int, d short)"),
        new("list", "int[]", "CREATE TABLE list (a int, d int[] DEFAULT '{1}'); CREATE INDEX ON list USING gin (d)"),
        new("logless", "int", "CREATE UNLOGGED TABLE logless (a int, d int GENERATED ALWAYS AS IDENTITY, CONSTRAINT lk PRIMARY KEY (d))") { IsNullable = false, To = "bigint" },
        new("named", "text", "CREATE TABLE named (a int, d text CONSTRAINT \"d must be\" NOT NULL NO INHERIT, e int NOT NULL); COMMENT ON CONSTRAINT \"d must be\" ON named IS 'at last'") { Since = 18, IsNullable = false, To = "varchar(40)" },
        new("named_alike", "text", "CREATE TABLE named_alike (a int, d text CONSTRAINT named_alike_e_not_null NOT NULL, e int CONSTRAINT named_alike_d_not_null NOT NULL)") { Since = 18, IsNullable = false, To = "varchar(40)" },
        new("from_now_on", "text", "CREATE TABLE from_now_on (a int, d text); ALTER TABLE from_now_on ADD CONSTRAINT fno NOT NULL d NOT VALID") { Since = 18, IsNullable = false, To = "varchar(40)" },
        new("unenforced", "int", "CREATE TABLE unenforced (a int, d int, CONSTRAINT u1 CHECK (d > 5) NOT ENFORCED, CONSTRAINT u2 FOREIGN KEY (d) REFERENCES target (d) NOT ENFORCED); INSERT INTO unenforced VALUES (1, 1)") { Since = 18, To = "bigint" },
        new("for_a_time", "int", "CREATE EXTENSION btree_gist; CREATE TABLE times (d int, span daterange, CONSTRAINT tk PRIMARY KEY (d, span WITHOUT OVERLAPS)); CREATE TABLE for_a_time (d int, span daterange, CONSTRAINT fk FOREIGN KEY (d, PERIOD span) REFERENCES times)") { Since = 18 },
    ];

    /// <summary>A migration for each carrier, and the SQL that says the same; null where the one makes no sense.</summary>
    static readonly Dictionary<string, Func<Carrier, (string Operation, string Sql)?>> Changes = new()
    {
        ["the same type again"] = static c => ($"alter_column: {{ table: {c.Table}, column: d, type: '{c.Type}', up: d, down: d }}", ""),
        ["another type"] = static c => c.To is null ? null :
            ($"alter_column: {{ table: {c.Table}, column: d, type: {c.To}, up: 'CAST(d AS {c.To})', down: 'CAST(d AS {c.Type})' }}",
            $"ALTER TABLE {c.Table} ALTER d TYPE {c.To} USING CAST(d AS {c.To}); {c.AfterType}"),
        ["no NULL any more"] = static c => !c.IsNullable ? null :
            ($"alter_column: {{ table: {c.Table}, column: d, nullable: false, up: \"coalesce(d, '{(c.Type == "int[]" ? "{}" : "1")}')\" }}",
            $"UPDATE {c.Table} SET d = '{(c.Type == "int[]" ? "{}" : "1")}' WHERE d IS NULL; ALTER TABLE {c.Table} ALTER d SET NOT NULL"),
        ["another name"] = static c => ($"rename_column: {{ table: {c.Table}, from: d, to: other }}", $"ALTER TABLE {c.Table} RENAME d TO other"),
        ["another name and the same type again"] = static c =>
            ($"rename_column: {{ table: {c.Table}, from: d, to: other }}\n- alter_column: {{ table: {c.Table}, column: other, type: '{c.Type}', up: other, down: other }}",
            $"ALTER TABLE {c.Table} RENAME d TO other"),
        ["further columns"] = static c =>
            ($"add_column: {{ table: {c.Table}, column: {{ name: more, type: int, default: '0' }} }}\n- add_column: {{ table: {c.Table}, column: {{ name: further, type: int }}, up: '1' }}",
            $"ALTER TABLE {c.Table} ADD more int NOT NULL DEFAULT 0, ADD further int NOT NULL DEFAULT 1; ALTER TABLE {c.Table} ALTER further DROP DEFAULT"),
        ["one constraint less"] = static c =>
            ($"drop_constraint: {{ table: {c.Table}, name: superfluous, down: d }}", $"ALTER TABLE {c.Table} DROP CONSTRAINT superfluous"),
        ["one more constraint"] = static c =>
            ($"create_constraint: {{ table: {c.Table}, name: further, type: check, columns: [d], check: 'num_nulls(d) < 2', up: {{ d: d }}, down: {{ d: d }} }}",
            $"ALTER TABLE {c.Table} ADD CONSTRAINT further CHECK (num_nulls(d) < 2)"),
    };

    public static IEnumerable<object[]> Rows =>
        from change in Changes.Keys
        where TestDatabase.IsUsual(change, 0, of: 5)
        from major in TestDatabase.MajorsFor(change)
        select new object[] { change, major };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Nothing_but_what_the_migration_says_is_different(string change, int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await using var role = await TestRole.CreateAsync(rollout.Database);
        await using var twin = await Rollout.CreateAsync(major);
        var carriers = Carriers.Where(c => c.Since <= major).ToList();
        foreach (var each in (Rollout[])[rollout, twin])
        {
            await each.ApplyAsync(Yaml.File("01_other", "- create_table: { name: other, columns: [{ name: id, type: int, pk: true }] }"));
            foreach (var carrier in carriers)
            {
                await each.Database.ExecuteAsync(carrier.Sql.Replace("{0}", role.Name, StringComparison.Ordinal));
                await each.Database.ExecuteAsync($"ALTER TABLE {carrier.Table} ADD CONSTRAINT superfluous CHECK (num_nulls(d) < 3)");
            }
        }
        var steps = carriers.Select(Changes[change]).OfType<(string Operation, string Sql)>().ToList();
        var migration = Yaml.File("02_change", string.Join('\n', steps.Select(s => $"- {s.Operation}")));
        var before = await rollout.CatalogAsync();

        await rollout.Runner.StartAsync([migration]);
        await rollout.Runner.RollbackAsync();
        Assert.AreEqual(before, await rollout.CatalogAsync());

        await rollout.ApplyAsync(migration);
        foreach (var (_, sql) in steps.Where(s => s.Sql.Length > 0))
            await twin.Database.ExecuteAsync(sql);
        Assert.AreEqual(await TablesAsync(twin), await TablesAsync(rollout));
    }

    /// <summary>What no copy can be made of, the first server that has it, and the name that the refusal must tell.</summary>
    static readonly (int Since, string Sql, string Name)[] Refused =
    [
        (14, "CREATE TABLE t (a int, d int, CONSTRAINT culprit EXCLUDE (d WITH =))", "culprit"),
        (14, "CREATE TABLE t (a int, d int, CONSTRAINT culprit EXCLUDE (a WITH =) WHERE (d > 0))", "culprit"),
        (14, "CREATE TABLE t (a int, d int, CONSTRAINT culprit EXCLUDE (a WITH =) INCLUDE (d))", "culprit"),
        (14, "CREATE TABLE t (a int, d int, CONSTRAINT culprit PRIMARY KEY (a, d) DEFERRABLE)", "culprit"),
        (14, "CREATE TABLE t (a int, d int, CONSTRAINT culprit UNIQUE (a) INCLUDE (d) DEFERRABLE INITIALLY DEFERRED)", "culprit"),
        (14, "CREATE TABLE t (a int, d int, culprit int GENERATED ALWAYS AS (d + 1) STORED)", "culprit"),
        (14, "CREATE TABLE t (a int, d int GENERATED ALWAYS AS (a + 1) STORED)", "'d'"),
        (14, "CREATE DOMAIN culprit AS int NOT NULL; CREATE TABLE t (a int, d culprit)", "culprit"),
        (14, "CREATE TABLE u (a int PRIMARY KEY); CREATE TABLE t (a int, d int, CONSTRAINT culprit FOREIGN KEY (d) REFERENCES u); ALTER TABLE t DISABLE TRIGGER ALL", "culprit"),
        (14, "CREATE TABLE t (d int PRIMARY KEY); CREATE TABLE u (a int CONSTRAINT culprit REFERENCES t); ALTER TABLE u DISABLE TRIGGER ALL", "culprit"),
        (18, "CREATE EXTENSION btree_gist; CREATE TABLE t (d int, a daterange, CONSTRAINT culprit PRIMARY KEY (d, a WITHOUT OVERLAPS))", "culprit"),
        (18, "CREATE TABLE t (a int, d int, culprit int GENERATED ALWAYS AS (d + 1) VIRTUAL)", "culprit"),
        (18, "CREATE TABLE t (a int, d int GENERATED ALWAYS AS (a + 1) VIRTUAL)", "'d'"),
    ];

    public static IEnumerable<object[]> RefusedRows =>
        from row in Refused
        where TestDatabase.IsUsual(row.Sql, 0, of: 3)
        from major in TestDatabase.MajorsFor(row.Sql, row.Since)
        select new object[] { row.Sql, row.Name, major };

    [TestMethod]
    [DynamicData(nameof(RefusedRows))]
    public async Task What_no_copy_can_be_made_of_stops_start_by_name(string sql, string name, int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_other", "- create_table: { name: other, columns: [{ name: id, type: int, pk: true }] }"));
        await rollout.Database.ExecuteAsync(sql);
        var before = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync(
            [Yaml.File("02_change", "- create_constraint: { table: t, name: c, type: check, columns: [d], check: d > 0, up: { d: d }, down: { d: d } }")]));

        Assert.AreEqual("PGR0604", error.Diagnostics.Single().Rule.Id);
        Assert.Contains(name, error.Message);
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    [TestMethod]
    public async Task A_domain_that_forbids_null_can_be_left()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_other", "- create_table: { name: other, columns: [{ name: id, type: int, pk: true }] }"));
        await rollout.Database.ExecuteAsync("CREATE DOMAIN required AS int NOT NULL; CREATE TABLE t (a int, d required); INSERT INTO t VALUES (1, 1)");

        await rollout.ApplyAsync(Yaml.File("02_change", "- alter_column: { table: t, column: d, type: int, up: d, down: d }"));

        Assert.Contains("column 2 d integer not null\n", await rollout.CatalogAsync());
    }

    [TestMethod]
    public async Task A_sequence_made_anew_has_no_more_privileges_than_the_old_one()
    {
        await using var rollout = await Rollout.CreateAsync();
        await using var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.ApplyAsync(Yaml.File("01_other", "- create_table: { name: other, columns: [{ name: id, type: int, pk: true }] }"));
        await rollout.Database.ExecuteAsync(
            $"""
             CREATE TABLE t (a int, d int GENERATED ALWAYS AS IDENTITY); GRANT SELECT ON SEQUENCE t_d_seq TO {role.Name};
             ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO PUBLIC, {role.Name}
             """);

        await rollout.ApplyAsync(Yaml.File("02_change", "- alter_column: { table: t, column: d, type: bigint, up: d, down: d }"));

        Assert.IsTrue(await rollout.Database.ScalarAsync<bool>($"SELECT has_sequence_privilege('{role.Name}', 't_d_seq', 'SELECT')"));
        Assert.IsFalse(await rollout.Database.ScalarAsync<bool>($"SELECT has_sequence_privilege('{role.Name}', 't_d_seq', 'USAGE')"));
    }

    [TestMethod]
    public async Task Indexes_stay_in_their_tablespace()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_other", "- create_table: { name: other, columns: [{ name: id, type: int, pk: true }] }"));
        var space = $"space_{Guid.NewGuid():n}";
        await using var superuser = await rollout.Database.DataSource.OpenConnectionAsync();
        await ExecuteAsync("SET allow_in_place_tablespaces = on");
        await ExecuteAsync($"CREATE TABLESPACE {space} LOCATION ''");
        try
        {
            await rollout.Database.ExecuteAsync(
                $"""
                 CREATE TABLE t (a int, d int, CONSTRAINT k PRIMARY KEY (d) USING INDEX TABLESPACE {space}, CONSTRAINT u UNIQUE (a, d) USING INDEX TABLESPACE {space});
                 CREATE INDEX i ON t (d) TABLESPACE {space} WHERE d > 0
                 """);
            var before = await TablesAsync(rollout);

            await rollout.ApplyAsync(Yaml.File("02_change", "- alter_column: { table: t, column: d, type: int, up: d, down: d }"));

            Assert.AreEqual(before, await TablesAsync(rollout));
            Assert.AreEqual(4, before.Split(space).Length);
        }
        finally
        {
            await ExecuteAsync("DROP TABLE IF EXISTS t CASCADE");
            await ExecuteAsync($"DROP TABLESPACE {space}");
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = superuser.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The catalog without the versions, and without the places of columns in their tables.</summary>
    static async Task<string> TablesAsync(Rollout rollout)
    {
        var lines = new List<string>();
        var columns = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in (await CatalogDump.ReadAsync(rollout.Database.DataSource, rollout.Options.StateSchema, Old, New)).Split('\n'))
        {
            if (ColumnNumber().IsMatch(line))
            {
                columns.Add(ColumnNumber().Replace(line, "    column "));
                continue;
            }
            lines.AddRange(columns);
            columns.Clear();
            lines.Add(line);
        }
        return string.Join('\n', lines);
    }

    [GeneratedRegex("^    column [0-9]+ ")]
    private static partial Regex ColumnNumber();
}
