using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Engine.Preflight;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// Executes a plan and keeps a journal of it: the number of steps done, written in the transaction that does them. Whatever happens
/// to the process, the journal and the database agree, so a later run knows where to go on or what to take back.
/// A stage that is one transaction takes all its strong locks before its first change, within one lock timeout in all.
/// </summary>
sealed class StepExecutor(Session session, StateStore state, RunnerOptions options)
{
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    readonly LockRetry _retry = new(options);
    readonly TableLocks _locks = new(session, options);
    readonly ReplicaLag _lag = new(options);

    /// <summary>Goes through the stages of start from step <paramref name="done"/> on.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="done">How many steps are done already.</param>
    /// <param name="begin">What the transaction of the very first step does besides: it makes the rollout's rows.</param>
    /// <param name="end">What the transaction of the very last step does besides.</param>
    /// <param name="ct">Ends the run between two steps or batches; the rollout stays, to be resumed.</param>
    public async Task StartAsync(Plan plan, int done, Func<Task> begin, Func<Task> end, CancellationToken ct)
    {
        var count = plan.Start.Sum(stage => stage.Steps.Count);
        var first = 0;
        if (done == 0)
            await BeginAsync(plan, count, begin, ct);
        done = Math.Max(done, Expanded(plan));
        foreach (var stage in plan.Start)
        {
            if (stage.Kind != StageKind.Expand && first + stage.Steps.Count > done)
                await RunAsync(stage, first, done, count, ct);
            first += stage.Steps.Count;
        }
        await _retry.RunAsync(session, "the end of start", () => TransactionAsync(end, ct), ct);
    }

    /// <summary>Makes what pgroll's start did not: stage by stage, without a journal, since what is there is not made again.</summary>
    public async Task SupplementAsync(Plan plan, CancellationToken ct)
    {
        var (first, count) = (0, plan.Start.Sum(stage => stage.Steps.Count));
        foreach (var stage in plan.Start)
        {
            await RunAsync(stage, first, 0, count, ct);
            first += stage.Steps.Count;
        }
    }

    /// <summary>Runs steps in one transaction, with what goes before and after them in it.</summary>
    /// <param name="why">What they are, for who waits.</param>
    /// <param name="steps">The steps; raw SQL that comes first runs before our locks are taken, so that it keeps clients waiting least.</param>
    /// <param name="locks">The tables to lock, in order.</param>
    /// <param name="ready">What must hold once nobody else can change the tables, and raw SQL was run.</param>
    /// <param name="check">What must hold once nobody else can change the tables, but before raw SQL.</param>
    /// <param name="after">What is remembered of it, in the same transaction.</param>
    /// <param name="ct">Cancels.</param>
    public Task InTransactionAsync(
        string why, IReadOnlyList<Step> steps, IReadOnlyList<QualifiedName> locks, Func<Task> ready, Func<Task> check, Func<Task> after, CancellationToken ct) =>
        _retry.RunAsync(session, why, () => TransactionAsync(async () =>
        {
            var raw = steps.TakeWhile(s => s is RawStep).ToList();
            if (raw.Count > 0)
            {
                // Its own changes of the tables are wanted, so what must hold is looked at before it, without the locks.
                await check();
                await RunOnCompleteAsync(raw, ct);
            }
            await _locks.TakeAsync(locks, ct);
            await ready();
            if (raw.Count == 0)
                await check();
            await ExecuteAsync([.. steps.Skip(raw.Count)], ct);
            await after();
        }, ct), ct);

    /// <summary>
    /// Runs steps that cannot be in a transaction, each until it is done. SQL of the migration that the server refuses counts as done: what
    /// it belongs to is over, it would be refused again, and every later command with it.
    /// </summary>
    /// <returns>What was refused, and why.</returns>
    public async Task<IReadOnlyList<string>> AfterwardsAsync(IReadOnlyList<Step> steps, int done, CancellationToken ct)
    {
        List<string> refused = [];
        for (var i = done; i < steps.Count; i++)
        {
            Report(i, steps.Count, steps[i]);
            try
            {
                if (steps[i] is RetireStep retire)
                    await new SchemaRetirement(session, _retry).RunAsync(retire, ct);
                else
                    await OutsideAsync(steps[i], ct);
            }
            catch (PostgresException error) when (steps[i] is RawStep && !ServerError.IsLostSession(error))
            {
                refused.Add($"{((RawStep)steps[i]).Text}{Environment.NewLine}{ServerError.Describe(error)}");
            }
            await state.SetDoneAsync(i + 1, ct);
        }
        return refused;
    }

    static int Expanded(Plan plan) => plan.Start is [{ Kind: StageKind.Expand } expand, ..] ? expand.Steps.Count : 0;

    async Task BeginAsync(Plan plan, int count, Func<Task> begin, CancellationToken ct)
    {
        IReadOnlyList<Step> steps = plan.Start is [{ Kind: StageKind.Expand } expand, ..] ? expand.Steps : [];
        for (var i = 0; i < steps.Count; i++)
            Report(i, count, steps[i]);
        var unlocked = steps.TakeWhile(s => s.Lock is null).ToList();
        await _retry.RunAsync(session, "the first transaction of start", () => TransactionAsync(async () =>
        {
            await begin();
            await ExecuteAsync(unlocked, ct);
            await _locks.TakeAsync(AccessExclusive(steps), ct);
            await ExecuteAsync([.. steps.Skip(unlocked.Count)], ct);
            await new ExpressionRights(session, options).AdaptAsync(SyncedTables.Of(plan), ct);
            await state.SetDoneAsync(steps.Count, ct);
        }, ct), ct);
    }

    async Task RunAsync(Stage stage, int first, int done, int count, CancellationToken ct)
    {
        if (stage.Kind == StageKind.Publish)
        {
            for (var i = 0; i < stage.Steps.Count; i++)
                Report(first + i, count, stage.Steps[i]);
            await _retry.RunAsync(session, stage.Steps[0].Why, () => TransactionAsync(async () =>
            {
                await ExecuteAsync(stage.Steps, ct);
                await state.SetDoneAsync(first + stage.Steps.Count, ct);
            }, ct), ct);
            return;
        }
        for (var i = Math.Max(0, done - first); i < stage.Steps.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var (step, number) = (stage.Steps[i], first + i + 1);
            Report(number - 1, count, step);
            if (step is BackfillStep backfill)
            {
                await new Backfiller(session, state, options, _lag).RunAsync(backfill, ct);
                await state.SetDoneAsync(number, ct);
            }
            else if (step is IndexStep index)
            {
                await new IndexBuilder(session, options).RunAsync(index, ct);
                await state.SetDoneAsync(number, ct);
            }
            else if (step is RawStep)
            {
                await OutsideAsync(step, ct);
                await state.SetDoneAsync(number, ct);
            }
            else
                await _retry.RunAsync(session, step.Why, () => TransactionAsync(async () =>
                {
                    if (step.Lock is { } held)
                        await _locks.SendAutovacuumAwayAsync(await _locks.LockableAsync(held.Tables, ct), ct);
                    await ExecuteAsync([step], ct);
                    await state.SetDoneAsync(number, ct);
                }, ct), ct);
        }
    }

    async Task TransactionAsync(Func<Task> work, CancellationToken ct)
    {
        await using var transaction = await session.BeginAsync(ct);
        await work();
        await transaction.CommitAsync(ct);
    }

    async Task ExecuteAsync(IReadOnlyList<Step> steps, CancellationToken ct)
    {
        await session.SetPathAsync(session.UsersPath, ct);
        foreach (var step in steps)
            switch (step)
            {
                case SqlStep sql:
                    await RunAsync(step, sql.Do.Text, ct);
                    break;
                case RawStep raw:
                    await RunRawAsync(raw, ct);
                    break;
                case PublishStep publish:
                    await session.SetPathAsync(Session.OwnPath, ct);
                    await new LiveVersion(session, options).PublishAsync(publish.VersionSchema, publish.ExposesXmin, ct);
                    await session.SetPathAsync(session.UsersPath, ct);
                    break;
                default:
                    throw new InvalidOperationException($"Not a step of a transaction: {step}.");
            }
        await session.SetPathAsync(Session.OwnPath, ct);
    }

    /// <summary>Clients of what they touch wait for them, and for all that follows in the transaction: together they must be short.</summary>
    async Task RunOnCompleteAsync(IReadOnlyList<Step> steps, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        foreach (var step in steps)
        {
            // Zero is no limit at all. Settings are made anew behind each.
            var left = options.CompleteSqlTimeout - watch.Elapsed;
            var limit = options.CompleteSqlTimeout <= TimeSpan.Zero ? TimeSpan.Zero : left > Shortest ? left : Shortest;
            await session.ExecuteAsync("SELECT pg_catalog.set_config('statement_timeout', $1, true)", ct, Session.Milliseconds(limit));
            await ExecuteAsync([step], ct);
        }
    }

    async Task RunRawAsync(RawStep raw, CancellationToken ct)
    {
        await RunAsync(raw, raw.Text, ct);
        // Pending trigger events of deferred constraints would refuse our own ALTER TABLE after it.
        await session.ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", ct);
        await session.RestoreAsync(options, ct);
        await session.SetPathAsync(session.UsersPath, ct);
    }

    /// <summary>CREATE and DROP INDEX CONCURRENTLY wait for clients' transactions, but keep no client waiting: no lock timeout.</summary>
    async Task OutsideAsync(Step step, CancellationToken ct)
    {
        await session.SetLockTimeoutAsync(TimeSpan.Zero, ct);
        await session.SetPathAsync(session.UsersPath, ct);
        try
        {
            await RunAsync(step, step is RawStep raw ? raw.Text : ((SqlStep)step).Do.Text, ct);
        }
        finally
        {
            if (session.Connection.State == System.Data.ConnectionState.Open)
                await (step is RawStep ? session.RestoreAsync(options, CancellationToken.None) : session.ConfigureAsync(options, CancellationToken.None));
        }
    }

    async Task RunAsync(Step step, string sql, CancellationToken ct)
    {
        try
        {
            await session.ExecuteAsync(sql, ct);
        }
        catch (PostgresException error)
        {
            error.Concerns(step);
            throw;
        }
    }

    static IReadOnlyList<QualifiedName> AccessExclusive(IEnumerable<Step> steps) =>
    [
        .. steps.Select(s => s.Lock).OfType<Plans.Lock>().Where(l => l.Mode == LockMode.AccessExclusive)
            .Select(l => l.Table).Distinct().OrderBy(t => t.Name.Name, StringComparer.Ordinal),
    ];

    void Report(int index, int count, Step step) => options.Report(new StepBegins(index + 1, count, step.Why));
}
