using Npgsql;
using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Engine;
using PgRoll.Build.LocalPostgres;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>
/// What a rollout costs those who write meanwhile: with one statement for many rows, where nothing of what the server does for a row is
/// hidden behind round trips, and with a statement a row, as applications write, though without the flush of a commit for each.
/// </summary>
sealed class WriteBenchmark : Benchmark
{
    const int Single = 20_000;

    static readonly string[] Statements = ["INSERT", "UPDATE", "UPDATE of another column", "single-row UPDATE (one commit for all)", "single-row UPDATE of another column (one commit for all)"];

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
               select Figure.AtMost($"{Statements[s]} through the {version.Name} version while a rollout is active, against none", active, idle, s is 2 or 4 ? 1.15 : 2,
                   $"{Figure.Short((s < 3 ? rows : Single) / active.Median / 1000)}k rows/s against {Figure.Short((s < 3 ? rows : Single) / idle.Median / 1000)}k"),
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
        seconds[^2].Add(await RowByRowAsync(copy, $"UPDATE {view} SET status = 'changed again' WHERE id = $1"));
        seconds[^1].Add(await RowByRowAsync(copy, $"UPDATE {view} SET customer = customer + 1 WHERE id = $1"));
    }

    static async Task<double> RowByRowAsync(PostgresDatabase database, string statement)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(statement, connection) { Parameters = { new NpgsqlParameter<long>() } };
        await command.PrepareAsync();
        return await Bench.SecondsAsync(async () =>
        {
            for (var id = 1; id <= Single; id++)
            {
                command.Parameters[0].Value = (long)id;
                await command.ExecuteNonQueryAsync();
            }
        });
    }
}
