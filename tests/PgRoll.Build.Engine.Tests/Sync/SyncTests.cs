using PgRoll.Build.Testing;
using Npgsql;
using PgRoll.Build.Engine.Tests.Lifecycle;

namespace PgRoll.Build.Engine.Tests.Sync;

/// <summary>What a client of either version writes is what that version reads back, and never disturbs what the other stored.</summary>
[TestClass]
public sealed class SyncTests
{
    const string Old = "public_01_table", New = "public_02_change";

    [TestMethod]
    public async Task Old_and_new_clients_see_each_others_writes_through_up_and_down()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }", "",
            "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\", down: \"nullif(d, 'none')\" }");

        await rollout.AsAsync(Old, "INSERT INTO t VALUES (1, NULL), (2, 'x')");
        await rollout.AsAsync(New, "INSERT INTO t VALUES (3, 'none'), (4, 'y')");

        await AssertRowsAsync(rollout, Old, "SELECT * FROM t ORDER BY id", "1|", "2|x", "3|", "4|y");
        await AssertRowsAsync(rollout, New, "SELECT * FROM t ORDER BY id", "1|none", "2|x", "3|none", "4|y");
    }

    [SampledTestMethod(of: 3)]
    [DataRow("Name")]
    [DataRow("1st")]
    [DataRow("_x")]
    [DataRow("name")]
    [DataRow("old")]
    [DataRow("new")]
    public async Task An_old_clients_null_survives_whatever_the_column_is_called(string column)
    {
        var name = $"\"{column}\"";
        await using var rollout = await StartAsync(
            $"- create_table: {{ name: t, columns: [{{ name: id, type: int, pk: true }}, {{ name: '{column}', type: text, nullable: true }}] }}", "",
            $"- alter_column: {{ table: t, column: '{column}', nullable: false, up: 'coalesce({name}, ''none'')', down: '{name}' }}");

        await rollout.AsAsync(Old, $"INSERT INTO t VALUES (1, 'x'); UPDATE t SET {name} = NULL");

        await AssertRowsAsync(rollout, Old, "SELECT * FROM t", "1|");
        await AssertRowsAsync(rollout, New, "SELECT * FROM t", "1|none");
    }

    [TestMethod]
    public async Task Tables_and_columns_whose_names_join_to_one_are_kept_apart()
    {
        await using var rollout = await StartAsync(
            """
            - create_table: { name: order, columns: [{ name: id, type: int, pk: true }, { name: item_id, type: int, nullable: true }] }
            - create_table: { name: order_item, columns: [{ name: id, type: int, pk: true }] }
            """, "",
            """
            - alter_column: { table: order, column: item_id, nullable: false, up: 'coalesce(item_id, 0)', down: item_id }
            - alter_column: { table: order_item, column: id, type: bigint, up: id + 1, down: id - 1 }
            """);

        await rollout.AsAsync(Old, "INSERT INTO \"order\" VALUES (1, NULL); INSERT INTO order_item VALUES (1)");

        await AssertRowsAsync(rollout, New, "SELECT item_id FROM \"order\" UNION ALL SELECT id FROM order_item ORDER BY 1", "0", "2");
        await rollout.Runner.CompleteAsync();
    }

    /// <summary>A composite value with a NULL in it is neither NULL nor NOT NULL for SQL, but for NOT NULL it is a value.</summary>
    [TestMethod]
    public async Task A_composite_value_with_a_null_in_it_is_a_value()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", "- sql: { up: 'CREATE TYPE price AS (amount int, currency text); CREATE TABLE t (id int PRIMARY KEY, d price NOT NULL); INSERT INTO t VALUES (1, (1, NULL))' }"));
        await rollout.Runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, check: { name: c, constraint: (d).amount > 0 }, up: d, down: d }")]);

        await rollout.AsAsync(Old, "INSERT INTO t VALUES (2, (2, NULL))");
        await rollout.AsAsync("public", $"INSERT INTO {New}.t VALUES (3, (3, NULL))");

        await AssertRowsAsync(rollout, Old, "SELECT id, d::text FROM t ORDER BY id", "1|(1,)", "2|(2,)", "3|(3,)");
        await AssertRowsAsync(rollout, New, "SELECT id, d::text FROM t ORDER BY id", "1|(1,)", "2|(2,)", "3|(3,)");
        await rollout.Runner.CompleteAsync();
    }

    [TestMethod]
    public async Task Backfill_leaves_the_old_versions_values_alone()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }",
            "INSERT INTO t SELECT i, CASE WHEN i % 2 = 0 THEN 'x' || i END FROM generate_series(1, 1000) AS i",
            "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\", down: d }");

        await AssertRowsAsync(rollout, Old, "SELECT count(*), count(d) FROM t", "1000|500");
        await AssertRowsAsync(rollout, New, "SELECT count(*), count(d), count(*) FILTER (WHERE d = 'none') FROM t", "1000|1000|500");
    }

    [TestMethod]
    public async Task A_split_keeps_a_middle_name_for_the_old_version()
    {
        await using var rollout = await StartSplitAsync();

        await rollout.AsAsync(Old, "INSERT INTO t VALUES (1, 'Ana Maria Silva') ON CONFLICT (id) DO UPDATE SET name = excluded.name");
        await rollout.AsAsync(Old, "INSERT INTO t VALUES (1, 'Ana Maria Silva') ON CONFLICT (id) DO UPDATE SET name = excluded.name");

        await AssertRowsAsync(rollout, Old, "SELECT name FROM t", "Ana Maria Silva");
        await AssertRowsAsync(rollout, New, "SELECT first, last FROM t", "Ana|Silva");
    }

    [TestMethod]
    public async Task A_new_clients_write_of_one_half_leaves_the_other_half_alone()
    {
        await using var rollout = await StartSplitAsync();
        await rollout.AsAsync(Old, "INSERT INTO t VALUES (1, 'Ana Silva')");

        await rollout.AsAsync(New, "UPDATE t SET last = 'Costa'");

        await AssertRowsAsync(rollout, Old, "SELECT name FROM t", "Ana Costa");
        await AssertRowsAsync(rollout, New, "SELECT first, last FROM t", "Ana|Costa");
    }

    [TestMethod]
    public async Task An_unrelated_update_of_either_version_changes_nothing_else()
    {
        await using var rollout = await StartSplitAsync();
        await rollout.AsAsync(Old, "INSERT INTO t VALUES (1, 'Ana Maria Silva')");

        await rollout.AsAsync(New, "UPDATE t SET note = 'seen'");
        await rollout.AsAsync(Old, "UPDATE t SET note = 'seen again'");

        await AssertRowsAsync(rollout, Old, "SELECT name, note FROM t", "Ana Maria Silva|seen again");
        await AssertRowsAsync(rollout, New, "SELECT first, last FROM t", "Ana|Silva");
    }

    [TestMethod]
    public async Task A_new_clients_write_of_a_shared_input_does_not_recompute_its_own_column()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: first, type: text }, { name: last, type: text }] }", "",
            "- add_column: { table: t, column: { name: full, type: text }, up: first || ' ' || last }");
        await rollout.AsAsync(New, "INSERT INTO t VALUES (1, 'A.', 'Lee', 'Dr. A. Lee, MD')");

        await rollout.AsAsync(New, "UPDATE t SET first = 'Anna'");
        await AssertRowsAsync(rollout, New, "SELECT \"full\" FROM t", "Dr. A. Lee, MD");

        await rollout.AsAsync(Old, "UPDATE t SET first = 'Ann'");
        await AssertRowsAsync(rollout, New, "SELECT \"full\" FROM t", "Ann Lee");
    }

    [TestMethod]
    public async Task A_qualified_statement_is_known_by_its_evidence()
    {
        await using var rollout = await StartSplitAsync();

        await rollout.AsAsync("public", $"INSERT INTO {New}.t (id, first, last) VALUES (1, 'Ana', 'Silva')");
        await rollout.AsAsync("public", $"INSERT INTO {Old}.t (id, name) VALUES (2, 'Rui Costa')");
        await rollout.AsAsync("public", $"UPDATE {New}.t SET first = 'Eva' WHERE id = 1");

        await AssertRowsAsync(rollout, Old, "SELECT name FROM t ORDER BY id", "Eva Silva", "Rui Costa");
        await AssertRowsAsync(rollout, New, "SELECT first, last FROM t ORDER BY id", "Eva|Silva", "Rui|Costa");
    }

    [TestMethod]
    public async Task A_qualified_null_that_the_old_version_forbids_is_the_new_versions()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text }] }", "",
            "- alter_column: { table: t, column: d, nullable: true, down: \"coalesce(d, 'none')\" }");

        await rollout.AsAsync("public", $"INSERT INTO {New}.t VALUES (1, NULL)");

        await AssertRowsAsync(rollout, Old, "SELECT d FROM t", "none");
        await AssertRowsAsync(rollout, New, "SELECT d FROM t", "");
    }

    [TestMethod]
    [DataRow(Old, "alter_column: { table: t, column: d, nullable: true, down: \"coalesce(d, 'none')\" }", false)]
    [DataRow(New, "alter_column: { table: t, column: e, nullable: false, up: \"coalesce(e, 'none')\" }", true)]
    public async Task A_null_that_a_clients_own_version_forbids_is_refused(string path, string change, bool isColumnE)
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text }, { name: e, type: text, nullable: true }] }", "",
            $"- {change}");

        var error = await Assert.ThrowsExactlyAsync<PostgresException>(() => rollout.AsAsync(path, isColumnE ? "INSERT INTO t VALUES (1, 'd', NULL)" : "INSERT INTO t VALUES (1, NULL, 'e')"));

        Assert.IsTrue(error.SqlState is PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.CheckViolation, error.Message);
    }

    [TestMethod]
    public async Task A_bare_literal_is_of_the_columns_type()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: jsonb, nullable: true }] }", "",
            "- drop_column: { table: t, column: d, down: \"'{}'\" }");

        await rollout.AsAsync(New, "INSERT INTO t VALUES (1)");

        await AssertRowsAsync(rollout, Old, "SELECT d FROM t", "{}");
    }

    [TestMethod]
    public async Task A_value_equal_to_the_default_is_told_apart_by_the_new_half()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, default: \"'x'\" }] }", "",
            "- alter_column: { table: t, column: d, type: varchar(20), up: upper(d), down: lower(d) }");

        await rollout.AsAsync("public", $"INSERT INTO {New}.t VALUES (1, 'x')");
        await rollout.AsAsync("public", $"INSERT INTO {New}.t (id) VALUES (2)");
        await rollout.AsAsync("public", $"INSERT INTO {Old}.t (id) VALUES (3)");

        await AssertRowsAsync(rollout, New, "SELECT d FROM t ORDER BY id", "x", "x", "X");
    }

    [SampledTestMethod(of: 2)]
    [DataRow(New, "new")]
    [DataRow(New + ", public", "new")]
    [DataRow("\"$user\", " + New, "new")]
    [DataRow("'" + New + "'", "new")]
    [DataRow(Old, "old")]
    [DataRow(Old + ", " + New, "old")]
    [DataRow("public", "old")]
    public async Task Without_evidence_the_resolved_path_decides(string path, string version)
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }", "",
            "- alter_column: { table: t, column: d, type: varchar(9), up: \"coalesce(d, 'up')\", down: \"coalesce(d, 'down')\" }");
        await using var connection = await rollout.Database.DataSource.OpenConnectionAsync();
        await using (var set = new NpgsqlCommand($"SET search_path = {path}", connection))
            await set.ExecuteNonQueryAsync();

        await using (var insert = new NpgsqlCommand("INSERT INTO t (id) VALUES (1)", connection))
            await insert.ExecuteNonQueryAsync();

        await AssertRowsAsync(rollout, New, "SELECT coalesce(d, 'null') FROM t", version == "old" ? "up" : "null");
        await AssertRowsAsync(rollout, Old, "SELECT coalesce(d, 'null') FROM t", version == "old" ? "null" : "down");
    }

    [TestMethod]
    public async Task Expressions_mean_the_same_whatever_path_a_client_has()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text }] }",
            "CREATE FUNCTION public.shout(text) RETURNS text LANGUAGE sql IMMUTABLE RETURN upper($1) || '!'",
            "- add_column: { table: t, column: { name: loud, type: text }, up: shout(d) }");

        await rollout.AsAsync(Old, "INSERT INTO t VALUES (1, 'hey')");

        await AssertRowsAsync(rollout, New, "SELECT loud FROM t", "HEY!");
    }

    [TestMethod]
    [DataRow("- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'b')\", down: d }")]
    [DataRow("- drop_column: { table: t, column: d, down: \"'b'::mood\" }")]
    [DataRow("- add_column: { table: t, column: { name: e, type: text, nullable: true }, up: d::text }\n- drop_column: { table: t, column: d }")]
    public async Task A_default_of_a_type_of_the_base_schema_is_known_to_clients_that_see_none_but_their_version(string change)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.Database.ExecuteAsync("CREATE TYPE mood AS ENUM ('a', 'b')");
        await rollout.ApplyAsync(Yaml.File("01_table",
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: mood, nullable: true, default: \"'a'\" }] }"));
        await rollout.Runner.StartAsync([Yaml.File("02_change", change)]);

        await rollout.AsAsync(Old, "INSERT INTO t (id) VALUES (1)");
        await rollout.AsAsync(New, "INSERT INTO t (id) VALUES (2)");

        await AssertRowsAsync(rollout, Old, "SELECT id FROM t ORDER BY id", "1", "2");
    }

    [TestMethod]
    public async Task Rows_that_came_past_the_trigger_are_filled_at_complete()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }", "",
            "- alter_column: { table: t, column: d, type: varchar(9), up: d, down: d }");
        await rollout.AsAsync(Old, "ALTER TABLE public.t DISABLE TRIGGER ALL; INSERT INTO public.t (id, d) VALUES (1, 'x'); ALTER TABLE public.t ENABLE TRIGGER ALL");

        await rollout.Runner.CompleteAsync();

        await AssertRowsAsync(rollout, New, "SELECT d FROM t", "x");
    }

    /// <summary>Apply workers of subscriptions and bulk loaders keep triggers from firing that way.</summary>
    [TestMethod]
    public async Task Replicated_writes_reach_the_other_version_too()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }", "INSERT INTO t VALUES (1, 'x')",
            "- alter_column: { table: t, column: d, type: varchar(9), up: d, down: d }");
        await rollout.AsAsync("public", "SET session_replication_role = replica; UPDATE t SET d = 'y'; INSERT INTO t (id, d) VALUES (2, 'z')");

        await AssertRowsAsync(rollout, New, "SELECT d FROM t ORDER BY id", "y", "z");
        await rollout.Runner.CompleteAsync();

        await AssertRowsAsync(rollout, New, "SELECT d FROM t ORDER BY id", "y", "z");
    }

    [TestMethod]
    public async Task A_generated_column_can_be_an_input()
    {
        await using var rollout = await StartAsync(
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: a, type: int }, { name: twice, type: int, generated: { expression: a * 2 } }, { name: d, type: int }] }",
            "INSERT INTO t VALUES (1, 10, DEFAULT, 0), (2, 20, DEFAULT, 0)",
            "- add_column: { table: t, column: { name: more, type: int, nullable: true }, up: twice + 1 }\n- drop_column: { table: t, column: d, down: twice + more }");

        await rollout.AsAsync(Old, "INSERT INTO t (id, a, d) VALUES (3, 30, 5); UPDATE t SET a = 11 WHERE id = 1");
        await rollout.AsAsync(New, "INSERT INTO t (id, a, more) VALUES (4, 40, 7); UPDATE t SET a = 22 WHERE id = 2");

        await AssertRowsAsync(rollout, New, "SELECT id, more FROM t ORDER BY id", "1|23", "2|41", "3|61", "4|7");
        await AssertRowsAsync(rollout, Old, "SELECT id, d FROM t ORDER BY id", "1|0", "2|85", "3|5", "4|87");
    }

    static Task<Rollout> StartSplitAsync() => StartAsync(
        "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: name, type: text, nullable: true }, { name: note, type: text, nullable: true }] }", "",
        """
        - add_column: { table: t, column: { name: first, type: text, nullable: true }, up: "split_part(name, ' ', 1)" }
        - add_column: { table: t, column: { name: last, type: text, nullable: true }, up: "reverse(split_part(reverse(name), ' ', 1))" }
        - drop_column: { table: t, column: name, down: "first || ' ' || last" }
        """);

    static async Task<Rollout> StartAsync(string table, string seed, string change)
    {
        var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", table));
        if (seed.Length > 0)
            await rollout.Database.ExecuteAsync(seed);
        await rollout.Runner.StartAsync([Yaml.File("02_change", change)]);
        return rollout;
    }

    static async Task AssertRowsAsync(Rollout rollout, string path, string query, params string[] rows) =>
        CollectionAssert.AreEqual(rows, (await rollout.AsAsync(path, query)).ToArray());
}
