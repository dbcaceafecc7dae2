using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>A backfill does not run away from the server's replicas.</summary>
[TestClass]
public sealed class ReplicaLagTests
{
    const string Unfilled = "SELECT count(*) FROM t WHERE _pgroll_new_d IS DISTINCT FROM coalesce(d, 'none')";

    public static IEnumerable<object[]> Held => TestDatabase.MajorsFor("a subscription").Select(major => new object[] { major });

    public static IEnumerable<object[]> Majors => TestDatabase.MajorsFor("a receiver").Select(major => new object[] { major });

    [TestMethod]
    [OwnServer]
    [DynamicData(nameof(Held))]
    public async Task A_backfill_waits_for_a_subscription_that_is_held_back_and_goes_on_when_it_has_caught_up(int major)
    {
        await using var server = await ReplicatedServer.StartAsync(major);
        await using var subscription = await server.SubscribeAndHoldAsync();
        var start = new WatchedStart(server.Options with { BackfillWorkers = 2 });

        var pause = await start.PauseAsync();

        Assert.AreEqual(("t", "reader", server.Options.MaxReplicaLag), (pause.Table, pause.Replica, pause.Limit));
        Assert.IsGreaterThan(pause.Limit, pause.Lag);
        await server.UntilLookedAsync();
        var batches = start.Batches;
        await server.UntilLookedAsync();
        Assert.AreEqual(batches, start.Batches);
        Assert.AreEqual(0L, await server.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE relation = 't'::regclass"));
        Assert.AreNotEqual(0L, await server.ScalarAsync<long>(Unfilled));

        await subscription.DisposeAsync();

        await start.Ended;
        Assert.AreEqual(0L, await server.ScalarAsync<long>(Unfilled));
    }

    [TestMethod]
    [OwnServer]
    [DynamicData(nameof(Majors))]
    public async Task A_replica_that_is_gone_is_not_waited_for(int major)
    {
        await using var server = await ReplicatedServer.StartAsync(major);
        var receiver = await server.ReceiveAsync(replays: true);
        var start = new WatchedStart(server.Options);
        Assert.AreEqual("reader", (await start.PauseAsync()).Replica);

        await receiver.DisposeAsync();

        await start.Ended;
        Assert.AreEqual(0L, await server.ScalarAsync<long>(Unfilled));
    }

    [TestMethod]
    [OwnServer]
    [DynamicData(nameof(Majors))]
    public async Task Nobody_is_waited_for_where_nobody_replays(int major)
    {
        await using var server = await ReplicatedServer.StartAsync(major);
        await using var receiver = await server.ReceiveAsync(replays: false);
        var start = new WatchedStart(server.Options with { MaxReplicaLag = TimeSpan.Zero });

        await start.Ended;

        Assert.IsFalse(start.HasPaused);
        Assert.AreEqual(0L, await server.ScalarAsync<long>(Unfilled));
    }

    [TestMethod]
    [OwnServer]
    [DynamicData(nameof(Held))]
    public async Task A_start_that_waits_can_be_interrupted_and_gone_on_with(int major)
    {
        await using var server = await ReplicatedServer.StartAsync(major);
        await using var subscription = await server.SubscribeAndHoldAsync();
        using var stop = new CancellationTokenSource();
        var start = new WatchedStart(server.Options with { BackfillWorkers = 2 }, stop.Token);
        await start.PauseAsync();
        await server.UntilLookedAsync();

        await stop.CancelAsync();

        Assert.AreEqual(ExitReason.Interrupted, (await Assert.ThrowsExactlyAsync<PgRollException>(() => start.Ended)).Reason);
        Assert.AreNotEqual(0L, await server.ScalarAsync<long>(Unfilled));
        await new WatchedStart(server.Options with { MaxReplicaLag = null }).Ended;
        Assert.AreEqual(0L, await server.ScalarAsync<long>(Unfilled));
    }

    /// <summary>A start that counts its batches and tells of its first wait.</summary>
    sealed class WatchedStart
    {
        readonly TaskCompletionSource<BackfillPaused> _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int _batches;

        public WatchedStart(RunnerOptions options, CancellationToken ct = default) =>
            Ended = new MigrationRunner(options with { Progress = new Observer(See) }).StartAsync([ReplicatedServer.Change], ct);

        public Task Ended { get; }

        public bool HasPaused => _paused.Task.IsCompleted;

        public int Batches => Volatile.Read(ref _batches);

        public async Task<BackfillPaused> PauseAsync()
        {
            await await Task.WhenAny(_paused.Task, Ended);
            Assert.IsTrue(HasPaused, "The start has ended without a wait.");
            return await _paused.Task;
        }

        void See(RunnerProgress progress)
        {
            if (progress is BackfillPaused pause)
                _paused.TrySetResult(pause);
            else if (progress is BackfillAdvanced)
                Interlocked.Increment(ref _batches);
        }
    }
}
