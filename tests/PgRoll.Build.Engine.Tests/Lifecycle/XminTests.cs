using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Versions whose views show the transaction that wrote a row last.</summary>
[TestClass]
public sealed class XminTests
{
    const string Table = "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }";
    const string NotNull = "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\", down: d }";
    const string Old = "public_01_table", New = "public_02_change";

    public static IEnumerable<object[]> Majors => TestDatabase.EveryMajor.Select(major => new object[] { major });

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Clients_of_every_version_read_it_compare_it_and_get_it_back(int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        var runner = new MigrationRunner(rollout.Options with { ExposeXmin = true });
        await runner.StartAsync([Yaml.File("01_table", Table)]);
        await runner.CompleteAsync();
        await runner.StartAsync([Yaml.File("02_change", NotNull)]);
        await AssertComparedAsync(rollout, Old, 1);
        await AssertComparedAsync(rollout, New, 2);
        await runner.CompleteAsync();
        await AssertComparedAsync(rollout, New, 3);
    }

    [TestMethod]
    public async Task A_version_goes_on_as_the_one_before_it_unless_its_start_is_told()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        Assert.AreEqual("id,d", await ColumnsAsync(rollout, Old));

        await new MigrationRunner(rollout.Options with { ExposeXmin = true }).StartAsync([Yaml.File("02_change", NotNull)]);
        await rollout.Runner.CompleteAsync();
        Assert.AreEqual("id,d,xmin", await ColumnsAsync(rollout, New));
        await rollout.ApplyAsync(Yaml.File("03_more", "- add_column: { table: t, column: { name: e, type: int, nullable: true } }"));
        Assert.AreEqual("id,d,e,xmin", await ColumnsAsync(rollout, "public_03_more"));
        await new MigrationRunner(rollout.Options with { ExposeXmin = false }).StartAsync([Yaml.File("04_less", "- drop_column: { table: t, column: e, down: '1' }")]);
        await rollout.Runner.CompleteAsync();

        Assert.AreEqual("id,d", await ColumnsAsync(rollout, "public_04_less"));
    }

    [TestMethod]
    public async Task What_raw_SQL_makes_anew_shows_it_as_the_plan_says()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        var asked = new MigrationRunner(rollout.Options with { ExposeXmin = true });

        await asked.StartAsync([Yaml.File("02_change", "- sql: { up: ALTER TABLE t ADD COLUMN e int, down: ALTER TABLE t DROP COLUMN e }")]);
        Assert.AreEqual("id,d,e,xmin", await ColumnsAsync(rollout, New));
        await rollout.Runner.CompleteAsync();
        await rollout.Runner.StartAsync([Yaml.File("03_later", "- sql: { up: ALTER TABLE t ADD COLUMN f int, onComplete: true }")]);
        Assert.AreEqual("id,d,e,xmin", await ColumnsAsync(rollout, "public_03_later"));
        await rollout.Runner.CompleteAsync();

        Assert.AreEqual("id,d,e,f,xmin", await ColumnsAsync(rollout, "public_03_later"));
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Whoever_may_read_a_part_of_a_table_may_compare_it_as_well(int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await using var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        await rollout.Database.ExecuteAsync($"INSERT INTO t VALUES (1, 'x'); GRANT USAGE ON SCHEMA public TO {role.Name}; GRANT SELECT (id), UPDATE (d) ON t TO {role.Name}");
        await new MigrationRunner(rollout.Options with { ExposeXmin = true }).StartAsync([Yaml.File("02_change", "- create_table: { name: u, columns: [{ name: id, type: int, pk: true }] }")]);

        await role.ExecuteAsync($"UPDATE {New}.t SET d = 'y' WHERE id = 1 AND xmin::text <> '0'");

        Assert.AreEqual("y", await rollout.Database.ScalarAsync<string>("SELECT d FROM t"));
    }

    /// <summary>So a view's xmin can be nobody's own column.</summary>
    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task No_table_has_a_column_of_that_name(int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await rollout.Database.ExecuteAsync("CREATE TABLE t (id int)");

        foreach (var sql in new[] { "CREATE TABLE u (xmin int)", "ALTER TABLE t ADD COLUMN xmin int", "ALTER TABLE t RENAME COLUMN id TO xmin" })
            Assert.AreEqual(PostgresErrorCodes.DuplicateColumn, (await Assert.ThrowsExactlyAsync<PostgresException>(() => rollout.Database.ExecuteAsync(sql))).SqlState, sql);
    }

    static async Task AssertComparedAsync(Rollout rollout, string version, int id)
    {
        var inserted = (await rollout.AsAsync(version, $"INSERT INTO t (id, d) VALUES ({id}, 'a') RETURNING xmin"))[0];
        Assert.AreEqual(inserted, (await rollout.AsAsync(version, $"SELECT xmin FROM t WHERE id = {id}"))[0]);
        Assert.AreEqual(inserted, (await rollout.AsAsync("public", $"SELECT xmin FROM t WHERE id = {id}"))[0]);
        var updated = (await rollout.AsAsync(version, $"UPDATE t SET d = 'b' WHERE id = {id} AND xmin = '{inserted}' RETURNING xmin"))[0];
        Assert.AreNotEqual(inserted, updated);
        Assert.IsEmpty(await rollout.AsAsync(version, $"UPDATE t SET d = 'c' WHERE id = {id} AND xmin = '{inserted}' RETURNING xmin"));
        Assert.IsEmpty(await rollout.AsAsync(version, $"DELETE FROM t WHERE id = {id} AND xmin = '{inserted}' RETURNING id"));
        Assert.HasCount(1, await rollout.AsAsync(version, $"DELETE FROM t WHERE id = {id} AND xmin = '{updated}' RETURNING id"));
    }

    static Task<string?> ColumnsAsync(Rollout rollout, string version) => rollout.Database.ScalarAsync<string>(
        "SELECT string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = $1 AND table_name = 't'", version);
}
