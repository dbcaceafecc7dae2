using System.Globalization;
using Npgsql;
using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>
/// The server ends the runner's session in the middle of a statement: somebody terminates the backend, in each stage of each command,
/// or the server goes down and recovers.
/// </summary>
[TestClass]
public sealed class LostSessionTests
{
    const string Setting = "faults.at", InBackfill = "the middle of the backfill";

    /// <summary>A statement that meets its event trigger with the setting, or a backfill that comes to the row, ends its own session.</summary>
    const string Fault =
        $"""
        CREATE FUNCTION strike() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF tg_event || ' ' || current_query() LIKE current_setting('{Setting}', true) || '%' THEN
            PERFORM pg_terminate_backend(pg_backend_pid());
          END IF;
        END $$;
        CREATE EVENT TRIGGER strike_before ON ddl_command_start EXECUTE FUNCTION strike();
        CREATE EVENT TRIGGER strike_after ON ddl_command_end EXECUTE FUNCTION strike();
        CREATE FUNCTION filled(d text, e int) RETURNS text LANGUAGE plpgsql AS $$
        BEGIN
          IF e = 1500 AND current_setting('{Setting}', true) = '{InBackfill}' THEN
            PERFORM pg_terminate_backend(pg_backend_pid());
          END IF;
          RETURN coalesce(d, 'none');
        END $$;
        INSERT INTO t (d, e) SELECT nullif(i % 3, 0)::text, i FROM generate_series(51, 2000) i;
        """;

    static readonly MigrationFile Change = new("02_change.yaml",
        """
        operations:
          - alter_column: { table: t, column: d, nullable: false, up: "filled(d, e)", down: d, check: { name: d_given, constraint: length(d) > 0 } }
          - create_index: { table: t, name: t_e, columns: [{ column: e }] }
        """);

    /// <summary>In a statement of each stage, by its beginning.</summary>
    public static IEnumerable<object[]> Starts => FaultyRollout.Spread(
        from at in (string[])
        [
            "ddl_command_end ALTER TABLE \"public\".\"t\" ADD COLUMN", "ddl_command_end CREATE TRIGGER", InBackfill, "ddl_command_start CREATE INDEX CONCURRENTLY",
            "ddl_command_end CREATE INDEX CONCURRENTLY", "ddl_command_start ALTER TABLE \"public\".\"t\" VALIDATE", "ddl_command_end CREATE SCHEMA", "ddl_command_end CREATE VIEW",
        ]
        from way in (bool[])[true, false]
        select new object[] { at, way });

    public static IEnumerable<object[]> Ends => FaultyRollout.Spread(
    [
        ["complete", "ddl_command_end DROP TRIGGER"], ["complete", "ddl_command_end ALTER TABLE \"public\".\"t\" RENAME"], ["complete", "ddl_command_end DROP SCHEMA"],
        ["rollback", "ddl_command_end DROP TRIGGER"], ["rollback", "ddl_command_end ALTER TABLE \"public\".\"t\" DROP COLUMN"], ["rollback", "ddl_command_end DROP SCHEMA"],
    ]);

    /// <summary>A network that loses what the runner says, or a machine that stands still, in the moment in which all clients wait for it.</summary>
    [TestMethod]
    [DataRow("complete")]
    [DataRow("rollback")]
    public async Task A_runner_that_falls_silent_keeps_no_client_waiting(string command)
    {
        await using var template = await FaultyRollout.TemplateAsync(null, runner => runner.StartAsync([FaultyRollout.Changes["columns and an index"]]));
        Task RunAsync(RunnerOptions options) => command == "complete" ? new MigrationRunner(options).CompleteAsync() : new MigrationRunner(options).RollbackAsync();
        await using var expected = await TestDatabase.CreateAsync(template: template);
        await using var count = new CuttingProxy(expected.ConnectionString);
        await RunAsync(new(count.ConnectionString));

        // From the end: the last request before which the whole table is locked.
        for (var request = count.Requests; ; request--)
        {
            await using var database = await TestDatabase.CreateAsync(template: template);
            await using var proxy = new CuttingProxy(database.ConnectionString, new(request, CutAt.Request), holds: true);
            var run = RunAsync(new(proxy.ConnectionString) { Silence = TimeSpan.FromSeconds(1) });
            await await Task.WhenAny(proxy.Reached, run);
            if (!await database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 't'::regclass AND mode = 'AccessExclusiveLock' AND granted)"))
            {
                proxy.LetGo();
                await run;
                continue;
            }

            await database.ExecuteAsync("SET statement_timeout = '1min'; INSERT INTO t (d, e) VALUES ('client', 1000)");

            proxy.LetGo();
            Assert.AreEqual(ExitReason.Interrupted, (await Assert.ThrowsExactlyAsync<PgRollException>(() => run)).Reason);
            await RunAsync(new(database.ConnectionString));
            Assert.AreEqual(1L, await database.ScalarAsync<long>("SELECT count(*) FROM t WHERE d = 'client'"));
            break;
        }
    }

    /// <summary>A full disk, say: the server ends the session with it, and what was done stays.</summary>
    [TestMethod]
    [DataRow("FATAL", PostgresErrorCodes.DiskFull, true)]
    [DataRow("PANIC", PostgresErrorCodes.DiskFull, true)]
    [DataRow("ERROR", PostgresErrorCodes.DiskFull, false)]
    [DataRow("ERROR", PostgresErrorCodes.AdminShutdown, true)]
    public void An_error_that_ends_the_session_is_an_interruption(string severity, string state, bool isInterruption) => Assert.AreEqual(
        isInterruption ? ExitReason.Interrupted : ExitReason.DatabaseError, ServerError.Of("start", new PostgresException("no", severity, severity, state))!.Reason);

    [SampledTestMethod(of: 5)]
    [DynamicData(nameof(Starts))]
    public async Task A_start_whose_backend_is_terminated_is_gone_on_with_or_taken_back(string at, bool goesOn, int major)
    {
        await using var template = await TemplateAsync(major, static _ => Task.CompletedTask);
        var expected = await ExpectedAsync(major, template, goesOn);
        await using var database = await TestDatabase.CreateAsync(major, template);
        var runner = new MigrationRunner(new(database.ConnectionString) { BackfillBatchSize = 10 });
        await SetAsync(database, at);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => runner.StartAsync([Change]));

        Assert.AreEqual(ExitReason.Interrupted, error.Reason, error.ToString());
        await SetAsync(database, null);
        await EndAsync(runner, goesOn);
        Assert.AreEqual(expected, await FaultyRollout.DumpAsync(database.ConnectionString));
    }

    [SampledTestMethod(of: 2)]
    [DynamicData(nameof(Ends))]
    public async Task A_complete_or_rollback_whose_backend_is_terminated_is_before_or_after_and_can_be_repeated(string command, string at, int major)
    {
        await using var template = await TemplateAsync(major, runner => runner.StartAsync([Change]));
        Func<MigrationRunner, Task> run = command == "complete" ? static runner => runner.CompleteAsync() : static runner => runner.RollbackAsync();
        var before = await FaultyRollout.DumpAfterAsync(major, template, static _ => Task.CompletedTask);
        var after = await FaultyRollout.DumpAfterAsync(major, template, run);
        await using var database = await TestDatabase.CreateAsync(major, template);
        var runner = new MigrationRunner(new(database.ConnectionString));
        await SetAsync(database, at);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => run(runner));

        Assert.AreEqual(ExitReason.Interrupted, error.Reason, error.ToString());
        await SetAsync(database, null);
        if ((await runner.StatusAsync()).State == "In progress")
            Assert.AreEqual(before, await FaultyRollout.DumpAsync(database.ConnectionString));
        await run(runner);
        Assert.AreEqual(after, await FaultyRollout.DumpAsync(database.ConnectionString));
    }

    [TestMethod]
    [OwnServer]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_start_goes_on_or_is_taken_back_when_the_server_went_down_during_the_backfill(bool goesOn)
    {
        var major = FaultyRollout.Majors[goesOn ? ^1 : 0];
        await using var template = await TemplateAsync(major, static _ => Task.CompletedTask);
        var expected = await ExpectedAsync(major, template, goesOn);
        // What is committed must be there afterwards, as on anybody's server.
        await using var server = await PostgresServer.StartAsync(new() { Major = major, Settings = new Dictionary<string, string> { ["synchronous_commit"] = "on" } });
        // It goes with its server; connections of the pool that would drop it are broken by then.
        var database = await server.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false"))
            await FaultyRollout.PrepareAsync(source, CancellationToken.None);
        await ExecuteAsync(database.ConnectionString, Fault);
        var options = new RunnerOptions(database.ConnectionString + ";Application Name=runner") { BackfillBatchSize = 10 };
        var (batches, started) = (0, await StartedAsync(database.ConnectionString));
        var struck = options with
        {
            Progress = new Observer(progress =>
            {
                if (progress is BackfillAdvanced && ++batches == 3)
                    KillBackend(database.ConnectionString);
            }),
        };

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => new MigrationRunner(struck).StartAsync([Change]));

        Assert.AreEqual(ExitReason.Interrupted, error.Reason, error.ToString());
        await UntilRecoveredAsync(database.ConnectionString, started);
        await EndAsync(new(options), goesOn);
        Assert.AreEqual(expected, await FaultyRollout.DumpAsync(database.ConnectionString));
    }

    static async Task EndAsync(MigrationRunner runner, bool goesOn)
    {
        if (!goesOn)
        {
            if (await ActiveAsync(runner))
                await runner.RollbackAsync();
            return;
        }
        await runner.StartAsync([Change]);
        await runner.CompleteAsync();
    }

    /// <summary>The first transaction of start, lost, leaves nothing to take back.</summary>
    static async Task<bool> ActiveAsync(MigrationRunner runner) => (await runner.StatusAsync()).State == "In progress";

    static Task<string> ExpectedAsync(int major, PostgresDatabase template, bool goesOn) => FaultyRollout.DumpAfterAsync(major, template, async runner =>
    {
        if (goesOn)
        {
            await runner.StartAsync([Change]);
            await runner.CompleteAsync();
        }
    });

    static Task<PostgresDatabase> TemplateAsync(int major, Func<MigrationRunner, Task> prepare) => FaultyRollout.TemplateAsync(major, async (runner, source) =>
    {
        await using (var fault = source.CreateCommand(Fault))
            await fault.ExecuteNonQueryAsync();
        await prepare(runner);
    });

    /// <summary>For sessions to come; null for no fault.</summary>
    static Task SetAsync(TestDatabase database, string? at) =>
        database.ExecuteAsync($"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I {(at is null ? $"RESET {Setting}" : $"SET {Setting} = ''{at}''")}', current_database()); END $$");

    /// <summary>SIGKILL of the runner's backend: the server ends all others, and recovers as from a power cut.</summary>
    static void KillBackend(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("SELECT current_setting('data_directory'), pid FROM pg_stat_activity WHERE application_name = 'runner'", connection);
        using var reader = command.ExecuteReader();
        Assert.IsTrue(reader.Read());
        var (folder, processId) = (reader.GetString(0), reader.GetInt32(1));
        // Of that very server, and of no other of the machine.
        var postmaster = File.ReadLines(Path.Combine(folder, "postmaster.pid")).First();
        Assert.Contains($"PPid:\t{postmaster}", File.ReadLines($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status"));
        using var process = System.Diagnostics.Process.GetProcessById(processId);
        process.Kill();
    }

    /// <summary>A server that goes down and recovers begins its checkpointer anew. Before it has noticed, it lets clients in.</summary>
    static async Task<DateTime> StartedAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT backend_start FROM pg_stat_activity WHERE backend_type = 'checkpointer'", connection);
        return (DateTime)(await command.ExecuteScalarAsync() ?? DateTime.MinValue);
    }

    static async Task UntilRecoveredAsync(string connectionString, DateTime before)
    {
        while (true)
            try
            {
                if (await StartedAsync(connectionString) is var now && now > before)
                    return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50);
            }
    }

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
