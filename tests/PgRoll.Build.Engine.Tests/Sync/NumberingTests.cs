using PgRoll.Build.Engine.Tests.Lifecycle;

namespace PgRoll.Build.Engine.Tests.Sync;

/// <summary>Numbers that the server gives: both versions draw them during a rollout, no number twice, and nobody needs more rights than before.</summary>
[TestClass]
public sealed class NumberingTests
{
    const string Old = "public_01_table", New = "public_02_change";

    [TestMethod]
    [DataRow("ALWAYS")]
    [DataRow("BY DEFAULT")]
    public async Task An_altered_identity_goes_on_counting(string kind)
    {
        await using var rollout = await Rollout.CreateAsync();
        await using var role = await WriterAsync(
            rollout, $"- create_table: {{ name: t, columns: [{{ name: id, type: int, pk: true, generated: {{ identity: {{ user_specified_values: {kind} }} }} }}, {{ name: d, type: text }}] }}");
        await InsertAsync(rollout, role, Old, "first");
        await rollout.Runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: id, type: bigint, up: id, down: id }")]);

        await InsertAsync(rollout, role, Old, "old");
        await InsertAsync(rollout, role, New, "new");
        await InsertAsync(rollout, role, Old, "old again");
        CollectionAssert.AreEqual((await rollout.AsAsync(Old, "SELECT id, d FROM t ORDER BY d")).ToArray(), (await rollout.AsAsync(New, "SELECT id, d FROM t ORDER BY d")).ToArray());
        await rollout.Runner.CompleteAsync();
        await InsertAsync(rollout, role, New, "last");

        var ids = (await rollout.AsAsync(New, "SELECT id FROM t ORDER BY id")).Select(int.Parse).ToArray();
        Assert.AreEqual(5, ids.Distinct().Count());
        Assert.AreEqual("last", (await rollout.AsAsync(New, $"SELECT d FROM t WHERE id = {ids[^1]}")).Single());
        Assert.AreEqual("public.t_id_seq", await rollout.Database.ScalarAsync<string>("SELECT pg_get_serial_sequence('t', 'id')"));
    }

    [TestMethod]
    [DataRow("type: serial")]
    [DataRow("type: int, generated: { identity: {} }")]
    [DataRow("type: bigint, generated: { identity: { user_specified_values: BY DEFAULT, sequence_options: START WITH 7 INCREMENT BY 3 } }")]
    public async Task An_added_column_numbers_every_row(string type)
    {
        await using var rollout = await Rollout.CreateAsync();
        await using var role = await WriterAsync(rollout, "- create_table: { name: t, columns: [{ name: d, type: text }] }");
        await rollout.Database.ExecuteAsync("INSERT INTO t SELECT 'row ' || i FROM generate_series(1, 100) AS i");
        await rollout.Runner.StartAsync([Yaml.File("02_change", $"- add_column: {{ table: t, column: {{ name: id, {type} }} }}")]);

        await InsertAsync(rollout, role, Old, "old");
        await InsertAsync(rollout, role, New, "new");
        await rollout.Runner.CompleteAsync();
        await InsertAsync(rollout, role, New, "last");

        Assert.AreEqual("103|103", (await rollout.AsAsync(New, "SELECT count(id), count(DISTINCT id) FROM t")).Single());
        Assert.AreEqual("last", (await rollout.AsAsync(New, "SELECT d FROM t ORDER BY id DESC LIMIT 1")).Single());
        Assert.AreEqual("public.t_id_seq", await rollout.Database.ScalarAsync<string>("SELECT pg_get_serial_sequence('t', 'id')"));
    }

    [TestMethod]
    public async Task An_added_column_that_takes_the_name_of_another_added_one_counts_in_its_own_type()
    {
        await using var rollout = await Rollout.CreateAsync();
        await using var role = await WriterAsync(rollout, "- create_table: { name: t, columns: [{ name: d, type: text }] }");
        await rollout.Runner.StartAsync([Yaml.File("02_change",
            """
            - add_column: { table: t, column: { name: num, type: text, nullable: true } }
            - drop_column: { table: t, column: num, down: "'x'" }
            - add_column: { table: t, column: { name: num, type: bigint, generated: { identity: {} } } }
            """)]);

        await InsertAsync(rollout, role, Old, "old");
        await InsertAsync(rollout, role, New, "new");
        await rollout.Runner.CompleteAsync();

        Assert.AreEqual("old 1, new 2", (await rollout.AsAsync(New, "SELECT string_agg(d || ' ' || num, ', ' ORDER BY num) FROM t")).Single());
    }

    [TestMethod]
    public async Task A_serial_that_becomes_bigint_counts_beyond_the_integers()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: serial, pk: true }, { name: d, type: text }] }"));
        await rollout.Database.ExecuteAsync("SELECT setval('t_id_seq', 2147483647)");

        await rollout.ApplyAsync(Yaml.File("02_change", "- alter_column: { table: t, column: id, type: bigint, up: id, down: id::int }"));
        await rollout.AsAsync(New, "INSERT INTO t (d) VALUES ('x')");

        Assert.AreEqual("2147483648", (await rollout.AsAsync(New, "SELECT id FROM t")).Single());
    }

    [TestMethod]
    [DataRow("type: serial")]
    [DataRow("type: int, generated: { identity: {} }")]
    public async Task A_new_column_may_have_the_name_by_which_another_ones_sequence_is_called(string type)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: serial }, { name: d, type: text }] }"));
        await rollout.AsAsync(Old, "INSERT INTO t (d) VALUES ('first')");

        await rollout.ApplyAsync(Yaml.File("02_change",
            $"- rename_column: {{ table: t, from: id, to: old_id }}\n- add_column: {{ table: t, column: {{ name: id, {type} }} }}"));
        await rollout.AsAsync(New, "INSERT INTO t (d) VALUES ('second')");

        CollectionAssert.AreEqual(new[] { "1|1|first", "2|2|second" }, (await rollout.AsAsync(New, "SELECT old_id, id, d FROM t ORDER BY id")).ToArray());
        Assert.AreEqual("public.t_id_seq1", await rollout.Database.ScalarAsync<string>("SELECT pg_get_serial_sequence('t', 'id')"));
    }

    [TestMethod]
    public async Task Columns_of_a_constraint_change_at_once()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: a, type: int }, { name: b, type: int }] }"));
        await rollout.Database.ExecuteAsync("INSERT INTO t VALUES (1, 10, 20)");
        await rollout.Runner.StartAsync([Yaml.File("02_change", "- create_constraint: { table: t, name: t_ab, type: unique, columns: [a, b], up: { a: b, b: a }, down: { a: b, b: a } }")]);

        await rollout.AsAsync(Old, "INSERT INTO t VALUES (2, 30, 40)");
        await rollout.AsAsync(New, "INSERT INTO t VALUES (3, 50, 60)");
        await rollout.AsAsync(New, "UPDATE t SET a = 21 WHERE id = 1");

        CollectionAssert.AreEqual(new[] { "1|10|21", "2|30|40", "3|60|50" }, (await rollout.AsAsync(Old, "SELECT * FROM t ORDER BY id")).ToArray());
        CollectionAssert.AreEqual(new[] { "1|21|10", "2|40|30", "3|50|60" }, (await rollout.AsAsync(New, "SELECT * FROM t ORDER BY id")).ToArray());
    }

    /// <summary>A table, and a role that may read and write it and nothing else: no sequence.</summary>
    static async Task<TestRole> WriterAsync(Rollout rollout, string table)
    {
        await rollout.ApplyAsync(Yaml.File("00_role", "- create_table: { name: other, columns: [{ name: id, type: int, pk: true }] }"));
        var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync(
            $"GRANT USAGE ON SCHEMA public TO {role.Name}; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {role.Name}");
        await rollout.ApplyAsync(Yaml.File("01_table", table));
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA {Old} TO {role.Name}; GRANT SELECT, INSERT ON {Old}.t TO {role.Name}");
        return role;
    }

    static Task<IReadOnlyList<string>> InsertAsync(Rollout rollout, TestRole role, string version, string text) =>
        rollout.AsAsync(version, $"SET ROLE {role.Name}; INSERT INTO t (d) VALUES ('{text}')");
}
