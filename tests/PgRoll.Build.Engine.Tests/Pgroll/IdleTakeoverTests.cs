using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Tests.Pgroll;

/// <summary>A database on which pgroll completed its migrations is used as it is.</summary>
[TestClass]
public sealed class IdleTakeoverTests
{
    static readonly MigrationFile Table = Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }");
    static readonly MigrationFile Index = Yaml.File("02_index", "- create_index: { name: t_d, table: t, columns: [{ column: d }] }");
    static readonly MigrationFile NotNull = Yaml.File("03_not_null", "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, '')\" }");
    static readonly MigrationFile Added = Yaml.File("04_added", "- add_column: { table: t, column: { name: e, type: int, nullable: true }, up: id }");

    public static IEnumerable<object[]> Majors => Testing.TestDatabase.SupportedMajors.Select(major => new object[] { major });

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Every_command_works_and_the_history_stays_pgrolls(int major)
    {
        await using var pgroll = await PrepareAsync(major);
        var runner = pgroll.Runner;

        Assert.AreEqual(("Complete", "02_index"), (await runner.StatusAsync()) is var status ? (status.State, status.Version) : default);
        Assert.AreEqual("public_03_not_null", (await runner.PlanAsync([Table, Index, NotNull]))!.Plan.VersionSchema);
        await runner.StartAsync([Table, Index, NotNull]);
        await runner.RollbackAsync();
        await runner.StartAsync([Table, Index, NotNull]);
        await runner.CompleteAsync();
        await runner.StartAsync([Table, Index, NotNull, Added]);
        await runner.InitializeAsync();

        CollectionAssert.AreEqual(
            (string[])["01_table pgroll True", "02_index pgroll True", "03_not_null pgroll True", "04_added pgroll False"], await pgroll.HistoryAsync());
        Assert.AreEqual("0.16.2", await pgroll.Database.ScalarAsync<string>("SELECT version FROM pgroll.pgroll_version"));
        Assert.AreEqual("plpgsql", await pgroll.Database.ScalarAsync<string>(
            "SELECT l.lanname::text FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.oid = 'pgroll.read_schema(text)'::regprocedure"));
    }

    [TestMethod]
    public async Task Inferred_rows_are_history_without_a_file()
    {
        await using var pgroll = await PrepareAsync();
        await pgroll.Database.ExecuteAsync("CREATE TABLE by_hand (id int)");

        await pgroll.Runner.StartAsync([Table, Index, NotNull]);
        await pgroll.Runner.CompleteAsync();

        var history = await pgroll.HistoryAsync();
        StringAssert.Contains(history[2], "inferred");
        StringAssert.StartsWith(history[3], "03_not_null");
        Assert.IsTrue(await pgroll.Database.ScalarAsync<bool>("SELECT to_regclass('public_03_not_null.by_hand') IS NOT NULL"));
    }

    [TestMethod]
    public async Task Inferred_rows_alone_are_a_history()
    {
        await using var pgroll = await PgrollDatabase.CreateAsync();
        await pgroll.Database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, d text)");

        await pgroll.Runner.StartAsync([NotNull]);

        Assert.AreEqual("public_03_not_null", (await pgroll.Runner.StatusAsync()).VersionSchema);
    }

    [TestMethod]
    public async Task Created_at_follows_the_chain_when_the_clock_was_ahead()
    {
        await using var pgroll = await PrepareAsync();
        await pgroll.Database.ExecuteAsync("UPDATE pgroll.migrations SET created_at = created_at + interval '1 day' WHERE name = '02_index'");

        await pgroll.Runner.StartAsync([Table, Index, NotNull, Added]);
        await pgroll.Runner.CompleteAsync();

        CollectionAssert.AreEqual(
            (string[])["01_table pgroll True", "02_index pgroll True", "03_not_null pgroll True", "04_added pgroll True"], await pgroll.HistoryAsync());
        Assert.AreEqual(0L, await pgroll.Database.ScalarAsync<long>(
            "SELECT count(*) FROM pgroll.migrations child JOIN pgroll.migrations parent ON parent.name = child.parent WHERE parent.created_at >= child.created_at"));
    }

    [TestMethod]
    public async Task Files_up_to_the_baseline_are_behind_it()
    {
        await using var pgroll = await PgrollDatabase.CreateAsync();
        await pgroll.CompleteAsync("00_other", """{"operations": []}""", "SELECT 1");
        await pgroll.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, d text); CREATE INDEX t_d ON t (d)");
        await pgroll.InsertAsync("02_index", """{"operations": []}""", isDone: true, "baseline", Snapshot);

        var result = await pgroll.Runner.StartAsync([Table, Index, NotNull]);

        CollectionAssert.AreEqual((string[])["03_not_null"], result!.Migrations.ToArray());
        await pgroll.Runner.CompleteAsync();
        Assert.IsNull(await pgroll.Runner.StartAsync([Table, Index, NotNull]));
    }

    [TestMethod]
    public async Task A_file_with_the_name_of_a_migration_before_the_baseline_is_refused()
    {
        await using var pgroll = await PrepareAsync();
        await pgroll.InsertAsync("01_zero", """{"operations": []}""", isDone: true, "baseline", Snapshot);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => pgroll.Runner.StartAsync([Index, NotNull]));

        Assert.AreEqual(ExitReason.NotNow, error.Reason);
        StringAssert.Contains(error.Message, "'02_index' sorts after baseline '01_zero'");
    }

    /// <summary>As pgroll spells it there: its structures' keys, and every one of them.</summary>
    const string Snapshot =
        """
        {"name": "public", "tables": {"t": {"oid": "1", "name": "t", "comment": "", "indexes": null, "primaryKey": ["id"], "foreignKeys": null, "checkConstraints": null,
          "uniqueConstraints": null, "excludeConstraints": null, "columns": {"id": {"name": "id", "type": "integer", "default": null, "nullable": false, "unique": true,
          "comment": "", "enumValues": null, "postgresType": "base"}}}}}
        """;

    static async Task<PgrollDatabase> PrepareAsync(int? major = null)
    {
        var pgroll = await PgrollDatabase.CreateAsync(major);
        await pgroll.CompleteAsync("01_table",
            """{"operations": [{"create_table": {"name": "t", "columns": [{"pk": true, "name": "id", "type": "int"}, {"name": "d", "type": "text", "nullable": true}]}}]}""",
            "CREATE TABLE t (id int PRIMARY KEY, d text)");
        await pgroll.CompleteAsync("02_index",
            """{"operations": [{"create_index": {"name": "t_d", "table": "t", "columns": [{"column": "d"}]}}]}""", "CREATE INDEX t_d ON t (d)");
        return pgroll;
    }
}
