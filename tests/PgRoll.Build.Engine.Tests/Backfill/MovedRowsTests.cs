using PgRoll.Build.Testing;
using static PgRoll.Build.Engine.Tests.Backfill.FilledTable;

namespace PgRoll.Build.Engine.Tests.Backfill;

/// <summary>The backfill goes by where rows lie. Whatever moves them while it is under way, each is filled, and once.</summary>
[TestClass]
public sealed class MovedRowsTests
{
    public static IEnumerable<int> Majors => TestDatabase.SupportedMajors;

    /// <summary>What happens when half of the table is passed, rows that there are then, and whether rows come to lie behind the position.</summary>
    static readonly (string What, int Workers, int Rows, bool IsBehind)[] Moves =
    [
        ("VACUUM FULL t", 1, Rows, true),
        ("VACUUM FULL t", 2, Rows, true),
        ("CREATE INDEX back ON t (rank); CLUSTER t USING back", 1, Rows, true),
        ("CREATE INDEX back ON t (rank); CLUSTER t USING back", 2, Rows, true),
        ("ALTER TABLE t SET (fillfactor = 10); VACUUM FULL t", 1, Rows, true),
        ("DELETE FROM t WHERE id < 800; VACUUM FULL t", 2, 201, true),
        ("DELETE FROM t WHERE id > 600; VACUUM t", 1, 600, false),
        ("DELETE FROM t WHERE id < 900; VACUUM t; INSERT INTO public_01_table.t SELECT i, NULL, repeat('y', 500) FROM generate_series(1001, 1400) i", 2, 501, false),
        ("TRUNCATE t; INSERT INTO public_01_table.t (id, d) VALUES (1, NULL)", 1, 1, false),
        ("INSERT INTO public_01_table.t SELECT i, NULL, repeat('y', 500) FROM generate_series(1001, 4000) i", 2, 4_000, false),
        ("INSERT INTO t SELECT i, 'd' || i, repeat('y', 500) FROM generate_series(1001, 4000) i", 1, 4_000, false),
        ("UPDATE t SET pad = repeat('z', 700); VACUUM t; UPDATE public_01_table.t SET pad = repeat('a', 700)", 2, Rows, false),
    ];

    public static IEnumerable<object[]> Cases =>
        from move in Moves
        from major in TestDatabase.MajorsFor(move.What + move.Workers)
        select new object[] { move.What, move.Workers, move.Rows, move.IsBehind, major };

    [SampledTestMethod(of: 4)]
    [DynamicData(nameof(Cases))]
    public async Task Rows_are_filled_wherever_they_went(string what, int workers, int rows, bool isBehind, int major)
    {
        await using var table = await CreateAsync(major);
        List<double> passed = [];
        var isMoved = false;
        var runner = table.Runner(progress =>
        {
            if (progress is not BackfillAdvanced advanced)
                return;
            passed.Add(advanced.Fraction);
            if (isMoved || advanced.Fraction < 0.5)
                return;
            isMoved = true;
            RunAsync(table, what).GetAwaiter().GetResult();
        }, workers);

        await runner.StartAsync([Change]);

        Assert.IsTrue(isMoved);
        Assert.AreEqual(isBehind, passed.Zip(passed.Skip(1)).Any(pair => pair.Second < pair.First), "a second pass");
        await table.AssertFilledAsync(rows);
        await runner.CompleteAsync();
        Assert.AreEqual((long)rows, await table.Database.ScalarAsync<long>($"SELECT count(d) FROM {New}.t"));
    }

    /// <summary>Each statement a transaction of its own: VACUUM wants it.</summary>
    static async Task RunAsync(FilledTable table, string statements)
    {
        await using var connection = await table.Database.DataSource.OpenConnectionAsync();
        foreach (var statement in statements.Split("; "))
        {
            await using var command = new Npgsql.NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_table_that_is_rewritten_again_and_again_is_filled(int major)
    {
        await using var table = await CreateAsync(major);
        var batches = 0;
        var runner = table.Runner(progress =>
        {
            if (progress is BackfillAdvanced && ++batches % 10 == 0)
                RunAsync(table, "VACUUM FULL t").GetAwaiter().GetResult();
        });

        await runner.StartAsync([Change]);

        await table.AssertFilledAsync();
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_table_that_was_rewritten_since_the_interruption_is_filled(int major)
    {
        await using var table = await CreateAsync(major);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsExactlyAsync<PgRollException>(() => table.Runner(progress =>
        {
            if (progress is BackfillAdvanced { Fraction: > 0.5 })
                stop.Cancel();
        }).StartAsync([Change], stop.Token));
        var left = await table.AssertRememberedAsync();
        Assert.IsTrue(left is > 0 and < Rows, $"{left}");

        await RunAsync(table, "VACUUM FULL t");
        Assert.AreNotEqual(0L, await table.Database.ScalarAsync<long>("SELECT count(*) FROM t WHERE _pgroll_needs_backfill AND ctid < '(1,0)'"));
        await table.Runner(static _ => { }).StartAsync([Change]);

        await table.AssertFilledAsync();
    }
}
