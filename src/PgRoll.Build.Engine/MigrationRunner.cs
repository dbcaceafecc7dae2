using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Migrations;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine;

/// <summary>
/// Takes a database from one version of its schema to the next: <c>start</c> expands, then old and new version are live side by side,
/// then <c>complete</c> contracts or <c>rollback</c> takes everything back. Every method opens its own session and closes it.
/// </summary>
public sealed class MigrationRunner(RunnerOptions options)
{
    /// <summary>Makes the state schema, or brings an older one up to date. Safe to repeat; needs no superuser.</summary>
    /// <exception cref="PgRollException">The database cannot be reached, or refuses.</exception>
    public Task InitializeAsync(CancellationToken ct = default) => RunAsync("init", async (session, state) =>
    {
        await RunnerLock.TakeAsync(session, options, ct);
        await state.InitializeAsync(ct);
        return true;
    }, ct);

    /// <summary>What the database is at.</summary>
    /// <exception cref="PgRollException">The database cannot be reached, or was never initialised.</exception>
    public Task<RunnerStatus> StatusAsync(CancellationToken ct = default) => RunAsync("status", async (session, state) =>
    {
        await RequireInitializedAsync(state, ct);
        return await new StatusReader(session, state, options).ReadAsync(ct);
    }, ct);

    /// <summary>What <c>start</c> would do next with the migrations that the database does not have yet; null where it has them all.</summary>
    /// <exception cref="PgRollException">The migrations are not valid here, or the database cannot be reached.</exception>
    public Task<Plan?> PlanAsync(IReadOnlyList<MigrationFile> files, CancellationToken ct = default) => RunAsync("plan", async (session, state) =>
    {
        var history = await state.IsInitializedAsync(ct) ? await state.HistoryAsync(ct) : [];
        if (history.FirstOrDefault(h => !h.IsDone) is { } active)
            throw new PgRollException(ExitReason.NotNow, $"Migration '{active.Name}' is active on schema '{options.Schema}': what comes after it is planned once it is complete.");
        AppliedFiles.Check(files, history, options);
        var planner = new RolloutPlanner(session, state, options);
        return planner.Next(files, history) is { Count: > 0 } next ? (await planner.PlanAsync(next, history, ct)).Plan : null;
    }, ct);

    /// <summary>
    /// Starts a rollout of those of the given migrations that the database does not have yet (<see cref="RunnerOptions.MultiplePending"/>
    /// says what becomes of several), or goes on with one whose start was interrupted.
    /// </summary>
    /// <returns>What was started last; null where there was nothing to do.</returns>
    /// <exception cref="PgRollException">It could not be started; the reason tells what was left.</exception>
    public Task<StartResult?> StartAsync(IReadOnlyList<MigrationFile> files, CancellationToken ct = default) => RunAsync("start", async (session, state) =>
    {
        await RunnerLock.TakeAsync(session, options, ct);
        await RequireInitializedAsync(state, ct);
        return await new RolloutStart(session, state, options).RunAsync(files, ct);
    }, ct);

    /// <summary>Ends the old version: one transaction, after which only the new one is left.</summary>
    /// <returns>The migration that is complete.</returns>
    /// <exception cref="PgRollException">Nothing is active, or the database refused; then nothing was changed.</exception>
    public Task<string> CompleteAsync(CancellationToken ct = default) => RunAsync("complete", async (session, state) =>
    {
        await RunnerLock.TakeAsync(session, options, ct);
        await RequireInitializedAsync(state, ct);
        return await new RolloutEnd(session, state, options).CompleteAsync(ct);
    }, ct);

    /// <summary>Takes the active migration back: one transaction, after which only the old version is left.</summary>
    /// <returns>The migration that was taken back.</returns>
    /// <exception cref="PgRollException">Nothing is active, or the database refused; then nothing was changed.</exception>
    public Task<string> RollbackAsync(CancellationToken ct = default) => RunAsync("rollback", async (session, state) =>
    {
        await RunnerLock.TakeAsync(session, options, ct);
        await RequireInitializedAsync(state, ct);
        return await new RolloutEnd(session, state, options).RollbackAsync(ct);
    }, ct);

    async Task RequireInitializedAsync(StateStore state, CancellationToken ct)
    {
        if (!await state.IsInitializedAsync(ct))
            throw new PgRollException(ExitReason.NotNow, $"The database has no state schema '{options.StateSchema}'. Run `init` first.");
        // A database that pgroll initialised lacks our own tables; an older version of ours may have made them otherwise.
        if (!await state.IsCurrentAsync(ct))
            await state.InitializeAsync(ct);
    }

    async Task<T> RunAsync<T>(string command, Func<Session, StateStore, Task<T>> work, CancellationToken ct)
    {
        Log.CommandBegins(options.Logger, command, options.Schema);
        try
        {
            await using var session = await Session.OpenAsync(options, ct);
            var result = await work(session, new StateStore(session, options));
            Log.CommandEnds(options.Logger, command);
            return result;
        }
        catch (Exception error) when (ServerError.Of(command, error) is { } failure)
        {
            Log.CommandFails(options.Logger, command, failure.Message, error);
            throw failure;
        }
    }
}

/// <summary>A rollout that was started.</summary>
/// <param name="Migrations">The names of its migrations, in order.</param>
/// <param name="VersionSchema">The schema its clients put on their search path; null where version schemas are off.</param>
public sealed record StartResult(IReadOnlyList<string> Migrations, string? VersionSchema)
{
    /// <summary>The last of its migrations, by whose name the rollout goes.</summary>
    public string Migration => Migrations[^1];
}
