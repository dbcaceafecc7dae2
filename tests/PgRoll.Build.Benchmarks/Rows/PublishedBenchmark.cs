using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Engine;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>The three that pgroll publishes, at its sizes.</summary>
sealed class PublishedBenchmark : Benchmark
{
    static readonly int[] Sizes = [10_000, 100_000, 300_000];

    public override string Name => "published";

    public override string Description => "backfill, write amplification and reading the schema, at pgroll's sizes";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        List<Figure> figures = [];
        foreach (var rows in Sizes)
        {
            await using var template = await bench.TemplateAsync(Items.Create, Items.Fill(rows));
            List<double> backfill = [], without = [], with = [], read = [];
            foreach (var _ in bench.Rounds)
            {
                await using var copy = await bench.CopyAsync(template);
                var options = new RunnerOptions(copy.ConnectionString);
                read.Add(await ReadsPerSecondAsync(options));
                without.Add(rows / await UpdateAsync(copy.ConnectionString));
                await Bench.ExecuteAsync(copy.ConnectionString, "VACUUM FULL items");
                backfill.Add(rows / await Bench.SecondsAsync(() => new MigrationRunner(options).StartAsync([Bench.File("02_change", Items.Change)])));
                await Bench.ExecuteAsync(copy.ConnectionString, "VACUUM FULL items");
                with.Add(rows / await UpdateAsync(copy.ConnectionString));
            }
            figures.Add(Figure.Told($"Backfill, {rows:#,0} rows", new(backfill), "rows/s"));
            figures.Add(Figure.Told($"WriteAmplification without triggers, {rows:#,0} rows", new(without), "rows/s"));
            figures.Add(Figure.Told($"WriteAmplification with triggers, {rows:#,0} rows", new(with), "rows/s"));
            figures.Add(Figure.Told($"ReadSchema, {rows:#,0} rows", new(read), "executions/s"));
        }
        return figures;
    }

    static Task<double> UpdateAsync(string connectionString) =>
        Bench.SecondsAsync(() => Bench.ExecuteAsync(connectionString, $"UPDATE {Items.Old} SET status = 'changed ' || id % 5"));

    static async Task<double> ReadsPerSecondAsync(RunnerOptions options)
    {
        const int Count = 20;
        await using var session = await Session.OpenAsync(options, CancellationToken.None);
        return Count / await Bench.SecondsAsync(async () =>
        {
            for (var i = 0; i < Count; i++)
                await new SchemaReader(session).ReadAsync(options.Schema, "public_01_base", CancellationToken.None);
        });
    }
}
