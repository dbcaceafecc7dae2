using Npgsql;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Drift;
using PgRoll.Build.Engine.Execution;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Migrations;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine;

/// <summary>
/// <c>start</c>: begins a rollout, or goes on with one that was interrupted. An error of the database takes everything back at once;
/// an interruption (a signal, a lost connection, a killed process) leaves it, to be resumed.
/// </summary>
sealed class RolloutStart(Session session, StateStore state, RunnerOptions options)
{
    /// <summary>A deploy is waiting.</summary>
    static readonly TimeSpan RowCheckTime = TimeSpan.FromSeconds(5);

    readonly StepExecutor _executor = new(session, state, options);
    readonly RolloutEnd _end = new(session, state, options);

    public async Task<StartResult?> RunAsync(IReadOnlyList<MigrationFile> files, CancellationToken ct)
    {
        await _end.FinishAsync(ct);
        var history = await state.HistoryAsync(ct);
        if (history.FirstOrDefault(h => !h.IsDone) is { } active)
        {
            var rollout = await state.RolloutAsync(ct);
            if (rollout is not { Phase: RolloutPhase.Active } || options.MultiplePending != MultiplePending.CompleteEarlier || !IsEarlier(active.Name, files))
            {
                var resumed = await ResumeAsync(files, active.Name, rollout, ct);
                return rollout is { Phase: RolloutPhase.Starting } && IsOneByOne(history.Count == 1) && IsEarlier(active.Name, files) ? await OneByOneAsync(files, ct) : resumed;
            }
            // Interrupted between the start of one and its complete.
            await _end.CompleteAsync(ct);
            history = await state.HistoryAsync(ct);
        }
        AppliedFiles.Check(files, history, options);
        if (options.MultiplePending == MultiplePending.Together && IsOneByOne(history.Count == 0))
            return await OneByOneAsync(files, ct);
        var planner = new RolloutPlanner(session, state, options, RowCheckTime);
        if (planner.Next(files, history).Count > 0 && await new DriftReader(session, options).ReadAsync(ct) is { Differences.Count: > 0 } drift)
            options.Report(new SchemaDrifted(drift));
        StartResult? result = null;
        while (planner.Next(files, history) is { Count: > 0 } next)
        {
            if (result is not null)
                foreach (var name in await _end.CompleteAsync(ct))
                    options.Report(new MigrationCompleted(name));
            var planned = await planner.PlanAsync(next, history, ct);
            // What somebody judged where it stands is for the rollout itself to meet.
            if (planned.LiveInForce is { Count: > 0 } live)
                throw new PgRollException(live);
            var rollout = planned.Row;
            result = await ExecuteAsync(rollout, async () =>
            {
                await state.InsertMigrationAsync(rollout, planned.Obstacle, ct);
                await state.InsertRolloutAsync(rollout, ct);
            }, ct);
            // While they are active together, the history knows them by the last one's name.
            files = [.. files.Except(next.SkipLast(1))];
            history = await state.HistoryAsync(ct);
        }
        return result;
    }

    /// <summary>Nothing runs on an old version of an empty database: there each migration is a rollout of its own, complete but for the last.</summary>
    bool IsOneByOne(bool isEmpty) => options.MultiplePending == MultiplePending.CompleteEarlier || (isEmpty && options.MultiplePending == MultiplePending.Together);

    Task<StartResult?> OneByOneAsync(IReadOnlyList<MigrationFile> files, CancellationToken ct) =>
        new RolloutStart(session, state, options with { MultiplePending = MultiplePending.CompleteEarlier }).RunAsync(files, ct);

    static bool IsEarlier(string active, IReadOnlyList<MigrationFile> files) => files.SkipWhile(f => f.Name != active).Skip(1).Any();

    /// <summary>Goes on with a start that was interrupted, if the files still say what it was planned from.</summary>
    async Task<StartResult?> ResumeAsync(IReadOnlyList<MigrationFile> files, string active, RolloutRow? rollout, CancellationToken ct)
    {
        var isActive = rollout is { Phase: RolloutPhase.Active } && options.IsRepeatable;
        if (rollout is null || !(isActive || rollout.Phase == RolloutPhase.Starting) || files.All(f => f.Name != active))
            throw HistoryFindings.Active(active, options.Schema, "run `complete` or `rollback` first", files);
        IReadOnlyList<MigrationFile> its = [.. files.Where(f => rollout.Migrations.Any(m => m.Name == f.Name))];
        var (migrations, _, _) = MigrationSet.CheckTogether(its, Model.Schema.Empty(options.Schema) with { IsPartlyUnknown = true });
        if (Checksum.Of(migrations) != rollout.Checksum)
            throw HistoryFindings.Mismatch(its[^1],
                $"{(isActive ? $"Migration '{active}' is active" : $"The start of '{active}' was interrupted")}, and its file has changed since. Restore {string.Join(", ", rollout.Migrations.Select(m => m.Name))} to go on, or run `rollback`");
        await state.SetOwnerAsync(ct);
        if (isActive)
            return new(rollout.Names, rollout.Plan.VersionSchema);
        return await ExecuteAsync(rollout, static () => Task.CompletedTask, ct);
    }

    async Task<StartResult?> ExecuteAsync(RolloutRow rollout, Func<Task> begin, CancellationToken ct)
    {
        var hasBegun = rollout.Done > 0;
        try
        {
            await _executor.StartAsync(rollout.Plan, rollout.Done, async () =>
            {
                await begin();
                hasBegun = true;
            }, async () => await state.SetPhaseAsync(RolloutPhase.Active, 0, await FingerprintAsync(rollout.Plan, ct), ct), ct);
        }
        catch (Exception error) when (hasBegun && IsRefusal(error))
        {
            throw await TakeBackAsync(rollout, error);
        }
        return new(rollout.Names, rollout.Plan.VersionSchema);
    }

    /// <summary>What a repetition would not mend. A lost session is an interruption: what was done stays, to be resumed.</summary>
    static bool IsRefusal(Exception error) =>
        error is PgRollException { Reason: ExitReason.DatabaseError } || error is PostgresException server && !ServerError.IsLostSession(server);

    /// <summary>The error that started it is what the user reads; one of the taking back is added, never put in its place.</summary>
    async Task<PgRollException> TakeBackAsync(RolloutRow rollout, Exception error)
    {
        var what = error is PostgresException server ? ServerError.Describe(server) : error.Message;
        Log.TakesBack(options.Logger, rollout.Migration, what);
        try
        {
            if (await state.RolloutAsync(CancellationToken.None) is not null)
                await _end.RollbackAsync(CancellationToken.None);
        }
        catch (Exception second) when (second is NpgsqlException or PgRollException)
        {
            return new(ExitReason.NeedsAttention,
                $"Migration '{rollout.Migration}' could not be started: {what}{Environment.NewLine}Taking it back failed too: {second.Message}. Run `rollback` when that is mended.", error);
        }
        return new(ExitReason.DatabaseError, $"Migration '{rollout.Migration}' could not be started; everything was taken back: {what}", error);
    }

    Task<string> FingerprintAsync(Plan plan, CancellationToken ct) => new Fingerprint(session).OfAsync(plan.TouchedTables, options.Schema, ct);
}
