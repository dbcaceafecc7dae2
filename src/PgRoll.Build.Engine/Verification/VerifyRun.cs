using Npgsql;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.Verification.Databases;
using PgRoll.Build.Linting;
using PgRoll.Build.Migrations;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification;

/// <summary>
/// One run: a trunk database is taken through the history, and at each migration to prove it is copied for the proof, which goes on beside it.
/// A history that an earlier run kept is where the trunk begins.
/// </summary>
sealed class VerifyRun(VerifierOptions options, VerifyServer server, MigrationSet set, IReadOnlyList<MigrationFile> files) : IDisposable
{
    readonly List<Task<ProvedRollout>> _proofs = [];
    readonly SemaphoreSlim _places = new(Math.Max(options.Workers, 1));
    readonly IReadOnlyList<Migration> _migrations = [.. set.Migrations];

    (string Migration, PgRollException Error)? _failure;

    public string? ReusedPrefix { get; private set; }

    public async Task<IReadOnlyList<ProvedRollout>> RunAsync(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await GoAsync(stop.Token);
            // The one of several migrations shares its beginning with the first of them, and comes last.
            IReadOnlyList<ProvedRollout> proved = [.. (await Task.WhenAll(_proofs)).OrderBy(rollout => rollout.Migrations.Count > 1)];
            // Mostly the proof has met the same; where it has not, what comes after it was not proved, and nobody would know.
            return _failure is not { } failure || IsTold(failure.Migration, proved) ? proved : throw failure.Error;
        }
        catch
        {
            await stop.CancelAsync();
            // What it found or failed of is not what ended the run.
            await Task.WhenAll(_proofs).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Whether an error of a migration was found that nobody judged away.</summary>
    bool IsTold(string migration, IReadOnlyList<ProvedRollout> proved) => Suppressions.Of(_migrations, needsReason: false, new())
        .Divide(proved.Where(rollout => rollout.Migrations.Contains(migration)).SelectMany(rollout => rollout.Findings)).InForce.Any(f => f.Severity == Severity.Error);

    bool IsToProve(int i) => options.Migrations?.Contains(_migrations[i].Name) != false;

    async Task GoAsync(CancellationToken ct)
    {
        List<int> toProve = [.. Enumerable.Range(0, _migrations.Count).Where(IsToProve)];
        if (toProve.Count == 0)
            return;
        var (trunk, at) = await BeginAsync(toProve[0], ct);
        var together = TogetherFrom(toProve);
        foreach (var next in toProve)
        {
            if (!await ReplayAsync(trunk, at, next, ct))
                return;
            at = next;
            if (next == toProve[0] && options.KeptPrefixes > 0 && next > 0 && ReusedPrefix != _migrations[next - 1].Name)
                await server.KeepAsync(await server.CreateAsync(trunk, ct), Key(next), options.KeptPrefixes, ct);
            await ProveAsync(trunk, [next], ct);
            if (next == together)
                await ProveAsync(trunk, [.. Enumerable.Range(next, _migrations.Count - next)], ct);
        }
        if (options.KeptPrefixes > 0 && await ReplayAsync(trunk, at, _migrations.Count, ct))
            await server.KeepAsync(trunk, Key(_migrations.Count), options.KeptPrefixes, ct);
    }

    /// <summary>A database with as much of the history as was kept.</summary>
    async Task<(string Trunk, int At)> BeginAsync(int first, CancellationToken ct)
    {
        for (var length = first; options.KeptPrefixes > 0 && length > 0; length--)
            if (await server.UseAsync(Key(length), ct))
            {
                ReusedPrefix = _migrations[length - 1].Name;
                options.Progress?.Report(new PrefixReused(ReusedPrefix));
                return (await server.CreateAsync(Key(length), ct), length);
            }
        var trunk = await server.CreateAsync(null, ct);
        var runner = server.Options(trunk);
        await using (var session = await Session.OpenAsync(runner, ct))
        {
            await session.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {new Ident(runner.Schema)}", ct);
            await session.SetPathAsync(session.UsersPath, ct);
            if (options.Setup is { } setup)
                await SetUpAsync(session, setup, ct);
        }
        await new MigrationRunner(runner).InitializeAsync(ct);
        return (trunk, 0);
    }

    static async Task SetUpAsync(Session session, string setup, CancellationToken ct)
    {
        try
        {
            await session.ExecuteAsync(setup, ct);
        }
        catch (PostgresException error) when (!ServerError.IsLostSession(error))
        {
            throw new PgRollException(ExitReason.Usage, $"The setup, which a new database begins with, is refused: {ServerError.Describe(error)}", error);
        }
    }

    string Key(int length) => DatabaseNames.Kept(PrefixKey.Of(server.Major, server.Role, options, _migrations.Take(length)));

    /// <summary>Takes the trunk further. False where a migration that is proved too does not come so far: its proof tells it.</summary>
    async Task<bool> ReplayAsync(string trunk, int from, int to, CancellationToken ct)
    {
        if (to <= from)
            return true;
        var runner = new MigrationRunner(server.Options(trunk) with { MultiplePending = MultiplePending.CompleteEarlier });
        try
        {
            await runner.StartAsync([.. files.Take(to)], ct);
            await runner.CompleteAsync(ct);
        }
        catch (PgRollException error) when (error.Reason is not ExitReason.Interrupted && IsToProve(from))
        {
            _failure = (_migrations[from].Name, error);
            return false;
        }
        catch (PgRollException error) when (error.Reason is not ExitReason.Interrupted)
        {
            throw error.Diagnostics.Count > 0 ? error : new PgRollException(error.Reason, $"The history before '{_migrations[Math.Min(to, _migrations.Count - 1)].Name}' does not replay: {error.Message}", error);
        }
        options.Progress?.Report(new HistoryReplayed([.. _migrations.Skip(from).Take(to - from).Select(m => m.Name)]));
        return true;
    }

    /// <summary>
    /// Where the last migrations to prove begin that are one rollout where several are pending; null where there are not two, or raw SQL
    /// or an empty database keeps them apart.
    /// </summary>
    int? TogetherFrom(IReadOnlyList<int> toProve)
    {
        var first = _migrations.Count;
        while (first > 0 && IsToProve(first - 1))
            first--;
        return first > 0 && _migrations.Count - first > 1 && toProve.Contains(first) && !_migrations.Skip(first).Any(m => m.Operations.Any(o => o is RawSqlOperation)) ? first : null;
    }

    async Task ProveAsync(string trunk, IReadOnlyList<int> indexes, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        ProofDatabase database;
        try
        {
            // Raw SQL may leave what its `down` does not take back; then the second half wants a fresh copy, as timing does.
            var template = options.Growth.Count > 0 || indexes.Any(i => _migrations[i].Operations.Any(o => o is RawSqlOperation)) ? await server.CreateAsync(trunk, ct) : null;
            database = new(server, template, await server.CreateAsync(template ?? trunk, ct));
        }
        catch
        {
            _places.Release();
            throw;
        }
        _proofs.Add(Task.Run(async () =>
        {
            try
            {
                await using (database)
                {
                    await using var proof = await Proof.OfAsync(options, database, [.. indexes.Select(i => files[i])], ct);
                    var proved = await proof.RunAsync(ct);
                    options.Progress?.Report(new RolloutProved(proved));
                    return proved;
                }
            }
            finally
            {
                _places.Release();
            }
        }, CancellationToken.None));
    }
}
