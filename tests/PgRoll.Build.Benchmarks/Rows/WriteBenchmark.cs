using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Engine;
using PgRoll.Build.LocalPostgres;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>
/// What a rollout costs those who write meanwhile. One statement writes many rows, so that what the server does for a row is not hidden
/// behind round trips and flushes; clients that write a row at a time notice less.
/// </summary>
sealed class WriteBenchmark : Benchmark
{
    static readonly string[] Statements = ["INSERT", "UPDATE", "UPDATE of another column"];

    public override string Name => "writes";

    public override string Description => "INSERT and UPDATE through both versions of an active rollout, against no rollout";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        await using var template = await bench.TemplateAsync(Items.Create, Items.Fill(0));
        var rows = bench.Options.Rows / 5;
        var (none, old, @new) = (Empty(), Empty(), Empty());
        foreach (var _ in bench.Rounds)
        {
            await MeasureAsync(bench, template, Items.Old, isActive: false, rows, none);
            await MeasureAsync(bench, template, Items.Old, isActive: true, rows, old);
            await MeasureAsync(bench, template, Items.New, isActive: true, rows, @new);
        }
        return
        [
            .. from s in Enumerable.Range(0, Statements.Length)
               from version in new[] { (Name: "old", Times: old), (Name: "new", Times: @new) }
               let active = new Series(version.Times[s])
               let idle = new Series(none[s])
               select Figure.AtMost($"{Statements[s]} through the {version.Name} version while a rollout is active, against none", active, idle, s == 2 ? 1.15 : 2,
                   $"{Figure.Short(rows / active.Median / 1000)}k rows/s against {Figure.Short(rows / idle.Median / 1000)}k"),
        ];
    }

    static List<double>[] Empty() => [.. Statements.Select(static _ => new List<double>())];

    static async Task MeasureAsync(Bench bench, PostgresDatabase template, string view, bool isActive, int rows, List<double>[] seconds)
    {
        await using var copy = await bench.CopyAsync(template);
        if (isActive)
            await new MigrationRunner(new(copy.ConnectionString)).StartAsync([Bench.File("02_change", Items.Change)]);
        // The new version has no NULL there, and both write the same.
        string[] statements =
        [
            $"INSERT INTO {view} (id, customer, status, code, note, created_at) SELECT id, customer, coalesce(status, 'x'), code, note, created_at FROM ({Items.Rows($"generate_series(1, {rows})")}) r (id, customer, status, code, note, created_at)",
            $"UPDATE {view} SET status = 'changed ' || id % 5",
            $"UPDATE {view} SET customer = customer + 1",
        ];
        for (var s = 0; s < statements.Length; s++)
        {
            seconds[s].Add(await Bench.SecondsAsync(() => Bench.ExecuteAsync(copy.ConnectionString, statements[s])));
            // Each statement finds the room that the one before it left, and no pages that wait to be written.
            await Bench.ExecuteAsync(copy.ConnectionString, "VACUUM (ANALYZE) items");
            await Bench.ExecuteAsync(copy.ConnectionString, "CHECKPOINT");
        }
    }
}
