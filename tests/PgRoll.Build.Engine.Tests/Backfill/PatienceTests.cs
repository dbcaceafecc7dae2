using Npgsql;
using PgRoll.Build.Engine.Tests.Lifecycle;

namespace PgRoll.Build.Engine.Tests.Backfill;

[TestClass]
public sealed class PatienceTests
{
    /// <summary>A pause makes up for a batch's own work: one as long as the wait would double it, and the delay here would never end.</summary>
    [TestMethod]
    public async Task No_pause_follows_a_wait_for_a_row_that_a_client_had_locked()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }"));
        await rollout.Database.ExecuteAsync("INSERT INTO t VALUES (1, 'a'), (2, NULL)");
        await using var client = new NpgsqlConnection(rollout.Database.ConnectionString);
        await client.OpenAsync();
        var runner = new MigrationRunner(rollout.Options with
        {
            BackfillBatchDelay = TimeSpan.FromDays(1),
            Progress = new Observer(step =>
            {
                if (step is StepBegins { Why: var why } && why.StartsWith("the rows of", StringComparison.Ordinal))
                    Do("BEGIN; SELECT FROM t WHERE id = 1 FOR UPDATE");
                else if (step is LockWaited)
                    Do("COMMIT");
            }),
        });

        await runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\", down: d }")]);

        Assert.AreEqual("a none", await rollout.Database.ScalarAsync<string>("SELECT string_agg(d, ' ' ORDER BY id) FROM public_02_change.t"));

        void Do(string sql)
        {
            using var command = new NpgsqlCommand(sql, client);
            command.ExecuteNonQuery();
        }
    }
}
