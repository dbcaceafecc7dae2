using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Backfill;

/// <summary>A table of many blocks that is about to be filled, and a trigger of a user's that notes who filled which row.</summary>
sealed class FilledTable : IAsyncDisposable
{
    public const string Old = "public_01_table", New = "public_02_change";

    /// <summary>Every third row has a value already.</summary>
    public const int Rows = 1_000;

    const string Audit =
        """
        CREATE TABLE filled (id int, pid int DEFAULT pg_backend_pid());
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF coalesce((to_jsonb(OLD) ->> '_pgroll_needs_backfill')::boolean, false) AND NOT (to_jsonb(NEW) ->> '_pgroll_needs_backfill')::boolean THEN
            INSERT INTO public.filled (id) VALUES (NEW.id);
          END IF;
          RETURN NULL;
        END $$;
        CREATE TRIGGER note AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note();
        ALTER TABLE t ENABLE ALWAYS TRIGGER note;
        """;

    const string Table = "CREATE TABLE t (id int PRIMARY KEY, d text, pad text, rank int)";

    const string Partitions =
        """
        PARTITION BY RANGE (id);
        CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (300);
        CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (300) TO (310);
        CREATE TABLE t3 PARTITION OF t FOR VALUES FROM (310) TO (800) PARTITION BY LIST (id);
        CREATE TABLE t3_rest PARTITION OF t3 DEFAULT;
        CREATE TABLE t4 PARTITION OF t DEFAULT
        """;

    readonly Rollout _rollout;

    FilledTable(Rollout rollout) => _rollout = rollout;

    /// <summary>What the new version stores in upper case cannot be computed again from the old one's.</summary>
    public static MigrationFile Change { get; } = Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(lower(d), 'none')\", down: \"nullif(d, 'none')\" }");

    public TestDatabase Database => _rollout.Database;

    /// <param name="major">The server's.</param>
    /// <param name="isPartitioned">Whether rows are spread over leaves of two levels.</param>
    /// <param name="isPlain">Whether the runner is no superuser.</param>
    public static async Task<FilledTable> CreateAsync(int major, bool isPartitioned = false, bool isPlain = false)
    {
        var rollout = isPlain ? await Rollout.CreatePlainAsync(major) : await Rollout.CreateAsync(major);
        Task DoAsync(string sql) => isPlain ? rollout.AsOwnerAsync(sql) : rollout.Database.ExecuteAsync(sql);
        await rollout.ApplyAsync(Yaml.File("01_table", $"- sql: {{ up: \"{Table} {(isPartitioned ? Partitions.ReplaceLineEndings(" ") : "")}\" }}"));
        await DoAsync(Audit);
        await DoAsync($"INSERT INTO t SELECT i, CASE WHEN i % 3 = 0 THEN 'd' || i END, repeat('x', 500), -i FROM generate_series(1, {Rows}) i");
        // Nothing but the test itself is to move rows.
        foreach (var leaf in await rollout.AsAsync("public", "SELECT relid::regclass::text FROM pg_partition_tree('t') WHERE isleaf"))
            await DoAsync($"ALTER TABLE {leaf} SET (autovacuum_enabled = off)");
        return new(rollout);
    }

    /// <summary>So many sessions and no more, for a runner that is no superuser.</summary>
    public Task LimitConnectionsAsync(int count) => Database.ExecuteAsync($"ALTER ROLE {_rollout.Owner!.Quoted} CONNECTION LIMIT {count}");

    /// <summary>Small batches, each of which is seen.</summary>
    public MigrationRunner Runner(Action<RunnerProgress> see, int workers = 1) =>
        new(_rollout.Options with { BackfillBatchSize = 1, BackfillWorkers = workers, Progress = new Observer(see) });

    public Task<IReadOnlyList<string>> AsAsync(string path, string sql) => _rollout.AsAsync(path, sql);

    /// <summary>A row each, columns separated by bars.</summary>
    public Task<IReadOnlyList<string>> QueryAsync(string sql) => _rollout.AsAsync("public", sql);

    /// <summary>Each version has so many rows, none is left, and the new one shows of each what the expression makes of it.</summary>
    public async Task AssertFilledAsync(long rows = Rows)
    {
        Assert.AreEqual($"{rows}|{rows}|0", (await QueryAsync(
            $"""
             SELECT count(o), count(n), count(*) FILTER (WHERE lower(n.d) IS DISTINCT FROM coalesce(lower(o.d), 'none') OR n.pad IS DISTINCT FROM o.pad OR n.rank IS DISTINCT FROM o.rank)
             FROM {Old}.t o FULL JOIN {New}.t n USING (id)
             """))[0]);
        Assert.AreEqual(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM t WHERE _pgroll_needs_backfill"));
        Assert.IsEmpty(await QueryAsync("SELECT id, count(*) FROM filled GROUP BY id HAVING count(*) > 1"), "filled more than once");
    }

    /// <summary>No row before the block that is remembered waits to be filled; how many rows are left.</summary>
    public async Task<long> AssertRememberedAsync()
    {
        foreach (var leaf in await QueryAsync("SELECT table_name || '|' || next_block FROM pgroll.backfills"))
        {
            var parts = leaf.Split('|');
            Assert.IsEmpty(await QueryAsync($"SELECT ctid FROM {parts[0]} WHERE _pgroll_needs_backfill AND ctid < '({parts[1]},0)'"), leaf);
        }
        return await Database.ScalarAsync<long>("SELECT count(*) FROM t WHERE _pgroll_needs_backfill");
    }

    public ValueTask DisposeAsync() => _rollout.DisposeAsync();
}
