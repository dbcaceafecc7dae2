using System.Globalization;
using Npgsql;
using PgRoll.Build.Testing;
using static PgRoll.Build.Engine.Tests.Backfill.FilledTable;

namespace PgRoll.Build.Engine.Tests.Backfill;

/// <summary>Several sessions fill one table at once.</summary>
[TestClass]
public sealed class WorkersTests
{
    public static IEnumerable<int> Majors => TestDatabase.SupportedMajors;

    public static IEnumerable<object[]> Tables =>
        from table in ((int Workers, bool IsPartitioned)[])[(2, false), (2, true), (3, true)]
        from major in TestDatabase.SupportedMajors
        select new object[] { table.Workers, table.IsPartitioned, major };

    public static IEnumerable<object[]> Ends =>
        from end in ((int Workers, bool IsPartitioned, string How)[])[(2, false, "cancelled"), (3, true, "cancelled"), (2, false, "first killed"), (3, false, "last killed"), (2, true, "last killed")]
        from major in TestDatabase.MajorsFor(end.How + end.Workers)
        select new object[] { end.Workers, end.IsPartitioned, end.How, major };

    [TestMethod]
    [DynamicData(nameof(Tables))]
    public async Task Each_row_is_filled_once_and_counted(int workers, bool isPartitioned, int major)
    {
        await using var table = await CreateAsync(major, isPartitioned);
        var filled = 0L;
        var runner = table.Runner(progress =>
        {
            if (progress is not BackfillAdvanced advanced)
                return;
            if (filled == 0)
                UntilAllWork(table, workers);
            filled = advanced.Rows;
        }, workers);

        await runner.StartAsync([Change]);

        await table.AssertFilledAsync();
        Assert.AreEqual((long)Rows, filled);
        CollectionAssert.AreEqual((string[])[$"{Rows}|{Rows}|{workers}"], table.QueryAsync("SELECT count(*), count(DISTINCT id), count(DISTINCT pid) FROM filled").Result.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Tables))]
    public async Task Beside_clients_of_both_versions_each_row_is_filled_once(int workers, bool isPartitioned, int major)
    {
        await using var table = await CreateAsync(major, isPartitioned);
        using var stop = new CancellationTokenSource();
        List<Task<int>> clients = [];
        var runner = table.Runner(progress =>
        {
            if (progress is BackfillAdvanced && clients.Count == 0)
            {
                clients.AddRange([WriteAsync(Old, "t", "d", 'w', 0), WriteAsync(New, "public.t", "_pgroll_new_d", 'W', 1)]);
                UntilAllWork(table, workers);
            }
        }, workers);

        await runner.StartAsync([Change]);
        await stop.CancelAsync();

        var writes = await Task.WhenAll(clients);
        Assert.IsTrue(writes.All(count => count > 0), string.Join(", ", writes));
        await table.AssertFilledAsync();
        CollectionAssert.AreEqual((string[])[$"{Rows}|{Rows}"], table.QueryAsync("SELECT count(*), count(DISTINCT id) FROM filled").Result.ToArray());
        Assert.AreEqual("0|0", table.QueryAsync(
            $"SELECT count(*) FILTER (WHERE rank >= 0 AND d <> CASE id % 2 WHEN 0 THEN 'w' ELSE 'W' END || rank), count(*) FILTER (WHERE rank < 0 AND d <> CASE WHEN id % 3 = 0 THEN 'd' || id ELSE 'none' END) FROM {New}.t").Result[0]);

        // The new version's view is not there yet: its clients are those that write its column.
        async Task<int> WriteAsync(string path, string from, string column, char letter, int which)
        {
            var (random, writes) = (new Random(which), 0);
            await using var connection = await table.Database.DataSource.OpenConnectionAsync(CancellationToken.None);
            await using (var set = new NpgsqlCommand($"SET search_path = {path}", connection))
                await set.ExecuteNonQueryAsync(CancellationToken.None);
            while (!stop.IsCancellationRequested)
            {
                await using var update = new NpgsqlCommand($"UPDATE {from} SET {column} = '{letter}' || {writes}, rank = {writes} WHERE id = {Rows - random.Next(1, Rows / 2) * 2 + which}", connection);
                writes += await update.ExecuteNonQueryAsync(CancellationToken.None);
            }
            return writes;
        }
    }

    /// <summary>A row of the first block that a client holds keeps one worker there, while the others go far ahead of it.</summary>
    [TestMethod]
    [DynamicData(nameof(Ends))]
    public async Task What_an_interruption_leaves_behind_the_workers_is_not_forgotten(int workers, bool isPartitioned, string how, int major)
    {
        await using var table = await CreateAsync(major, isPartitioned);
        using var stop = new CancellationTokenSource();
        await using var holder = await table.Database.DataSource.OpenConnectionAsync(CancellationToken.None);
        NpgsqlTransaction? held = null;
        var (rows, isEnded) = (0L, false);
        var interrupted = table.Runner(progress =>
        {
            if (progress is StepBegins { Why: "the rows of 't' that are there already" })
                held = Hold(holder);
            if (progress is not BackfillAdvanced advanced || isEnded || (rows = advanced.Rows) < Rows / 2)
                return;
            isEnded = true;
            if (how == "cancelled")
                stop.Cancel();
            else
                Kill(table, how == "first killed");
        }, workers);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => interrupted.StartAsync([Change], stop.Token));

        Assert.AreEqual(ExitReason.Interrupted, error.Reason, error.ToString());
        var left = await table.AssertRememberedAsync();
        Assert.IsTrue(left is > 0 and <= Rows / 2, $"{left}");
        Assert.AreEqual(1L, await table.Database.ScalarAsync<long>("SELECT count(*) FROM t WHERE id = 1 AND _pgroll_needs_backfill"));
        await held!.DisposeAsync();
        await table.Runner(progress => rows = progress is BackfillAdvanced advanced ? advanced.Rows : rows, workers).StartAsync([Change]);
        await table.AssertFilledAsync();
        Assert.AreEqual(left, rows);
        Assert.AreEqual((long)Rows, await table.Database.ScalarAsync<long>("SELECT count(*) FROM filled"));
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_server_that_has_no_room_for_workers_is_filled_by_one(int major)
    {
        await using var table = await CreateAsync(major, isPlain: true);
        await table.LimitConnectionsAsync(1);

        await table.Runner(static _ => { }, workers: 3).StartAsync([Change]);

        await table.AssertFilledAsync();
        Assert.AreEqual(1L, await table.Database.ScalarAsync<long>("SELECT count(DISTINCT pid) FROM filled"));
    }

    /// <summary>Whoever has done a batch waits to tell of it until the first may go on.</summary>
    static void UntilAllWork(FilledTable table, int workers)
    {
        var end = DateTime.UtcNow.AddSeconds(60);
        while (table.Database.ScalarAsync<long>("SELECT count(DISTINCT pid) FROM filled").Result < workers && DateTime.UtcNow < end)
            Thread.Yield();
    }

    static NpgsqlTransaction Hold(NpgsqlConnection connection)
    {
        var transaction = connection.BeginTransaction();
        using var command = new NpgsqlCommand("SELECT FROM t WHERE id = 1 FOR UPDATE", connection);
        command.ExecuteNonQuery();
        return transaction;
    }

    /// <summary>The runner's own session, or the last that came to help.</summary>
    static void Kill(FilledTable table, bool isFirst) => table.Database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture,
        $"""
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'pgroll-build' ORDER BY backend_start {(isFirst ? "" : "DESC")} LIMIT 1
         """)).Wait();
}
