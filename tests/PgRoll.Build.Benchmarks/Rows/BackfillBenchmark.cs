using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Engine;
using PgRoll.Build.LocalPostgres;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>The whole of start against the one statement that nobody can beat, and against the loop that is usually written.</summary>
sealed class BackfillBenchmark : Benchmark
{
    public override string Name => "backfill";

    public override string Description => "start of a column made NOT NULL, against one bare UPDATE, and against a keyset loop through row triggers";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        await using var template = await bench.TemplateAsync(Items.Create, Items.Fill(bench.Options.Rows));
        List<double> update = [], start = [], loop = [];
        foreach (var _ in bench.Rounds)
        {
            update.Add(await UpdateAsync(await bench.CopyAsync(template)));
            start.Add(await StartAsync(await bench.CopyAsync(template)));
            loop.Add(await LoopAsync(await bench.CopyAsync(template)));
        }
        var (bare, ours, usual) = (new Series(update), new Series(start), new Series(loop));
        var seconds = $"{Figure.Short(ours.Median)} s against {{0}} s, {bench.Options.Rows:#,0} rows";
        return
        [
            Figure.AtMost("`start` (two workers), against one bare `UPDATE`", ours, bare, 1.25, string.Format(null, seconds, Figure.Short(bare.Median))),
            Figure.Faster("`start`, against a keyset loop through row triggers", ours, usual, 4, string.Format(null, seconds, Figure.Short(usual.Median))),
        ];
    }

    static async Task<double> UpdateAsync(PostgresDatabase database)
    {
        await using var own = database;
        await Bench.ExecuteAsync(database.ConnectionString, "ALTER TABLE items ADD COLUMN new_status text");
        return await Bench.SecondsAsync(() => Bench.ExecuteAsync(database.ConnectionString, $"UPDATE items SET new_status = {Items.Up}"));
    }

    static async Task<double> StartAsync(PostgresDatabase database)
    {
        await using var own = database;
        return await Bench.SecondsAsync(() => new MigrationRunner(new(database.ConnectionString)).StartAsync([Bench.File("02_change", Items.Change)]));
    }

    static async Task<double> LoopAsync(PostgresDatabase database)
    {
        await using var own = database;
        await Bench.ExecuteAsync(database.ConnectionString, KeysetLoop.Triggers);
        return await Bench.SecondsAsync(() => KeysetLoop.RunAsync(database.ConnectionString));
    }
}
