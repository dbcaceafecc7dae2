using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Faults;

/// <summary>The exit code tells what became of a command that met with a fault, and what is left is what it tells.</summary>
[TestClass]
public sealed class FaultExitCodeTests
{
    static readonly Migrations.MigrationFile Change = FaultyRollout.Changes["columns and an index"];

    [SampledTestMethod(of: 3)]
    [DataRow("start")]
    [DataRow("migrate")]
    [DataRow("complete")]
    [DataRow("rollback")]
    public async Task A_lost_connection_is_5_and_the_same_command_goes_on(string command)
    {
        using var folder = Folder();
        string[] arguments = Arguments(command, folder);
        await using var database = await DatabaseAsync(command);
        var requests = await CountAsync(command, arguments);
        await using (var proxy = new CuttingProxy(database.ConnectionString, new Cut(requests / 2, CutAt.Request)))
        {
            var outcome = (await new Tool { Variables = { ["PGROLL_PG_URL"] = proxy.ConnectionString } }.RunAsync(arguments)).HasCode(5);
            StringAssert.Contains(outcome.Error, "again: it goes on where it stopped");
        }

        (await Tool.On(database).RunAsync(arguments)).HasCode(0);
    }

    [SampledTestMethod(of: 3)]
    [DataRow("start")]
    [DataRow("migrate")]
    [DataRow("complete")]
    [DataRow("rollback")]
    public async Task A_lock_that_is_not_to_be_had_is_3_and_nothing_is_changed(string command)
    {
        using var folder = Folder();
        await using var database = await DatabaseAsync(command);
        var before = await FaultyRollout.DumpAsync(database.ConnectionString);
        await using var client = await ClientAsync(database, "BEGIN; SELECT FROM t");

        var outcome = (await Tool.On(database).RunAsync([.. Arguments(command, folder), "--lock-timeout", "100ms", "--lock-budget", "0"])).HasCode(3);

        StringAssert.Contains(outcome.Error, $"Held by process {client.ProcessID} (report, ");
        Assert.AreEqual(before, await FaultyRollout.DumpAsync(database.ConnectionString));
    }

    /// <summary>At once, because each of them waits a while: the other may be a runner that was killed just now.</summary>
    [TestMethod]
    public async Task Another_runner_is_4_for_whatever_changes_the_database()
    {
        using var folder = Folder();
        await using var database = await DatabaseAsync("complete");
        var before = await FaultyRollout.DumpAsync(database.ConnectionString);
        await using var runner = await ClientAsync(database, $"SELECT pg_advisory_lock(hashtextextended('public', {0x7067726F6C6C}))");

        var outcomes = await Task.WhenAll(
            new[] { "init", "start", "migrate", "complete", "rollback" }.Select(command => Tool.On(database).RunAsync(Arguments(command, folder))));

        foreach (var outcome in outcomes)
            StringAssert.Contains(outcome.HasCode(4).Error, $"Another runner works on schema 'public': process {runner.ProcessID} (report) of user");
        Assert.AreEqual(before, await FaultyRollout.DumpAsync(database.ConnectionString));
    }

    static MigrationFolder Folder() => new MigrationFolder().With(FaultyRollout.Base.Path, FaultyRollout.Base.Text).With(Change.Path, Change.Text);

    static string[] Arguments(string command, MigrationFolder folder) => command is "start" or "migrate" ? [command, folder.Path] : [command];

    /// <summary>One on which the command can do its work.</summary>
    static async Task<TestDatabase> DatabaseAsync(string command)
    {
        var database = await TestDatabase.CreateAsync();
        await FaultyRollout.PrepareAsync(database.DataSource, CancellationToken.None);
        if (command is "complete" or "rollback")
            await new Engine.MigrationRunner(new(database.ConnectionString)).StartAsync([Change]);
        return database;
    }

    static async Task<int> CountAsync(string command, string[] arguments)
    {
        await using var database = await DatabaseAsync(command);
        await using var proxy = new CuttingProxy(database.ConnectionString);
        (await new Tool { Variables = { ["PGROLL_PG_URL"] = proxy.ConnectionString } }.RunAsync(arguments)).HasCode(0);
        return proxy.Requests;
    }

    static async Task<NpgsqlConnection> ClientAsync(TestDatabase database, string sql)
    {
        var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false;Application Name=report");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
