using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>
/// Whoever may create in the base schema may put operators there that fit the types of a query better than the server's own, which take
/// a cast. The runner, often a superuser, has that schema on its path, for users' expressions: its own queries must not call them.
/// </summary>
[TestClass]
public sealed class HostileOperatorTests
{
    const string Table =
        """
        - create_table:
            name: other
            columns: [{ name: id, type: int, pk: true, generated: { identity: { sequence_options: START WITH 7 INCREMENT BY 3 CACHE 5 } } }]
        - create_table:
            name: t
            columns:
              - { name: id, type: serial, pk: true }
              - { name: d, type: varchar(20), nullable: true, default: "'none'", comment: what it says }
              - { name: e, type: int, unique: true, check: { name: positive, constraint: e IS NOT NULL } }
              - { name: o, type: int, nullable: true, references: { name: to_other, table: other, column: id, on_delete: CASCADE } }
        - create_index: { name: t_d, table: t, columns: [{ column: d, sort: DESC }], predicate: d IS NOT NULL }
        """;

    const string Change =
        """
        - alter_column: { table: t, column: d, type: text, nullable: false, up: "coalesce(d, 'none')", down: d }
        - alter_column: { table: t, column: e, type: bigint, up: e, down: e }
        - alter_column: { table: other, column: id, type: bigint, up: id, down: id }
        - add_column: { table: t, column: { name: number, type: serial } }
        - add_column: { table: t, column: { name: f, type: text, nullable: true, default: "'x'" } }
        - drop_column: { table: t, column: o, down: "CAST(NULL AS int)" }
        - rename_table: { from: other, to: another }
        - create_table: { name: fresh, columns: [{ name: id, type: serial, pk: true }] }
        """;

    [TestMethod]
    public async Task The_runners_own_queries_call_none()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        await rollout.Database.ExecuteAsync(
            $"""
             INSERT INTO other SELECT FROM generate_series(1, 10);
             INSERT INTO t (d, e, o) SELECT NULL, i, 7 FROM generate_series(1, 1000) i;
             CREATE STATISTICS s ON d, e FROM t;
             CREATE POLICY p ON t USING (true);
             CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
             CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
             CREATE TABLE parts (id int NOT NULL, d text) PARTITION BY RANGE (id);
             CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (10);
             CREATE PUBLICATION everything FOR TABLE parts;
             CREATE VIEW users AS SELECT 1 AS id;
             GRANT SELECT (id, d) ON t TO PUBLIC;
             ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC
             """);
        await rollout.Database.ExecuteAsync(HostileOperators.Sql);
        var waited = "";
        var runner = new MigrationRunner(rollout.Options with
        {
            LockTimeout = TimeSpan.FromMilliseconds(100),
            Progress = new Observer(step => waited += step is LockWaited wait ? wait.Blockers : ""),
        });
        var change = Yaml.File("02_change", Change);

        await runner.InitializeAsync();
        await runner.PlanAsync([change]);
        await runner.DriftAsync();
        await runner.StartAsync([change]);
        await runner.StatusAsync();
        await runner.RollbackAsync();
        await using (var connection = await rollout.Database.DataSource.OpenConnectionAsync())
        {
            var transaction = await connection.BeginTransactionAsync();
            await using (var command = new Npgsql.NpgsqlCommand("INSERT INTO t (d, e) VALUES ('x', 0)", connection))
                await command.ExecuteNonQueryAsync();
            var start = runner.StartAsync([change]);
            while (!waited.Contains("process", StringComparison.Ordinal) && !start.IsCompleted)
                await Task.Delay(20);
            await transaction.CommitAsync();
            await start;
        }
        await runner.StatusAsync();
        await runner.CompleteAsync();
        await runner.HistoryAsync();
        await runner.DriftAsync();
        await runner.BaselineAsync("03_now", null, static _ => Task.CompletedTask);
    }
}
