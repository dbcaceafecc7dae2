using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.LocalPostgres.Tests;

[TestClass]
public sealed class KeptServerTests : IDisposable
{
    const string Mark = "kept_by_the_first";

    // One that is fetched: so that this works where PostgreSQL is not installed.
    static readonly int Major = TestDatabase.SupportedMajors[0];

    readonly TemporaryFolder _folder = new();
    readonly List<string> _told = [];

    public required TestContext TestContext { get; init; }

    string Data => _folder.Combine($"{Major}", "data");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task The_next_finds_the_databases_of_the_first()
    {
        await MarkAsync();

        await using var next = await StartAsync();

        Assert.IsTrue(next.IsKept);
        Assert.IsTrue(await HasMarkAsync(next));
        Assert.Contains($"kept in {Data}", next.Source);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task A_killed_user_leaves_what_it_kept_and_no_server()
    {
        using var host = HostProcess.Start("keep", _folder.Path, $"{Major}");
        var address = (await host.StandardOutput.ReadLineAsync(TestContext.CancellationToken))!;
        await ExecuteAsync(address, $"CREATE DATABASE {Mark}");
        using var server = Process.GetProcessById(int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture));

        host.Kill();

        await using (var next = await StartAsync())
        {
            Assert.IsTrue(server.HasExited);
            Assert.IsTrue(next.IsKept);
            Assert.IsTrue(await HasMarkAsync(next));
        }
        while (Directory.Exists(new NpgsqlConnectionStringBuilder(address).Host))
            await Task.Delay(10, TestContext.CancellationToken);
    }

    [TestMethod]
    public async Task Who_comes_while_it_is_in_use_gets_a_usual_server()
    {
        await using var first = await StartAsync();

        await using var second = await StartAsync();

        Assert.IsTrue(first.IsKept);
        Assert.IsFalse(second.IsKept);
        Assert.AreNotEqual(first.ConnectionString, second.ConnectionString);
        Assert.StartsWith($"The kept PostgreSQL {Major} is not to be had, another is started: ", _told.Single(line => line.StartsWith("The kept", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("broken", "data/global/pg_control", DisplayName = "broken")]
    [DataRow("another boot", "data.running", DisplayName = "of a machine that ended under it")]
    [DataRow("other binaries", "data.maker", DisplayName = "of other binaries")]
    public async Task Data_that_cannot_be_trusted_are_replaced(string content, string file)
    {
        await MarkAsync();
        await File.WriteAllTextAsync(_folder.Combine($"{Major}", file), content, TestContext.CancellationToken);

        await using var next = await StartAsync();

        Assert.IsTrue(next.IsKept);
        Assert.IsFalse(await HasMarkAsync(next));
    }

    [TestMethod]
    public async Task Where_nothing_can_be_kept_there_is_a_usual_server()
    {
        _folder.Write("file", "");

        await using var server = await StartAsync(_folder.Combine("file"));

        Assert.IsFalse(server.IsKept);
    }

    Task<PostgresServer> StartAsync(string? folder = null) => PostgresServer.StartAsync(
        new() { Kept = true, Major = Major, Log = _told.Add },
        SearchScope.FromEnvironment() with { ConnectionString = null, DockerEngine = Scopes.Empty.DockerEngine, KeptFolder = folder ?? _folder.Path },
        TestContext.CancellationToken);

    async Task MarkAsync()
    {
        await using var server = await StartAsync();
        Assert.IsTrue(server.IsKept, string.Join('\n', _told));
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {Mark}");
    }

    static async Task<bool> HasMarkAsync(PostgresServer server) =>
        (bool)(await ExecuteAsync(server.ConnectionString, $"SELECT EXISTS (SELECT FROM pg_database WHERE datname = '{Mark}')"))!;

    static async Task<object?> ExecuteAsync(string address, string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
