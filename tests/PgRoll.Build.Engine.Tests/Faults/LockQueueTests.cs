using Npgsql;
using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>
/// A client's transaction keeps the runner from a lock. Whoever comes after the runner waits no longer than its lock timeout, nobody is
/// a deadlock's victim, and the runner goes on when the client has finished, or gives up and names it.
/// </summary>
[TestClass]
public sealed class LockQueueTests
{
    const int Waits = 4;

    static readonly TimeSpan LockTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>Longer than one wait of the runner with all that a busy machine adds, shorter than its waits for one table after the other.</summary>
    const string Patience = "SET statement_timeout = '1s'";

    static readonly MigrationFile Tables = new("01_tables.yaml",
        """
        operations:
          - create_table: { name: a, columns: [{ name: id, type: serial, pk: true }, { name: d, type: text, nullable: true }] }
          - create_table: { name: b, columns: [{ name: id, type: serial, pk: true }, { name: d, type: text, nullable: true }] }
          - create_table: { name: c, columns: [{ name: id, type: serial, pk: true }, { name: d, type: text, nullable: true }] }
        """);

    static readonly MigrationFile Change = new("02_change.yaml",
        """
        operations:
          - alter_column: { table: a, column: d, nullable: false, up: "coalesce(d, '')", down: d }
          - alter_column: { table: b, column: d, nullable: false, up: "coalesce(d, '')", down: d }
          - alter_column: { table: c, column: d, nullable: false, up: "coalesce(d, '')", down: d }
        """);

    static readonly Dictionary<string, Func<MigrationRunner, Task>> Commands = new()
    {
        ["start"] = static runner => runner.StartAsync([Change]),
        ["complete"] = static runner => runner.CompleteAsync(),
        ["rollback"] = static runner => runner.RollbackAsync(),
    };

    public static IEnumerable<object[]> Rows => FaultyRollout.Spread(Commands.Keys.Select(name => new object[] { name }));

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Clients_do_not_queue_behind_a_runner_that_waits_for_a_long_transaction(string command, int major)
    {
        await using var template = await BeforeAsync(command, major);
        var undisturbed = await CatalogAfterAsync(major, template, Commands[command]);
        await using var database = await TestDatabase.CreateAsync(major, template);
        await using var client = await Client.BeginAsync(database, "report", "SELECT count(*) FROM c");
        var waited = new Waited(Waits);

        var run = Commands[command](new(Options(database) with { Progress = waited }));
        // Of the tables, what the client holds comes last, and first; the view is one that outlives the command.
        var statements = await Task.WhenAll(
            new[] { "a", "c", $"{(command == "complete" ? "public_02_change" : "public_01_tables")}.a" }.Select(table => StatementsAsync(database, table, Task.WhenAny(run, waited.Enough))));
        await await Task.WhenAny(run, waited.Enough);

        Assert.IsTrue(statements.All(count => count > 0));
        StringAssert.Contains(waited.Blockers, $"process {client.ProcessId} (report, ");
        // What others run may hold secrets.
        Assert.DoesNotContain("SELECT", waited.Blockers);
        await client.CommitAsync();
        await run;
        Assert.AreEqual(undisturbed, await CatalogDump.ReadAsync(database.DataSource, "pgroll"));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task A_client_that_locks_crosswise_is_no_victim(string command, int major)
    {
        await using var template = await BeforeAsync(command, major);
        await using var database = await TestDatabase.CreateAsync(major, template);
        await using var client = await Client.BeginAsync(database, "till", "INSERT INTO c (d) VALUES ('x')");
        var waited = new Waited(Waits);

        var run = Commands[command](new(Options(database) with { Progress = waited }));
        // What the runner holds while it waits for us; the savepoint lets go of it again.
        while (!waited.Enough.IsCompleted && !run.IsCompleted)
            await client.ExecuteAsync("SAVEPOINT s; INSERT INTO a (d) VALUES ('x'); ROLLBACK TO SAVEPOINT s");
        await await Task.WhenAny(run, waited.Enough);

        await client.CommitAsync();
        await run;
        Assert.AreEqual(2L, await database.ScalarAsync<long>("SELECT count(*) FROM c"));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Without_a_lock_within_the_budget_everything_is_as_before_and_the_blocker_named(string command, int major)
    {
        await using var template = await BeforeAsync(command, major);
        var before = await CatalogAfterAsync(major, template, static _ => Task.CompletedTask);
        await using var database = await TestDatabase.CreateAsync(major, template);
        await using var client = await Client.BeginAsync(database, "report", "SELECT count(*) FROM c");

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => Commands[command](new(Options(database) with { LockBudget = TimeSpan.Zero })));

        Assert.AreEqual(ExitReason.DatabaseError, error.Reason);
        StringAssert.Contains(error.Message, $"Held by process {client.ProcessId} (report, ");
        Assert.AreEqual(before, await CatalogDump.ReadAsync(database.DataSource, "pgroll"));
        await client.CommitAsync();
        await Commands[command](new(Options(database)));
    }

    [TestMethod]
    public async Task A_prepared_transaction_in_the_way_is_named()
    {
        await using var template = await BeforeAsync("start", null);
        await using var database = await TestDatabase.CreateAsync(null, template);
        await using var client = await Client.BeginAsync(database, "till", "INSERT INTO c (d) VALUES ('x')");
        // Quotes in it are doubled, as whoever ends it has to write them.
        var name = $"it''s {Guid.NewGuid():n}";
        await client.ExecuteAsync($"PREPARE TRANSACTION '{name}'");
        var runner = new MigrationRunner(Options(database) with { LockBudget = TimeSpan.Zero });

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => runner.StartAsync([Change]));

        await client.ExecuteAsync($"ROLLBACK PREPARED '{name}'");
        StringAssert.Contains(error.Message, $"the prepared transaction '{name}' of user ");
        StringAssert.Contains(error.Message, "ROLLBACK PREPARED");
        await runner.StartAsync([Change]);
    }

    [TestMethod]
    public async Task A_row_that_somebody_keeps_ends_the_command_and_leaves_what_is_filled()
    {
        await using var template = await BeforeAsync("start", null);
        await using var database = await TestDatabase.CreateAsync(null, template);
        await using var client = await Client.BeginAsync(database, "till", "SELECT 1");
        var progress = new Observer(step =>
        {
            if (step is StepBegins { Why: "the rows of 'b' that are there already" })
                client.ExecuteAsync("SELECT FROM b WHERE id = 50 FOR UPDATE").GetAwaiter().GetResult();
        });
        var runner = new MigrationRunner(Options(database) with { LockBudget = TimeSpan.Zero, Progress = progress });

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => runner.StartAsync([Change]));

        Assert.AreEqual(ExitReason.NotNow, error.Reason, error.ToString());
        StringAssert.Contains(error.Message, $"Held by process {client.ProcessId} (till, ");
        StringAssert.Contains(error.Message, "which has row (0,50) of \"public\".\"b\" locked");
        await client.CommitAsync();
        await new MigrationRunner(Options(database)).StartAsync([Change]);
        Assert.AreEqual(100L, await database.ScalarAsync<long>("SELECT count(*) FROM public_02_change.b WHERE d = ''"));
    }

    /// <summary>To name whoever is in the way takes a second connection.</summary>
    [TestMethod]
    public async Task A_runner_that_gets_no_second_connection_waits_all_the_same()
    {
        await using var rollout = await Rollout.CreatePlainAsync();
        await rollout.ApplyAsync(Tables);
        await rollout.Database.ExecuteAsync($"ALTER ROLE {rollout.Owner!.Name} CONNECTION LIMIT 1");
        await using var client = await Client.BeginAsync(rollout.Database, "report", "SELECT count(*) FROM c");
        var waited = new Waited(1);

        var run = new MigrationRunner(rollout.Options with { LockTimeout = LockTimeout, Progress = waited }).StartAsync([Change]);
        await await Task.WhenAny(run, waited.Enough);

        StringAssert.Contains(waited.Blockers, "to ask who it is did not work");
        await client.CommitAsync();
        await run;
    }

    /// <summary>A build waits for every transaction that looks at older rows, and one of these may come to want the whole table.</summary>
    [TestMethod]
    public async Task An_index_build_that_loses_a_deadlock_is_repeated()
    {
        await using var template = await BeforeAsync("start", null);
        await using var database = await TestDatabase.CreateAsync(null, template);
        await database.ExecuteAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = 50', current_database()); END $$");
        await using var writer = await Client.BeginAsync(database, "till", "INSERT INTO c (d) VALUES ('x')");
        await using var report = await Client.BeginAsync(database, "report",
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL deadlock_timeout = '1h'; SET LOCAL statement_timeout = 0; SELECT count(*) FROM a");
        var waited = new Waited(1);
        var run = new MigrationRunner(Options(database) with { Progress = waited }).StartAsync([new("02_index.yaml",
            "operations: [{ create_index: { name: c_d, table: c, columns: [{ column: d }] } }]")]);
        // It waits for the writer, and the report for it; then it waits for the report.
        await UntilAsync(database, "locktype = 'virtualxid'");
        var table = report.ExecuteAsync("LOCK TABLE c IN SHARE ROW EXCLUSIVE MODE");
        await UntilAsync(database, $"pid = {report.ProcessId}");
        await writer.CommitAsync();

        await await Task.WhenAny(run, waited.Enough);
        StringAssert.Contains(waited.Blockers, "deadlock");
        await table;
        await report.CommitAsync();
        await run;
        Assert.IsTrue(await database.ScalarAsync<bool>("SELECT indisvalid FROM pg_index WHERE indexrelid = 'c_d'::regclass"));
    }

    [TestMethod]
    public async Task A_start_that_can_neither_go_on_nor_back_says_so_and_rollback_works_later()
    {
        await using var template = await BeforeAsync("start", null);
        await using var database = await TestDatabase.CreateAsync(null, template);
        var before = await CatalogDump.ReadAsync(database.DataSource, "pgroll");
        await using var client = await Client.BeginAsync(database, "vacuum", "SELECT 1");
        // What an ANALYZE of its own, or a VACUUM, holds: validation waits for it, and so does the way back.
        var progress = new Observer(step =>
        {
            if (step is BackfillAdvanced { Table: "c" })
                client.ExecuteAsync("LOCK TABLE c IN SHARE UPDATE EXCLUSIVE MODE").GetAwaiter().GetResult();
        });

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => new MigrationRunner(Options(database) with { LockBudget = TimeSpan.Zero, Progress = progress }).StartAsync([Change]));

        Assert.AreEqual(ExitReason.NeedsAttention, error.Reason, error.ToString());
        StringAssert.Contains(error.Message, $"Held by process {client.ProcessId} (vacuum, ");
        StringAssert.Contains(error.Message, "Run `rollback` when that is mended");
        await client.CommitAsync();
        await new MigrationRunner(Options(database)).RollbackAsync();
        Assert.AreEqual(before, await CatalogDump.ReadAsync(database.DataSource, "pgroll"));
    }

    [TestMethod]
    public async Task A_deadlock_that_complete_loses_is_a_reason_to_try_again()
    {
        var change = new MigrationFile("02_change.yaml",
            """
            operations:
              - sql: { up: "UPDATE a SET d = 'raw'; SELECT pg_advisory_xact_lock(42); UPDATE b SET d = 'raw'", onComplete: true }
            """);
        await using var template = await BeforeAsync("start", null);
        await using var database = await TestDatabase.CreateAsync(null, template);
        await database.ExecuteAsync("INSERT INTO a (d) VALUES ('-'); DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = 50', current_database()); END $$");
        // It is patient: whoever finds the deadlock is the runner.
        await using var client = await Client.BeginAsync(database, "till", "SET LOCAL deadlock_timeout = '1h'; SET LOCAL statement_timeout = 0; UPDATE b SET d = 'till'");
        await using var gate = await Client.BeginAsync(database, "gate", "SELECT pg_advisory_xact_lock(42)");
        var waited = new Waited(1);
        var runner = new MigrationRunner(new(database.ConnectionString) { LockTimeout = TimeSpan.FromMinutes(1), CompleteSqlTimeout = TimeSpan.FromMinutes(1), Progress = waited });
        await runner.StartAsync([change]);

        var run = runner.CompleteAsync();
        await UntilAsync(database, "locktype = 'advisory'");
        var update = client.ExecuteAsync("UPDATE a SET d = 'till'");
        await UntilAsync(database, $"pid = {client.ProcessId}");
        await gate.CommitAsync();

        await await Task.WhenAny(run, waited.Enough);
        await update;
        await client.CommitAsync();
        await run;
        Assert.AreEqual("raw", await database.ScalarAsync<string>("SELECT string_agg(DISTINCT d, ' ') FROM (SELECT d FROM a UNION ALL SELECT d FROM b) AS rows"));
    }

    static RunnerOptions Options(TestDatabase database) => new(database.ConnectionString) { LockTimeout = LockTimeout };

    static async Task<PostgresDatabase> BeforeAsync(string command, int? major) =>
        await (await TestDatabase.ServerAsync(major)).CreateTemplateAsync(async (source, ct) =>
        {
            var runner = new MigrationRunner(new(source.ConnectionString));
            await runner.InitializeAsync(ct);
            await runner.StartAsync([Tables], ct);
            await runner.CompleteAsync(ct);
            // So that there is something to backfill.
            await using (var rows = source.CreateCommand("INSERT INTO b (d) SELECT NULL FROM generate_series(1, 100); INSERT INTO c (d) VALUES (NULL)"))
                await rows.ExecuteNonQueryAsync(ct);
            if (command != "start")
                await runner.StartAsync([Change], ct);
        });

    static async Task<string> CatalogAfterAsync(int major, PostgresDatabase template, Func<MigrationRunner, Task> command)
    {
        await using var database = await TestDatabase.CreateAsync(major, template);
        await command(new(new(database.ConnectionString)));
        return await CatalogDump.ReadAsync(database.DataSource, "pgroll");
    }

    /// <summary>Reads and writes a table over and over; each statement ends in an error if somebody makes it wait too long.</summary>
    static async Task<int> StatementsAsync(TestDatabase database, string table, Task end)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using (var patience = new NpgsqlCommand(Patience, connection))
            await patience.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}; INSERT INTO {table} (d) VALUES ('x')", connection);
        var count = 0;
        for (; !end.IsCompleted; count++)
            await command.ExecuteNonQueryAsync();
        return count;
    }

    static async Task UntilAsync(TestDatabase database, string waits)
    {
        while (!await database.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND {waits})"))
            await Task.Delay(20);
    }

    /// <summary>A client's transaction.</summary>
    sealed class Client : IAsyncDisposable
    {
        readonly NpgsqlConnection _connection;

        Client(NpgsqlConnection connection) => _connection = connection;

        public int ProcessId => _connection.ProcessID;

        public static async Task<Client> BeginAsync(TestDatabase database, string name, string sql)
        {
            var connection = new NpgsqlConnection(database.ConnectionString + $";Pooling=false;Application Name={name}");
            await connection.OpenAsync();
            var client = new Client(connection);
            await client.ExecuteAsync($"{Patience}; BEGIN; {sql}");
            return client;
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            await command.ExecuteNonQueryAsync();
        }

        public Task CommitAsync() => ExecuteAsync("COMMIT");

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }

    /// <summary>Notices when the runner has had to wait for locks often enough.</summary>
    sealed class Waited(int times) : IProgress<RunnerProgress>
    {
        readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int _left = times;

        public Task Enough => _enough.Task;

        public string Blockers { get; private set; } = "";

        public void Report(RunnerProgress value)
        {
            if (value is not LockWaited waited)
                return;
            Blockers = waited.Blockers;
            if (--_left == 0)
                _enough.SetResult();
        }
    }
}
