using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Samples.Tests;

[TestClass]
public sealed class RolloutSampleTests
{
    [TestMethod, LongRun]
    [DataRow(new string[0], "Version 1 is out of use: complete, while version 2 writes", "as version 2 reads them now.")]
    [DataRow(new[] { "--rollback" }, "Version 2 is taken back: rollback, while version 1 writes", "as version 1 reads them now.")]
    public async Task A_deployment_loses_no_write_whichever_version_stays(string[] arguments, string end, string survivor)
    {
        using var sample = new SampleProcess();

        Assert.AreEqual(0, await sample.RunAsync(arguments), sample.Output);

        Assert.StartsWith("PostgreSQL ", sample.Output);
        Assert.Contains("start 02_contacts", sample.Output);
        Assert.Contains("on schema public_02_contacts", sample.Output);
        Assert.Contains(end, sample.Output);
        Assert.Contains("Proved: no write was refused, none was lost", sample.Output);
        Assert.Contains(survivor, sample.Output);
    }

    [TestMethod, LongRun]
    public async Task What_a_version_does_not_read_as_it_was_written_is_named()
    {
        using var sample = new SampleProcess();
        sample.Edit("migrations/02_contacts.yaml", "up: split_part(name, ' ', 1)", "up: upper(split_part(name, ' ', 1))");

        Assert.AreEqual(1, await sample.RunAsync([]), sample.Output);

        Assert.Contains("FAILED", sample.Output);
        // Any customer may have been changed by a client meanwhile.
        Assert.MatchesRegex(@"version 2, customer ([0-9]+): written Early \| Bird \1 \| [^ ]+@[^ ]+, read EARLY \| ", sample.Output);
        Assert.MatchesRegex("… and [0-9]+ more", sample.Output);
    }

    [TestMethod, LongRun]
    public async Task A_write_that_the_database_refuses_is_named()
    {
        using var sample = new SampleProcess();
        sample.Edit("migrations/02_contacts.yaml", "down: email", "down: email::int::text");

        Assert.AreEqual(1, await sample.RunAsync([]), sample.Output);

        Assert.Contains("version 2 could not write: 22P02: invalid input syntax for type integer", sample.Output);
    }

    [TestMethod]
    [DoNotParallelize] // It counts what is on the server.
    [DataRow("Version 1 is in production")]
    [DataRow("start 02_contacts")]
    [DataRow("Version 2 is deployed")]
    public async Task Interrupted_it_leaves_nothing_on_a_server_that_was_given(string line)
    {
        var server = await TestDatabase.ServerAsync();
        using var sample = new SampleProcess();

        Assert.AreEqual(130, await sample.RunAsync([], server.ConnectionString, interruptAt: line), sample.Output);

        Assert.EndsWith("Interrupted; nothing is left behind.", sample.Output.TrimEnd());
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(TestContext.CancellationToken);
        await using var left = new NpgsqlCommand("SELECT count(*) FROM pg_database WHERE datname LIKE 'pgroll%'", connection);
        Assert.AreEqual(0L, await left.ExecuteScalarAsync(TestContext.CancellationToken));
    }

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Arguments_that_it_does_not_know_are_refused()
    {
        using var sample = new SampleProcess();

        Assert.AreEqual(2, await sample.RunAsync(["--roll"]), sample.Output);
    }
}
