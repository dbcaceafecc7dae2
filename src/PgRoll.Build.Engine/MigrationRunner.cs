using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Baselines;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Drift;
using PgRoll.Build.Engine.Execution;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
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
        await InitializeAsync(session, state, ct);
        return true;
    }, ct);

    /// <summary>What the database is at.</summary>
    /// <exception cref="PgRollException">The database cannot be reached, or was never initialised.</exception>
    public Task<RunnerStatus> StatusAsync(CancellationToken ct = default) => RunAsync("status", async (session, state) =>
    {
        await RequireInitializedAsync("status", session, state, ct);
        return await new StatusReader(session, state, options).ReadAsync(ct);
    }, ct);

    /// <summary>What <c>start</c> would do next with the migrations that the database does not have yet; null where it has them all.</summary>
    /// <exception cref="PgRollException">The migrations are not valid here, or the database cannot be reached.</exception>
    public Task<PlanResult?> PlanAsync(IReadOnlyList<MigrationFile> files, CancellationToken ct = default) => RunAsync("plan", async (session, state) =>
    {
        await new RunnerRights(session, options).RequireStateAsync("plan", changes: false, ct);
        var history = await state.IsInitializedAsync(ct) ? await state.HistoryAsync(ct) : [];
        if (history.FirstOrDefault(h => !h.IsDone) is { } active)
            throw HistoryFindings.Active(active.Name, options.Schema, "what comes after it is planned once it is complete", files);
        AppliedFiles.Check(files, history, options);
        var planner = new RolloutPlanner(session, state, options, TimeSpan.FromSeconds(10));
        if (planner.Next(files, history) is not { Count: > 0 } next)
            return null;
        var planned = await planner.PlanAsync(next, history, ct);
        return new PlanResult(planned.Names, planned.Plan)
        {
            Later = history.Count > 0 ? [] : [.. files.Except(next).Select(f => f.Name)],
            Findings = [.. planned.LiveInForce, .. planned.Findings],
            Live = planned.Live,
            Before = planned.Before,
            After = planned.After,
            Sizes = await TableSize.ReadAsync(session, options.Schema, planned.Plan.TouchedTables, ct),
        };
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
        await new RunnerRights(session, options).RequireReplicasAsync("start", ct);
        await RequireInitializedAsync("start", session, state, ct);
        await new RolloutGuard(state, options).RequireOwnerAsync("start", ct);
        return await new RolloutStart(session, state, options).RunAsync(files, ct);
    }, ct);

    /// <summary>Ends the old version: one transaction, after which only the new one is left.</summary>
    /// <returns>The names of the migrations that are complete, in order.</returns>
    /// <exception cref="PgRollException">Nothing is active, or the database refused; then nothing was changed.</exception>
    public Task<IReadOnlyList<string>> CompleteAsync(CancellationToken ct = default) => RunAsync("complete", async (session, state) =>
    {
        await RunnerLock.TakeAsync(session, options, ct);
        await new RunnerRights(session, options).RequireReplicasAsync("complete", ct);
        await RequireInitializedAsync("complete", session, state, ct);
        await new RolloutGuard(state, options).RequireAsync("complete", ct);
        return await new RolloutEnd(session, state, options).CompleteAsync(ct);
    }, ct);

    /// <summary>Takes the active migration back: one transaction, after which only the old version is left.</summary>
    /// <returns>The names of the migrations that were taken back, in order.</returns>
    /// <exception cref="PgRollException">Nothing is active, or the database refused; then nothing was changed.</exception>
    public Task<IReadOnlyList<string>> RollbackAsync(CancellationToken ct = default) => RunAsync("rollback", async (session, state) =>
    {
        await RunnerLock.TakeAsync(session, options, ct);
        await RequireInitializedAsync("rollback", session, state, ct);
        await new RolloutGuard(state, options).RequireAsync("rollback", ct);
        return await new RolloutEnd(session, state, options).RollbackAsync(ct);
    }, ct);

    /// <summary>What was applied since the latest baseline, in order; of an active rollout, each of its migrations.</summary>
    /// <exception cref="PgRollException">The database cannot be reached, or was never initialised.</exception>
    public Task<IReadOnlyList<AppliedMigration>> HistoryAsync(CancellationToken ct = default) => RunAsync("history", async (session, state) =>
    {
        await RequireInitializedAsync("history", session, state, ct);
        return await new AppliedMigrations(session, state, options).ReadAsync(ct);
    }, ct);

    /// <summary>How the live schema differs from what was recorded when the latest migration was completed.</summary>
    /// <returns>The differences; null where there is nothing to compare with: a migration is active, or none was completed.</returns>
    /// <exception cref="PgRollException">The database cannot be reached, or was never initialised.</exception>
    public Task<DriftReport?> DriftAsync(CancellationToken ct = default) => RunAsync("drift", async (session, state) =>
    {
        await RequireInitializedAsync("drift", session, state, ct);
        return await new DriftReader(session, options).ReadAsync(ct);
    }, ct);

    /// <summary>The server's major version.</summary>
    /// <exception cref="PgRollException">The database cannot be reached.</exception>
    public Task<int> ServerMajorAsync(CancellationToken ct = default) => RunAsync("version", static (session, _) => Task.FromResult(session.Major), ct);

    /// <summary>
    /// Makes the schema as it is the start of a new history: what was applied before, and files up to <paramref name="name"/>, do not
    /// matter any more. It is published as a version where none is; one that is there stays, until the next migration is complete.
    /// </summary>
    /// <param name="name">The baseline's name, which later migrations sort after.</param>
    /// <param name="dump">A dump of the base schema's definitions, if somebody else made one; null for our own.</param>
    /// <param name="save">Keeps the SQL that makes the schema from nothing; an error of its own takes the baseline back.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PgRollException">A migration is active, or the name is taken.</exception>
    public Task<Baseline> BaselineAsync(string name, string? dump, Func<Baseline, Task> save, CancellationToken ct = default) => RunAsync("baseline", async (session, state) =>
    {
        await RunnerLock.TakeAsync(session, options, ct);
        await RequireInitializedAsync("baseline", session, state, ct);
        await new RolloutEnd(session, state, options).FinishAsync(ct);
        var history = await state.HistoryAsync(ct);
        if (history.FirstOrDefault(h => !h.IsDone) is { } active)
            throw new PgRollException(ExitReason.NotNow, $"Migration '{active.Name}' is active on schema '{options.Schema}': between two versions there is no baseline. Run `complete` or `rollback` first.");
        if (history.Any(h => h.Name == name))
            throw new PgRollException(ExitReason.NotNow, $"The history of schema '{options.Schema}' has a migration '{name}' already. Choose another name for the baseline.");
        await using var transaction = await session.BeginAsync(ct);
        var reader = new BaselineReader(session, options);
        var baseline = dump is null ? await reader.ReadAsync(ct) : await reader.AroundAsync(dump, ct);
        await new AppliedMigrations(session, state, options).InsertBaselineAsync(name, ct);
        // Two versions of one schema would stand in each other's way at the next complete: one that is there stays the only one.
        if (await state.LatestVersionAsync(ct) is { } version)
            baseline = baseline with { VersionSchema = GeneratedNames.VersionSchema(options.Schema, version) };
        else if (options.UseVersionSchema)
        {
            baseline = baseline with { VersionSchema = GeneratedNames.VersionSchema(options.Schema, name) };
            await new LiveVersion(session, options).PublishNewAsync(baseline.VersionSchema, options.ExposeXmin == true, ct);
        }
        await save(baseline);
        await transaction.CommitAsync(ct);
        return baseline;
    }, ct);

    async Task RequireInitializedAsync(string command, Session session, StateStore state, CancellationToken ct)
    {
        await new RunnerRights(session, options).RequireStateAsync(command, changes: command is not ("status" or "history" or "drift"), ct);
        if (!await state.IsInitializedAsync(ct))
            throw new PgRollException(ExitReason.NotNow, $"The database has no state schema '{options.StateSchema}'. Run `init` first.");
        // A database that pgroll initialised lacks our own tables; an older version of ours may have made them otherwise.
        if (!await state.IsCurrentAsync(ct))
            await InitializeAsync(session, state, ct);
    }

    async Task InitializeAsync(Session session, StateStore state, CancellationToken ct)
    {
        var rights = new RunnerRights(session, options);
        await rights.RequireStateAsync("init", changes: false, ct);
        if (!await state.IsCurrentAsync(ct))
            await rights.RequireInitializationAsync(ct);
        await state.InitializeAsync(ct);
    }

    async Task<T> RunAsync<T>(string command, Func<Session, StateStore, Task<T>> work, CancellationToken ct)
    {
        Log.CommandBegins(options.Logger, command, options.Schema);
        try
        {
            await using var session = await Session.OpenAsync(options, ct);
            if (!await session.HasSchemaAsync(options.Schema, ct))
                throw new PgRollException(ExitReason.NotNow, $"There is no schema '{options.Schema}' in this database. Create it, or name the one that holds the tables.");
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

/// <summary>What <c>start</c> would do next.</summary>
/// <param name="Migrations">The names of the migrations that are one rollout, in order.</param>
/// <param name="Plan">What is to be done.</param>
public sealed record PlanResult(IReadOnlyList<string> Migrations, Plan Plan)
{
    /// <summary>What is pending besides: <c>start</c> makes a rollout of each, which is planned when the one before it is complete.</summary>
    public IReadOnlyList<string> Later { get; init; } = [];

    /// <summary>What was found in the migrations; of errors, those alone that the database's rows and names gave rise to, for which <c>start</c> would not begin.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; init; } = [];

    /// <summary>What the database's rows and names gave rise to, whether it is suppressed in the file or not.</summary>
    public IReadOnlyList<Diagnostic> Live { get; init; } = [];

    /// <summary>The schema that it starts from.</summary>
    public required Schema Before { get; init; }

    /// <summary>The schema that it leads to; objects bear the names that they have while the rollout is active.</summary>
    public required Schema After { get; init; }

    /// <summary>How large the tables are that it changes; empty where no database was asked.</summary>
    public IReadOnlyList<TableSize> Sizes { get; init; } = [];
}

/// <summary>A rollout that was started.</summary>
/// <param name="Migrations">The names of its migrations, in order.</param>
/// <param name="VersionSchema">The schema its clients put on their search path; null where version schemas are off.</param>
public sealed record StartResult(IReadOnlyList<string> Migrations, string? VersionSchema)
{
    /// <summary>The last of its migrations, by whose name the rollout goes.</summary>
    public string Migration => Migrations[^1];
}
