using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>The same where the column has an index and a unique constraint, which are built again.</summary>
sealed class IndexBenchmark : Benchmark
{
    const string Indexes = "CREATE INDEX items_code_customer ON items (code, customer); ALTER TABLE items ADD CONSTRAINT items_code_key UNIQUE (code);";

    public override string Name => "indexes";

    public override string Description => "start of a column with an index and a unique constraint, against one bare UPDATE and two CREATE INDEX";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        await using var template = await bench.TemplateAsync(Items.Create, Items.Fill(bench.Options.Rows) + ";" + Indexes);
        List<double> bare = [], start = [];
        foreach (var _ in bench.Rounds)
        {
            await using (var copy = await bench.CopyAsync(template))
            {
                await Bench.ExecuteAsync(copy.ConnectionString, "ALTER TABLE items ADD COLUMN new_code text");
                bare.Add(await Bench.SecondsAsync(async () =>
                {
                    await Bench.ExecuteAsync(copy.ConnectionString, $"UPDATE items SET new_code = {Items.UpCode}");
                    await Bench.ExecuteAsync(copy.ConnectionString, "CREATE INDEX ON items (new_code, customer)");
                    await Bench.ExecuteAsync(copy.ConnectionString, "CREATE UNIQUE INDEX ON items (new_code)");
                }));
            }
            await using (var copy = await bench.CopyAsync(template))
                start.Add(await Bench.SecondsAsync(() => new MigrationRunner(new(copy.ConnectionString)).StartAsync([Bench.File("02_change", Items.ChangeCode)])));
        }
        var (statements, ours) = (new Series(bare), new Series(start));
        return
        [
            Figure.AtMost("`start` with an index and a unique constraint on the column, against bare `UPDATE` + both `CREATE INDEX`", ours, statements, 1.25,
                $"{Figure.Short(ours.Median)} s against {Figure.Short(statements.Median)} s, {bench.Options.Rows:#,0} rows"),
        ];
    }
}
