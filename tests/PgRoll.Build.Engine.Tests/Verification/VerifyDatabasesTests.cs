using Npgsql;
using PgRoll.Build.Engine.Verification;
using PgRoll.Build.Engine.Verification.Databases;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Verification;

/// <summary>What a run leaves on the server, and what it finds there.</summary>
[TestClass]
public sealed class VerifyDatabasesTests
{
    [TestMethod, LongRun]
    public async Task A_kept_history_is_not_replayed_again_and_the_oldest_goes()
    {
        await using var role = await CreatorAsync();
        var progress = new Seen();
        VerifierOptions Options(IReadOnlyList<MigrationFile> files, int kept) => new(new(role.ConnectionString)) { Migrations = new HashSet<string> { files[^1].Name }, KeptPrefixes = kept, Progress = progress };
        var files = Files("first", "second", "third");

        Assert.IsNull((await new Verifier(Options(files, 2)).VerifyAsync(files)).ReusedPrefix);
        IReadOnlyList<MigrationFile> more = [.. files, .. Files("first", "second", "third", "fourth").Skip(3)];
        Assert.AreEqual("03_c", (await new Verifier(Options(more, 2)).VerifyAsync(more)).ReusedPrefix);
        IReadOnlyList<MigrationFile> changed = [.. files.Take(2), new("03_c.yaml", files[2].Text.Replace("third", "other", StringComparison.Ordinal))];
        await new Verifier(Options(changed, 1)).VerifyAsync(changed);

        Assert.AreEqual("PrefixReused { Migration = 03_c }", string.Join(' ', progress.All.OfType<PrefixReused>()));
        Assert.AreEqual(1, (await OwnedAsync(role)).Count);
        await DropAsync(role);
    }

    [TestMethod]
    public async Task What_a_killed_run_left_is_dropped_and_what_a_running_one_has_is_not()
    {
        await using var role = await CreatorAsync();
        var (dead, living) = (DatabaseNames.NewRun(), DatabaseNames.NewRun());
        await using var running = new NpgsqlConnection(role.ConnectionString + ";Pooling=false");
        await running.OpenAsync();
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_lock($1, $2)", running) { Parameters = { new() { Value = DatabaseNames.LockClass }, new() { Value = living } } })
            await command.ExecuteNonQueryAsync();
        await role.ExecuteAsync($"CREATE DATABASE {DatabaseNames.Of(dead, 1)}");
        await role.ExecuteAsync($"CREATE DATABASE {DatabaseNames.Of(living, 1)}");

        await new Verifier(new(new(role.ConnectionString)) { Migrations = new HashSet<string>() }).VerifyAsync(Files("first"));

        Assert.AreEqual(DatabaseNames.Of(living, 1), string.Join(' ', await OwnedAsync(role)));
        await DropAsync(role);
    }

    [TestMethod]
    public async Task A_cancelled_run_leaves_nothing()
    {
        await using var role = await CreatorAsync();
        using var cancel = new CancellationTokenSource();
        var files = Files("first", "second");
        var options = new VerifierOptions(new(role.ConnectionString)) { Migrations = new HashSet<string> { "02_b" }, Progress = new Seen(_ => cancel.Cancel()) };

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => new Verifier(options).VerifyAsync(files, cancel.Token));

        Assert.AreEqual(ExitReason.Interrupted, error.Reason);
        Assert.AreEqual("", string.Join(' ', await OwnedAsync(role)));
    }

    [TestMethod]
    public async Task Two_at_once_do_not_meet_and_a_plain_role_will_do()
    {
        await using var role = await CreatorAsync();
        var options = new VerifierOptions(new(role.ConnectionString)) { KeptPrefixes = 1 };

        var both = await Task.WhenAll(new Verifier(options).VerifyAsync(Files("first", "second")), new Verifier(options).VerifyAsync(Files("first", "second")));

        Assert.AreEqual("", string.Join('\n', both.SelectMany(v => v.Findings)));
        Assert.AreEqual("2 2", string.Join(' ', both.Select(v => v.Rollouts.Count)));
        Assert.AreEqual(1, (await OwnedAsync(role)).Count);
        await DropAsync(role);
    }

    [TestMethod]
    public async Task A_role_that_may_not_create_databases_is_told_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var role = await TestRole.CreateAsync(database);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => new Verifier(new(new(role.ConnectionString))).VerifyAsync(Files("first")));

        Assert.AreEqual(ExitReason.Usage, error.Reason);
        StringAssert.Contains(error.Message, $"ALTER ROLE {role.Quoted} CREATEDB");
    }

    static IReadOnlyList<MigrationFile> Files(params IReadOnlyList<string> tables) => Verified.Files([.. tables.Select(table =>
        $$"""
        operations:
          - create_table:
              name: {{table}}
              columns:
                - { name: id, type: bigint, pk: true, generated: { identity: {} } }
                - { name: name, type: text }
        """)]);

    static async Task<Creator> CreatorAsync()
    {
        var database = await TestDatabase.CreateAsync(TestDatabase.EveryMajor[^1]);
        var role = await TestRole.CreateAsync(database);
        await database.ExecuteAsync($"ALTER ROLE {role.Quoted} CREATEDB");
        return new(database, role);
    }

    static async Task<IReadOnlyList<string>> OwnedAsync(Creator creator) => [.. (await creator.Database.QueryAsync(
        "SELECT datname::text FROM pg_database WHERE datdba = (SELECT oid FROM pg_roles WHERE rolname = $1) ORDER BY 1", creator.Role.Name)).Select(row => (string)row[0]!)];

    static async Task DropAsync(Creator creator)
    {
        foreach (var database in await OwnedAsync(creator))
            await creator.Database.ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");
    }

    /// <summary>A plain role that may create databases: what it leaves is known by its owner.</summary>
    sealed record Creator(TestDatabase Database, TestRole Role) : IAsyncDisposable
    {
        public string ConnectionString => Role.ConnectionString;

        public Task ExecuteAsync(string sql) => Role.ExecuteAsync(sql);

        public async ValueTask DisposeAsync()
        {
            await Role.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    sealed class Seen(Action<VerifierProgress>? see = null) : IProgress<VerifierProgress>
    {
        public System.Collections.Concurrent.ConcurrentQueue<VerifierProgress> All { get; } = [];

        public void Report(VerifierProgress value)
        {
            All.Enqueue(value);
            see?.Invoke(value);
        }
    }
}
