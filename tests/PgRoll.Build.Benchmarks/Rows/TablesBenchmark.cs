using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>How the commands grow with the schema, where no row is touched.</summary>
sealed class TablesBenchmark : Benchmark
{
    static readonly int[] Sizes = [50, 500, 2_000];
    static readonly string[] Commands = ["start", "rollback", "complete"];

    public override string Name => "tables";

    public override string Description => "start, rollback and complete of a new column on schemas of 50, 500 and 2,000 tables";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        List<Figure> figures = [];
        foreach (var size in Sizes)
        {
            await using var template = await bench.TemplateAsync(ManyTables.First, ManyTables.Create(size));
            List<double>[] seconds = [[], [], []];
            await using var copy = await bench.CopyAsync(template);
            var runner = new MigrationRunner(new(copy.ConnectionString));
            await ApplyAsync(runner, "02_version");
            foreach (var round in bench.Rounds)
            {
                var file = Bench.File($"03_{round}", ManyTables.AddColumn($"added_{round}"));
                seconds[0].Add(await Bench.SecondsAsync(() => runner.StartAsync([file])));
                seconds[1].Add(await Bench.SecondsAsync(() => runner.RollbackAsync()));
                await runner.StartAsync([file]);
                seconds[2].Add(await Bench.SecondsAsync(() => runner.CompleteAsync()));
            }
            figures.AddRange(Commands.Select((command, i) => size == 500
                ? Figure.AtMost(What(command, size), new Series(seconds[i]), "s", 1.5)
                : Figure.Told(What(command, size), new Series(seconds[i]), "s")));
        }
        return figures;
    }

    static string What(string command, int size) => $"`{command}` without backfill, {size:#,0} tables of 20 columns";

    static async Task ApplyAsync(MigrationRunner runner, string name)
    {
        await runner.StartAsync([Bench.File(name, ManyTables.AddColumn(name))]);
        await runner.CompleteAsync();
    }
}
