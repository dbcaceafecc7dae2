using System.Diagnostics;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Processes;

[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class ProcessTests
{
    const char Escape = '\e';

    [TestMethod]
    public async Task The_exit_code_is_the_processes_own_and_logs_get_no_escape_sequences()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = Filled();
        Assert.AreEqual("Schema 'pgroll' is ready: migrations can be started.\n", (await RunAsync(database, "init")).HasCode(0).Out);
        var start = (await RunAsync(database, "start", folder["01_users.yaml"], "-c")).HasCode(0);
        StringAssert.StartsWith(start.Error, "[1/");
        await FillAsync(database);
        var backfill = (await RunAsync(database, "start", folder.Path)).HasCode(0);
        StringAssert.Contains(backfill.Error, "users: 100%, 30,000 rows");
        var twice = (await RunAsync(database, "start", folder["other/03_again.yaml"])).HasCode(4);
        Assert.DoesNotContain(Escape, start.Out + start.Error + backfill.Out + backfill.Error + twice.Out + twice.Error);
    }

    /// <summary>In a process of its own nothing is known of the database yet: the driver would ask for its types.</summary>
    [TestMethod]
    public async Task Neither_ours_nor_the_drivers_queries_call_what_somebody_put_into_the_base_schema()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = Filled();
        await database.ExecuteAsync(HostileOperators.Sql);

        (await RunAsync(database, "init")).HasCode(0);
        (await RunAsync(database, "start", folder["01_users.yaml"], "-c")).HasCode(0);
        (await RunAsync(database, "status")).HasCode(0);
    }

    [SampledTestMethod(of: 2)]
    [DataRow("INT")]
    [DataRow("TERM")]
    [DataRow("HUP")]
    public async Task A_signal_during_the_backfill_leaves_what_start_goes_on_with(string signal)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = Filled();
        (await RunAsync(database, "init")).HasCode(0);
        (await RunAsync(database, "start", folder["01_users.yaml"], "-c")).HasCode(0);
        await FillAsync(database);

        using (var tool = ToolProcess.Start(database.ConnectionString, "start", folder.Path, "--backfill-batch-delay", "1h"))
        {
            await tool.ErrorLineAsync("the rows of 'users' that are there already");
            await tool.SignalAsync(signal);
            var ended = (await tool.EndAsync()).HasCode(5);
            StringAssert.Contains(ended.Error, "start was interrupted. Run it again to go on");
            Assert.DoesNotContain("   at ", ended.Error);
        }
        Assert.AreEqual("Starting", await database.ScalarAsync<string>("SELECT phase FROM pgroll.rollouts"));
        (await RunAsync(database, "complete")).HasCode(4);
        StringAssert.Contains((await RunAsync(database, "status")).HasCode(0).Out, "Version:   public_01_users\n");
        (await RunAsync(database, "start", folder.Path)).HasCode(0);
        Assert.AreEqual(30_000L, await database.ScalarAsync<long>("SELECT count(*) FROM public_02_name.users WHERE name = 'none'"));
    }

    [TestMethod]
    public async Task Who_holds_a_lock_is_named_and_waiting_can_be_interrupted()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = Filled();
        (await RunAsync(database, "init")).HasCode(0);
        (await RunAsync(database, "start", folder["01_users.yaml"], "-c")).HasCode(0);
        await using var holder = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var command = holder.CreateCommand())
        {
            command.CommandText = "SET application_name = 'till'; LOCK TABLE users IN ACCESS SHARE MODE";
            await command.ExecuteNonQueryAsync();
        }
        using var tool = ToolProcess.Start(database.ConnectionString, "start", folder.Path, "--lock-timeout", "2s");
        StringAssert.Contains(await tool.ErrorLineAsync("Waiting for a lock: "), $"process {holder.ProcessID} (till");
        await tool.SignalAsync("INT");
        (await tool.EndAsync()).HasCode(5);
        Assert.IsFalse(await database.ScalarAsync<bool>("SELECT pgroll.is_active_migration_period('public')"));
    }

    [TestMethod]
    public async Task Another_runner_is_waited_for_aloud()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var other = await database.DataSource.OpenConnectionAsync();
        await using (var command = other.CreateCommand())
        {
            command.CommandText = $"SELECT pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('public', {0x7067726F6C6C})) \n  /* {new string('x', 200)} */";
            await command.ExecuteNonQueryAsync();
        }
        using var tool = ToolProcess.Start(database.ConnectionString, "init");
        var line = await tool.ErrorLineAsync("Waiting for a lock: ");
        Assert.MatchesRegex($@"one runner at a time works on schema 'public'\. Held by process {other.ProcessID} \(no application name\) of user \S+ on [^/]+, connected since .*, running: SELECT [^\n]{{93}}…\.", line);
        await using (var unlock = other.CreateCommand())
        {
            unlock.CommandText = "SELECT pg_advisory_unlock_all()";
            await unlock.ExecuteNonQueryAsync();
        }
        (await tool.EndAsync()).HasCode(0);
    }

    [TestMethod]
    public async Task A_lock_that_is_never_let_go_ends_the_budget()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = Filled();
        (await RunAsync(database, "init")).HasCode(0);
        (await RunAsync(database, "start", folder["01_users.yaml"], "-c")).HasCode(0);
        await using var holder = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var command = holder.CreateCommand())
        {
            command.CommandText = "LOCK TABLE users IN ACCESS SHARE MODE";
            await command.ExecuteNonQueryAsync();
        }
        var ended = (await RunAsync(database, "start", folder.Path, "--lock-timeout", "2s", "--lock-budget", "0")).HasCode(3);
        StringAssert.Contains(ended.Error, $"Held by process {holder.ProcessID}");
    }

    [SampledTestMethod(of: 2)]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("2>/dev/full", 0, "")]
    [DataRow("2>&-", 0, "")]
    [DataRow(">/dev/full", 6, "What the command did to the database stands")]
    public async Task A_stream_that_cannot_be_written_does_not_end_a_migration_halfway(string redirection, int code, string message)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = Filled();
        (await RunAsync(database, "init")).HasCode(0);
        using var shell = Process.Start(ToolProcess.Command("sh", database.ConnectionString, ["-c", $"exec dotnet '{ToolProcess.Path}' start '{folder["01_users.yaml"]}' {redirection}"]))!;
        var error = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.AreEqual(code, shell.ExitCode, error);
        StringAssert.Contains(error, message);
        Assert.AreEqual("Active", await database.ScalarAsync<string>("SELECT phase FROM pgroll.rollouts"));
    }

    [TestMethod]
    public async Task A_second_signal_ends_at_once()
    {
        await using var server = MockServer.OfVersion("16.0");
        using var tool = ToolProcess.Start(server.ConnectionString, "status");
        await server.Asked;
        await tool.SignalAsync("INT");
        await tool.ErrorLineAsync("Interrupted: ");
        await tool.SignalAsync("INT");
        (await tool.EndAsync()).HasCode(5);
    }

    [SampledTestMethod(of: 2)]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("", true)]
    [DataRow("NO_COLOR=1 ", false)]
    [DataRow("TERM=dumb ", false)]
    public async Task A_terminal_gets_a_bar_that_is_taken_away_again_unless_it_wants_none(string environment, bool isDrawn)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = Filled();
        (await RunAsync(database, "init")).HasCode(0);
        (await RunAsync(database, "start", folder["01_users.yaml"], "-c")).HasCode(0);
        await FillAsync(database);

        var inner = $"{environment}dotnet {ToolProcess.Path} start {folder.Path} --backfill-batch-delay 500ms";
        var command = ToolProcess.Command("script", database.ConnectionString, ["-qec", inner, "/dev/null"]);
        command.Environment["TERM"] = "xterm-256color";
        using var terminal = Process.Start(command)!;
        terminal.StandardInput.Close();
        var screen = await terminal.StandardOutput.ReadToEndAsync();
        await terminal.WaitForExitAsync();

        Assert.AreEqual(0, terminal.ExitCode, screen);
        StringAssert.Contains(screen, "rows/s");
        StringAssert.Contains(screen, "Clients of the new version use schema public_02_name.");
        foreach (var sequence in (string[])["\e[?25l", "\e[2K", "\e[?25h", "━"])
            Assert.AreEqual(isDrawn, screen.Contains(sequence, StringComparison.Ordinal), sequence);
    }

    static MigrationFolder Filled() => new MigrationFolder()
        .With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName).With("other/03_again.yaml", MigrationFolder.RequireName);

    /// <summary>More pages than the first batch takes.</summary>
    static Task FillAsync(TestDatabase database) => database.ExecuteAsync("INSERT INTO users SELECT generate_series(1, 30000)");

    static async Task<Outcome> RunAsync(TestDatabase database, params string[] arguments)
    {
        using var tool = ToolProcess.Start(database.ConnectionString, arguments);
        return await tool.EndAsync();
    }
}
