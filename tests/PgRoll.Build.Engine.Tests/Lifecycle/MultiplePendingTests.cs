using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Several migrations that are pending at once.</summary>
[TestClass]
public sealed class MultiplePendingTests
{
    static readonly MigrationFile Table = Yaml.File("01_table",
        "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }");

    static readonly MigrationFile NotNull = Yaml.File("02_not_null", "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\" }");

    static readonly MigrationFile Renamed = Yaml.File("03_renamed", "- rename_column: { table: t, from: d, to: label }");

    static readonly MigrationFile Longer = Yaml.File("04_longer",
        "- alter_column: { table: t, column: label, type: varchar(40), up: \"'<' || label || '>'\", down: \"substr(label, 2, length(label) - 2)\" }");

    static readonly MigrationFile Raw = Yaml.File("03_raw", "- sql: { up: CREATE TABLE u (id int) }");

    [TestMethod]
    public async Task On_an_empty_history_all_but_the_last_are_completed_one_by_one()
    {
        await using var rollout = await Rollout.CreateAsync();

        var result = await rollout.Runner.StartAsync([Table, NotNull, Raw]);

        Assert.AreEqual("public_03_raw", result!.VersionSchema);
        CollectionAssert.AreEqual(new[] { "01_table|True", "02_not_null|True", "03_raw|False" }, await HistoryAsync(rollout));
        await rollout.Runner.CompleteAsync();
        CollectionAssert.AreEqual(new[] { "public_03_raw" }, await VersionsAsync(rollout));
    }

    [TestMethod]
    public async Task With_a_history_they_are_one_rollout_and_the_running_version_stays()
    {
        await using var rollout = await StartAsync(NotNull, Renamed, Longer);

        CollectionAssert.AreEqual(new[] { "public_01_table", "public_04_longer" }, await VersionsAsync(rollout));
        await rollout.AsAsync("public_01_table", "INSERT INTO t VALUES (2, 'x')");
        await rollout.AsAsync("public_04_longer", "INSERT INTO t VALUES (3, '<y>')");
        CollectionAssert.AreEqual(new[] { "1|", "2|x", "3|y" }, (await rollout.AsAsync("public_01_table", "SELECT id, d FROM t ORDER BY id")).ToArray());
        CollectionAssert.AreEqual(new[] { "1|<none>", "2|<x>", "3|<y>" }, (await rollout.AsAsync("public_04_longer", "SELECT id, label FROM t ORDER BY id")).ToArray());

        await rollout.Runner.CompleteAsync();

        CollectionAssert.AreEqual(new[] { "01_table|True", "02_not_null|True", "03_renamed|True", "04_longer|True" }, await HistoryAsync(rollout));
        CollectionAssert.AreEqual(new[] { "public_04_longer" }, await VersionsAsync(rollout));
        CollectionAssert.AreEqual(new[] { "04_longer|03_renamed", "03_renamed|02_not_null", "02_not_null|01_table" },
            (await rollout.AsAsync("pgroll", "SELECT name, parent FROM migrations WHERE parent IS NOT NULL ORDER BY created_at DESC")).ToArray());
    }

    [TestMethod]
    public async Task Rolled_back_together_they_leave_nothing()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        var catalog = await rollout.CatalogAsync();
        await rollout.Runner.StartAsync([Table, NotNull, Renamed, Longer]);

        CollectionAssert.AreEqual(new[] { "02_not_null", "03_renamed", "04_longer" }, (await rollout.Runner.RollbackAsync()).ToArray());

        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        CollectionAssert.AreEqual(new[] { "01_table|True" }, await HistoryAsync(rollout));
    }

    [TestMethod]
    public async Task Active_they_are_one_migration_whose_operations_are_all_of_theirs()
    {
        await using var rollout = await StartAsync(NotNull, Renamed);

        CollectionAssert.AreEqual(new[] { "03_renamed|2|[\"02_not_null\", \"03_renamed\"]" },
            (await rollout.AsAsync("pgroll", "SELECT name, jsonb_array_length(migration -> 'operations'), migration -> 'files' FROM migrations WHERE NOT done")).ToArray());
    }

    [TestMethod]
    public async Task Raw_sql_among_them_is_refused_by_name_and_nothing_is_started()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);

        await AssertRefusedAsync(() => rollout.Runner.StartAsync([Table, NotNull, Raw]), "'03_raw' holds raw SQL");

        CollectionAssert.AreEqual(new[] { "01_table|True" }, await HistoryAsync(rollout));
    }

    [TestMethod]
    public async Task A_file_that_sorts_before_an_applied_one_is_refused()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await rollout.ApplyAsync(Renamed);

        await AssertRefusedAsync(() => rollout.Runner.StartAsync([Table, NotNull, Renamed]), "'02_not_null' sorts before '03_renamed'");
    }

    [TestMethod]
    public async Task They_can_be_completed_one_by_one_or_refused_on_request()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        var refusing = new MigrationRunner(rollout.Options with { MultiplePending = MultiplePending.Fail });
        var completing = new MigrationRunner(rollout.Options with { MultiplePending = MultiplePending.CompleteEarlier });

        await AssertRefusedAsync(() => refusing.StartAsync([Table, NotNull, Renamed]), "2 migrations are pending");
        await completing.StartAsync([Table, NotNull, Renamed]);

        CollectionAssert.AreEqual(new[] { "01_table|True", "02_not_null|True", "03_renamed|False" }, await HistoryAsync(rollout));
    }

    /// <summary>Killed between the start of one and its complete: the next run, told the same, is not stuck.</summary>
    [TestMethod]
    public async Task Completing_one_by_one_goes_on_where_it_stopped()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.Runner.StartAsync([Table]);
        var completing = new MigrationRunner(rollout.Options with { MultiplePending = MultiplePending.CompleteEarlier });

        await AssertRefusedAsync(() => rollout.Runner.StartAsync([Table, NotNull, Renamed]), "'01_table' is active");
        await AssertRefusedAsync(() => completing.StartAsync([Table]), "'01_table' is active");
        await completing.StartAsync([Table, NotNull, Renamed]);

        CollectionAssert.AreEqual(new[] { "01_table|True", "02_not_null|True", "03_renamed|False" }, await HistoryAsync(rollout));
    }

    static async Task<Rollout> StartAsync(params MigrationFile[] pending)
    {
        var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await rollout.Database.ExecuteAsync("INSERT INTO t VALUES (1, NULL)");
        await rollout.Runner.StartAsync([Table, .. pending]);
        return rollout;
    }

    static async Task<string[]> HistoryAsync(Rollout rollout) =>
        [.. await rollout.AsAsync("pgroll", "SELECT name, done FROM migrations ORDER BY created_at")];

    static async Task<string[]> VersionsAsync(Rollout rollout) =>
        [.. await rollout.AsAsync("public", "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'public\\_%' OR nspname LIKE '\\_pgroll%' ORDER BY 1")];

    static async Task AssertRefusedAsync(Func<Task> command, string words)
    {
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(command);
        Assert.AreEqual(ExitReason.NotNow, error.Reason, error.Message);
        StringAssert.Contains(error.Message, words);
    }
}
