using Npgsql;
using PgRoll.Build.Plans;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Partitioned tables go the whole way like others, as far as the server can change them while clients write; the rest is refused at once.</summary>
[TestClass]
public sealed class PartitionedTableTests
{
    const string Old = "public_01_table", New = "public_02_change";

    /// <summary>Two levels, a partition in another schema, one whose columns stand in another order, one without rows.</summary>
    const string Tree =
        """
        CREATE SCHEMA attic;
        CREATE TABLE events (region text, id int, title text, note text, CONSTRAINT events_pk PRIMARY KEY (region, id)) PARTITION BY LIST (region);
        CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a');
        CREATE TABLE events_b PARTITION OF events FOR VALUES IN ('b') PARTITION BY RANGE (id);
        CREATE TABLE events_b1 PARTITION OF events_b FOR VALUES FROM (0) TO (100);
        CREATE TABLE attic.events_b2 PARTITION OF events_b FOR VALUES FROM (100) TO (1000);
        CREATE TABLE events_c (gone int, title text, id int NOT NULL, note text, region text NOT NULL);
        ALTER TABLE events_c DROP COLUMN gone;
        ALTER TABLE events ATTACH PARTITION events_c FOR VALUES IN ('c');
        CREATE TABLE events_d PARTITION OF events DEFAULT;
        INSERT INTO events VALUES ('a', 1, 'x', 'n'), ('a', 2, NULL, NULL), ('b', 3, 'y', NULL), ('b', 103, 'z', NULL), ('c', 4, NULL, 'n');
        """;

    const string NotNull = "- alter_column: { table: events, column: title, nullable: false, up: \"coalesce(title, 'none')\", down: \"nullif(title, 'none')\" }";

    public static IEnumerable<object[]> Majors => TestDatabase.SupportedMajors.Select(major => new object[] { major });

    public static IEnumerable<object[]> Changes =>
        from change in (string[])
        [
            """
            - add_column: { table: events, column: { name: size, type: int, default: "1", check: { name: events_size, constraint: size > 0 } } }
            - drop_column: { table: events, column: note }
            - rename_column: { table: events, from: region, to: area }
            - rename_constraint: { table: events, from: events_pk, to: events_key }
            - alter_column: { table: events, column: title, default: "'none'" }
            - rename_table: { from: events, to: happenings }
            """,
            NotNull,
            "- alter_column: { table: events, column: title, type: varchar(20), up: title, down: title, default: \"'new'\", comment: what }",
            "- alter_column: { table: events, column: title, check: { name: long, constraint: length(title) > 1 }, up: \"title || '!!'\", down: \"left(title, -2)\" }",
            "- add_column: { table: events, column: { name: loud, type: text, default: \"'?'\" }, up: \"coalesce(upper(title), '-')\" }",
            "- add_column: { table: events, column: { name: number, type: serial } }",
            "- add_column: { table: events, column: { name: chance, type: double precision, default: random() } }",
            "- drop_column: { table: events, column: title, down: \"'back'\" }",
            "- create_constraint: { table: events, name: both, type: check, columns: [title, note], check: \"title <> note\", up: { title: title, note: \"note || '!'\" }, down: { title: title, note: note } }",
            """
            - add_column: { table: events, column: { name: first, type: text, nullable: true }, up: "left(title, 1)" }
            - rename_column: { table: events, from: note, to: remark }
            - alter_column: { table: events, column: remark, nullable: false, up: "coalesce(remark, '')" }
            - drop_column: { table: events, column: title, down: first }
            """,
        ]
        where TestDatabase.IsUsual(change, 0, of: 2)
        from major in TestDatabase.MajorsFor(change)
        select new object[] { change, major };

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public async Task A_change_goes_the_whole_way(string change, int major)
    {
        await using var rollout = await PrepareAsync(major);
        var file = Yaml.File("02_change", change);
        var (catalog, rows) = (await rollout.CatalogAsync(), await RowsAsync(rollout, "events"));

        await rollout.Runner.StartAsync([file]);
        await rollout.AsAsync(Old, "INSERT INTO events (region, id, title, note) VALUES ('b', 5, 'old', 'n'), ('b', 105, 'old', 'n'), ('e', 6, 'old', 'n')");
        await rollout.AsAsync(Old, "DELETE FROM events WHERE title = 'old'");
        await rollout.Runner.RollbackAsync();
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        Assert.AreEqual(rows, await RowsAsync(rollout, "events"));
        await rollout.Runner.StartAsync([file]);
        await rollout.Runner.CompleteAsync();

        var table = change.Contains("happenings", StringComparison.Ordinal) ? "happenings" : "events";
        Assert.AreEqual(5L, await rollout.Database.ScalarAsync<long>($"SELECT count(*) FROM {New}.{table}"));
        // How 18 and newer name NOT NULL is the same for every table.
        Assert.AreEqual("", string.Join('\n', (await rollout.CatalogAsync()).Split('\n').Where(line => line.Contains("_pgroll_", StringComparison.Ordinal) && !line.Contains("_not_null NOT NULL", StringComparison.Ordinal))));
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Rows_of_every_partition_are_filled_and_kept_in_step(int major)
    {
        await using var rollout = await PrepareAsync(major);

        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);
        await rollout.AsAsync(Old, "INSERT INTO events VALUES ('b', 105, NULL), ('c', 6, 'o')");
        await rollout.AsAsync(New, "INSERT INTO events VALUES ('b', 7, 'none'), ('z', 8, 'w')");
        await rollout.AsAsync(Old, "UPDATE events SET title = 'oo' WHERE id = 6");
        await rollout.AsAsync(New, "UPDATE events SET title = 'none' WHERE id = 103");

        await AssertRowsAsync(rollout, Old, "SELECT id, title FROM events ORDER BY id", "1|x", "2|", "3|y", "4|", "6|oo", "7|", "8|w", "103|", "105|");
        await AssertRowsAsync(rollout, New, "SELECT id, title FROM events ORDER BY id", "1|x", "2|none", "3|y", "4|none", "6|oo", "7|none", "8|w", "103|none", "105|none");
        await rollout.Runner.CompleteAsync();
        await AssertRowsAsync(rollout, New, "SELECT id, title FROM events ORDER BY id", "1|x", "2|none", "3|y", "4|none", "6|oo", "7|none", "8|w", "103|none", "105|none");
        var refused = await Assert.ThrowsExactlyAsync<PostgresException>(() => rollout.AsAsync("public", "INSERT INTO attic.events_b2 (region, id, title) VALUES ('b', 200, NULL)"));
        Assert.AreEqual(PostgresErrorCodes.NotNullViolation, refused.SqlState);
    }

    /// <summary>A row that moves arrives in its new partition by an INSERT, which is nobody's.</summary>
    [SampledTestMethod(of: 3)]
    [DataRow(Old, "UPDATE events SET region = 'c'", "", "none", DisplayName = "An old client moves a row")]
    [DataRow(New, "UPDATE events SET region = 'c'", "", "none", DisplayName = "A new client moves a row")]
    [DataRow("public", "UPDATE events SET region = 'c'", "", "none", DisplayName = "A client of the base table moves a row")]
    [DataRow(Old, "UPDATE events SET region = 'c', title = 'o'", "o", "o", DisplayName = "An old client moves and writes")]
    [DataRow(New, "UPDATE events SET region = 'c', title = 'w'", "w", "w", DisplayName = "A new client moves and writes")]
    [DataRow(New, "UPDATE events SET region = 'c', title = 'none'", "", "none", DisplayName = "A new client moves and writes the same")]
    [DataRow(Old, "INSERT INTO events VALUES ('a', 1) ON CONFLICT (region, id) DO UPDATE SET region = 'a', note = 'n'", "", "none", DisplayName = "An upsert that stays")]
    public async Task A_row_that_moves_keeps_what_either_version_stored(string path, string update, string old, string @new)
    {
        await using var rollout = await PrepareAsync(TestDatabase.SupportedMajors[0], "DELETE FROM events; INSERT INTO events VALUES ('a', 1, NULL, NULL)");
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);

        await rollout.AsAsync(path, update);

        await AssertRowsAsync(rollout, Old, "SELECT title FROM events", old);
        await AssertRowsAsync(rollout, New, "SELECT title FROM events", @new);
    }

    /// <summary>The value that the new version stored cannot be computed from the old one's, nor back.</summary>
    [TestMethod]
    [DataRow(Old)]
    [DataRow(New)]
    [DataRow("public")]
    public async Task An_unrelated_update_that_moves_a_row_changes_nothing_else(string path)
    {
        await using var rollout = await PrepareAsync(TestDatabase.SupportedMajors[0], "DELETE FROM events");
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull.Replace("nullif(title, 'none')", "left(title, 1)", StringComparison.Ordinal))]);
        await rollout.AsAsync(New, "INSERT INTO events VALUES ('a', 1, 'long')");

        await rollout.AsAsync(path, "UPDATE events SET region = 'b', note = 'moved'");
        await rollout.AsAsync(path, "UPDATE events SET id = 500");

        await AssertRowsAsync(rollout, Old, "SELECT title, note FROM events", "l|moved");
        await AssertRowsAsync(rollout, New, "SELECT title, note FROM events", "long|moved");
        Assert.AreEqual(1L, await rollout.Database.ScalarAsync<long>("SELECT count(*) FROM attic.events_b2"));
    }

    /// <summary>While the first partition is being filled, rows of the last one move into it, and rows of it into the last.</summary>
    [TestMethod]
    [DataRow(Old, "moved")]
    [DataRow(New, "moved")]
    public async Task Rows_that_move_before_the_backfill_reached_them_are_filled(string path, string note)
    {
        await using var rollout = await PrepareAsync(TestDatabase.SupportedMajors[0], "DELETE FROM events; INSERT INTO events SELECT CASE WHEN i % 2 = 0 THEN 'a' ELSE 'c' END, i, NULL, NULL FROM generate_series(1, 2000) i");
        var moved = false;
        var runner = new MigrationRunner(rollout.Options with
        {
            BackfillBatchSize = 1,
            Progress = new Observer(progress =>
            {
                if (progress is not BackfillAdvanced { Fraction: > 0.1 } || moved)
                    return;
                moved = true;
                rollout.AsAsync(path == New ? $"{New}, public" : path, $"UPDATE events SET region = CASE region WHEN 'a' THEN 'c' ELSE 'a' END, note = '{note}' WHERE id % 5 = 0").GetAwaiter().GetResult();
            }),
        });

        await runner.StartAsync([Yaml.File("02_change", NotNull)]);

        Assert.IsTrue(moved);
        await AssertRowsAsync(rollout, New, "SELECT title, count(*), count(note) FROM events GROUP BY title", "none|2000|400");
        await AssertRowsAsync(rollout, Old, "SELECT count(title), count(*) FROM events", "0|2000");
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Partitions_come_and_go_meanwhile(int major)
    {
        await using var rollout = await PrepareAsync(major);
        await rollout.Runner.StartAsync([Yaml.File("02_change", NotNull)]);

        await rollout.Database.ExecuteAsync(
            """
            CREATE TABLE events_e PARTITION OF events FOR VALUES IN ('e');
            CREATE TABLE events_f (LIKE events INCLUDING ALL);
            INSERT INTO events_f (region, id, _pgroll_new_title) VALUES ('f', 7, 'f');
            ALTER TABLE events ATTACH PARTITION events_f FOR VALUES IN ('f');
            ALTER TABLE events DETACH PARTITION events_a;
            DROP TABLE attic.events_b2;
            """);
        await rollout.AsAsync(Old, "INSERT INTO events VALUES ('e', 6, NULL), ('f', 8, 'o')");
        await rollout.Runner.CompleteAsync();

        await AssertRowsAsync(rollout, New, "SELECT id, title FROM events ORDER BY id", "3|y", "4|none", "6|none", "7|none", "8|o");
    }

    [TestMethod]
    public async Task A_backfill_that_was_interrupted_goes_on_in_the_partition_it_had_come_to()
    {
        await using var rollout = await PrepareAsync(TestDatabase.SupportedMajors[0], "INSERT INTO events SELECT r, i, NULL, repeat('x', 500) FROM generate_series(1000, 1999) i, (VALUES ('a'), ('c')) t(r)");
        var file = Yaml.File("02_change", NotNull);
        using var stop = new CancellationTokenSource();
        var interrupted = new MigrationRunner(rollout.Options with { BackfillBatchSize = 1, Progress = new Observer(p => { if (p is BackfillAdvanced { Fraction: > 0.75 }) stop.Cancel(); }) });
        await Assert.ThrowsExactlyAsync<PgRollException>(() => interrupted.StartAsync([file], stop.Token));
        List<long> rows = [];

        await new MigrationRunner(rollout.Options with { BackfillBatchSize = 1, Progress = new Observer(p => { if (p is BackfillAdvanced b) rows.Add(b.Rows); }) }).StartAsync([file]);

        Assert.IsTrue(rows[^1] is > 0 and < 1000, $"{rows[^1]}");
        await AssertRowsAsync(rollout, New, "SELECT count(*), count(title) FROM events", "2005|2005");
    }

    [TestMethod, LongRun]
    [DynamicData(nameof(Majors))]
    public async Task Complete_proves_not_null_of_every_partition_without_a_scan(int major)
    {
        await using var rollout = await PrepareAsync(major);
        var file = Yaml.File("02_change", NotNull);
        var plan = (await rollout.Runner.PlanAsync([file]))!.Plan;
        await rollout.Runner.StartAsync([file]);
        var statement = plan.Complete.OfType<SqlStep>().Single(s => s.Do.Text.EndsWith("SET NOT NULL", StringComparison.Ordinal)).Do.Text;
        List<string> said = [];
        await using var connection = await rollout.Database.DataSource.OpenConnectionAsync();
        connection.Notice += (_, e) => said.Add(e.Notice.MessageText);

        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"SET LOCAL client_min_messages = debug1; {statement}", connection))
            await command.ExecuteNonQueryAsync();

        foreach (var leaf in (string[])["events_a", "events_b1", "events_b2", "events_c", "events_d"])
            Assert.IsTrue(said.Any(m => m.Contains($"\"{leaf}._pgroll_new_title\" are sufficient", StringComparison.Ordinal)), string.Join('\n', said));
        Assert.IsFalse(said.Any(m => m.StartsWith("verifying", StringComparison.Ordinal)), string.Join('\n', said));
    }

    [SampledTestMethod(of: 3)]
    [DataRow("- alter_column: { table: events, column: region, type: varchar(9), up: region, down: region }", "key by which 'events' is partitioned")]
    [DataRow("- alter_column: { table: events, column: id, type: bigint, up: id, down: id }", "key by which 'events' is partitioned")]
    [DataRow("- drop_column: { table: events, column: region, down: note }", "key by which 'events' is partitioned")]
    [DataRow("- alter_column: { table: logs, column: at, nullable: false, up: at }", "key by which 'logs' is partitioned")]
    [DataRow("- drop_column: { table: logs, column: at }", "key by which 'logs' is partitioned")]
    [DataRow("- alter_column: { table: logs, column: level, nullable: false, up: level }", "'logs_level_fkey' names 'level'")]
    [DataRow("- alter_column: { table: logs, column: code, nullable: false, up: code }", "'logs_code_at_key' names 'code'")]
    [DataRow("- alter_column: { table: logs, column: a, nullable: false, up: a }", "index logs_1_a_idx of partition logs_1")]
    [DataRow("- alter_column: { table: logs, column: b, nullable: false, up: b }", "constraint logs_1_b_check of partition logs_1")]
    [DataRow("- alter_column: { table: logs, column: c, nullable: false, up: c }", "the default of partition logs_1")]
    [DataRow("- alter_column: { table: logs, column: d, type: bigint, up: d, down: d }", "NOT NULL of partition logs_1")]
    [DataRow("- alter_column: { table: logs, column: e, nullable: false, up: e }", "a privilege on the column of partition logs_1")]
    [DataRow("- add_column: { table: logs, column: { name: f, type: int, nullable: true, unique: true } }", "'logs' is partitioned")]
    [DataRow("- add_column: { table: logs, column: { name: f, type: int, nullable: true, references: { name: f_fk, table: levels, column: id } } }", "'logs' is partitioned")]
    [DataRow("- add_column: { table: logs, column: { name: f, type: int, generated: { identity: {} } } }", "'logs' is partitioned")]
    [DataRow("- alter_column: { table: logs, column: a, unique: { name: u } }", "'logs' is partitioned")]
    [DataRow("- alter_column: { table: logs, column: c, references: { name: f_fk, table: levels, column: id }, up: c, down: c }", "'logs' is partitioned")]
    [DataRow("- create_constraint: { table: logs, name: u, type: unique, columns: [c], up: { c: c }, down: { c: c } }", "'logs' is partitioned")]
    [DataRow("- alter_column: { table: levels, column: id, type: bigint, up: id, down: id }", "'logs_level_fkey' of 'logs'")]
    [DataRow("- add_column: { table: far, column: { name: f, type: int, nullable: true } }", "foreign tables (far_1)")]
    public async Task What_cannot_be_done_is_named_and_changes_nothing(string change, string reason)
    {
        await using var rollout = await PrepareAsync(TestDatabase.SupportedMajors[0],
            """
            CREATE TABLE levels (id int PRIMARY KEY);
            CREATE TABLE logs (at timestamp, level int REFERENCES levels, code int, a int, b int, c int, d int, e int, UNIQUE (code, at)) PARTITION BY RANGE (at);
            CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
            CREATE INDEX ON logs_1 (a);
            ALTER TABLE logs_1 ADD CHECK (b > 0), ALTER COLUMN c SET DEFAULT 3, ALTER COLUMN d SET NOT NULL;
            GRANT SELECT (e) ON logs_1 TO PUBLIC;
            CREATE FOREIGN DATA WRAPPER w;
            CREATE SERVER s FOREIGN DATA WRAPPER w;
            CREATE TABLE far (id int) PARTITION BY RANGE (id);
            CREATE FOREIGN TABLE far_1 PARTITION OF far DEFAULT SERVER s;
            """);
        var before = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Yaml.File("02_change", change)]));

        Assert.AreEqual(ExitReason.Findings, error.Reason);
        Assert.IsTrue(error.Diagnostics.All(d => d.Rule.Id == "PGR0604"), error.Message);
        StringAssert.Contains(error.Message, reason);
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    /// <summary>As many as the server can have in one transaction go the whole way; more are refused while nothing is changed.</summary>
    [TestMethod, LongRun]
    public async Task More_partitions_than_the_server_can_lock_at_once_stop_start()
    {
        await using var rollout = await PrepareAsync(TestDatabase.SupportedMajors[0], "CREATE TABLE many (k int, title text) PARTITION BY LIST (k)");
        async Task GrowAsync(int from, int to) => await rollout.Database.ExecuteAsync(
            $"DO $$ BEGIN FOR i IN {from}..{to} LOOP EXECUTE format('CREATE TABLE many_%s PARTITION OF many FOR VALUES IN (%s)', i, i); COMMIT; END LOOP; END $$");
        var change = NotNull.Replace("table: events", "table: many", StringComparison.Ordinal);
        var room = await rollout.Database.ScalarAsync<int>(
            "SELECT current_setting('max_locks_per_transaction')::int * (current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int)");

        await GrowAsync(1, (room / 5) - 10);
        await rollout.ApplyAsync(Yaml.File("02_change", change));
        await GrowAsync(room / 5, (room / 5) + 10);
        var before = await rollout.CatalogAsync();
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Yaml.File("03_change", change.Replace("nullable: false", "type: varchar(9)", StringComparison.Ordinal))]));

        StringAssert.Contains(error.Message, "max_locks_per_transaction");
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    [TestMethod]
    public async Task A_column_in_an_expression_of_the_key_is_part_of_it()
    {
        await using var rollout = await PrepareAsync(TestDatabase.SupportedMajors[0], "CREATE TABLE days (at timestamp, n int) PARTITION BY LIST (date_trunc('day', at))");

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: days, column: at, nullable: false, up: at }")]));

        StringAssert.Contains(error.Message, "key by which 'days' is partitioned");
    }

    static async Task<Rollout> PrepareAsync(int major, string sql = "")
    {
        var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_table", $"- sql:\n    up: >-\n{string.Join('\n', Tree.Split('\n').Select(line => "      " + line))}"));
        if (sql.Length > 0)
            await rollout.Database.ExecuteAsync(sql);
        return rollout;
    }

    static async Task<string> RowsAsync(Rollout rollout, string table) =>
        (await rollout.Database.ScalarAsync<string>($"SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM {table} t"))!;

    static async Task AssertRowsAsync(Rollout rollout, string path, string query, params string[] rows) =>
        CollectionAssert.AreEqual(rows, (await rollout.AsAsync(path, query)).ToArray(), string.Join(", ", await rollout.AsAsync(path, query)));

    sealed class Observer(Action<RunnerProgress> see) : IProgress<RunnerProgress>
    {
        public void Report(RunnerProgress value) => see(value);
    }
}
