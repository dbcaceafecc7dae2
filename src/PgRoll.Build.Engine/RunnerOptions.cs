using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PgRoll.Build.Engine;

/// <summary>How a runner reaches its database, and how it behaves there.</summary>
/// <param name="ConnectionString">An Npgsql connection string. Sessions are not pooled: their settings and locks are their own.</param>
public sealed record RunnerOptions(string ConnectionString)
{
    /// <summary>The schema the tables live in.</summary>
    public string Schema { get; init; } = "public";

    /// <summary>The schema of the product's own tables.</summary>
    public string StateSchema { get; init; } = "pgroll";

    /// <summary>The role that does the work; null for the one that connects.</summary>
    public string? Role { get; init; }

    /// <summary>How long one attempt may wait for a lock, during which clients queue behind it.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long attempts at a lock are repeated before the command gives up.</summary>
    public TimeSpan LockBudget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What <c>start</c> makes of several pending migrations.</summary>
    public MultiplePending MultiplePending { get; init; }

    /// <summary>Whether the files given are all that there are: what the database has beyond them is warned of.</summary>
    public bool FilesAreAll { get; init; }

    /// <summary>How long a command waits for another runner. The server may take seconds to notice that a killed one is gone.</summary>
    public TimeSpan RunnerWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an index build may wait for transactions of clients. It keeps no client waiting meanwhile.</summary>
    public TimeSpan IndexWait { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long SQL of <c>onComplete</c> may run: clients of its tables wait for it.</summary>
    public TimeSpan CompleteSqlTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A runner that says nothing for so long in the middle of a transaction hangs, or the network lost what it said: the server ends the
    /// session, and with it the locks that clients wait for.
    /// </summary>
    internal TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether versions are published as schemas of views.</summary>
    public bool UseVersionSchema { get; init; } = true;

    /// <summary>
    /// Whether the views of a version show <c>xmin</c>, the transaction that wrote a row last, which some clients compare before they write;
    /// null for as the version before does.
    /// </summary>
    public bool? ExposeXmin { get; init; }

    /// <summary>Rows a backfill batch aims at; null to aim at a duration instead.</summary>
    public int? BackfillBatchSize { get; init; }

    /// <summary>How many sessions fill a table at once; null for two where it is large, else one.</summary>
    public int? BackfillWorkers { get; init; }

    /// <summary>The pause between two backfill batches of a worker.</summary>
    public TimeSpan BackfillBatchDelay { get; init; }

    /// <summary>
    /// How much time a replica may be behind, standby or subscription, before a backfill waits for it, however long that takes; null to
    /// look at none. It takes the rights of pg_read_all_stats. <c>complete</c> fills rows only that came past the trigger, and waits as well.
    /// </summary>
    public TimeSpan? MaxReplicaLag { get; init; }

    /// <summary>
    /// Whether a backfill may fire users' BEFORE triggers where it cannot keep them from it. They may change rows that nobody wrote to.
    /// </summary>
    public bool AllowUserTriggers { get; init; }

    /// <summary>
    /// Whether findings that the database itself judges again at <c>start</c> are reported as warnings only; what cannot be planned, or
    /// would only fail at <c>complete</c>, is an error all the same. The rows are not asked then.
    /// </summary>
    public bool SkipValidation { get; init; }

    /// <summary>
    /// How long <c>start</c> and a plan may ask the rows that are there whether they fit, before anything is changed; zero asks none. What
    /// is not answered in time is left to the rollout, which proves everything itself. Null for 5 seconds in <c>start</c>, 10 in a plan.
    /// </summary>
    public TimeSpan? RowCheckTime { get; init; }

    /// <summary>Who starts a rollout, in words for those who find it active: kept with it, and shown by <c>status</c>.</summary>
    public IReadOnlyDictionary<string, string> Owner { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The key of <see cref="Owner"/> that tells who may touch a rollout: what another value of it started is refused. Null for everybody's,
    /// and a rollout or an owner without that key is everybody's too.
    /// </summary>
    public string? OwnerKey { get; init; }

    /// <summary>
    /// What <c>complete</c> and <c>rollback</c> are meant for, as a migration, its version or its version schema: while anything else is
    /// active they are refused. Null for whatever is active.
    /// </summary>
    public string? Expected { get; init; }

    /// <summary>
    /// Whether <c>start</c> has done its work where these very files are active already; else it is refused, so that nobody takes an
    /// earlier start for his own.
    /// </summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Looks at a transaction before it is committed: what it holds is only seen from within.</summary>
    internal Func<Sessions.Session, CancellationToken, Task>? BeforeCommit { get; init; }

    /// <summary>Receives what happens, as it happens.</summary>
    public IProgress<RunnerProgress>? Progress { get; init; }

    /// <summary>Receives the log.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
