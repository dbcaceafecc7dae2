using Npgsql;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Engine.Verification.Rows;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Verification;

/// <summary>
/// Takes one rollout all the way. First on tables as the history leaves them: each row is tried by itself through the version that takes
/// it, so that whatever refuses it is known; what both take stays, and the rollout is rolled back. Then on tables with these rows: the
/// backfill meets them, and the rollout is completed.
/// </summary>
sealed class Proof : IAsyncDisposable
{
    readonly VerifierOptions _options;
    readonly ProofDatabase _database;
    readonly IReadOnlyList<MigrationFile> _files;
    readonly ProofSubject _subject;
    readonly CommandTrial _trial;
    readonly TriedRows _rows;
    // Looks at the database from aside.
    Session _own;
    IReadOnlyList<string> _before = [];

    Proof(VerifierOptions options, ProofDatabase database, IReadOnlyList<MigrationFile> files, ProofSubject subject, Session own)
    {
        (_options, _database, _files, _subject, _own) = (options, database, files, subject, own);
        (_trial, _rows) = (new(subject, files), new(subject));
    }

    RolloutMap Map => _subject.Map;

    ProofFindings Findings => _subject.Findings;

    /// <summary>Reads what the rollout starts from, as the runner does.</summary>
    public static async Task<Proof> OfAsync(VerifierOptions options, ProofDatabase database, IReadOnlyList<MigrationFile> files, CancellationToken ct)
    {
        var runner = database.Options;
        var own = await Session.OpenAsync(runner with { BeforeCommit = null }, ct);
        try
        {
            var state = new StateStore(own, runner);
            var latest = (await state.HistoryAsync(ct)).Count == 0 ? null : await state.LatestVersionAsync(ct);
            var previous = latest is null || !runner.UseVersionSchema ? null : GeneratedNames.VersionSchema(runner.Schema, latest);
            var schema = await new SchemaReader(own).ReadAsync(runner.Schema, previous, ct);
            var (migrations, changed, _) = MigrationSet.CheckTogether(files, schema);
            var version = runner.UseVersionSchema ? migrations[^1].VersionSchema(runner.Schema) : null;
            var map = new RolloutMap(new(migrations, schema, changed, version, previous, new(own.Major)));
            return new(options, database, files, new(options, database, map, previous ?? runner.Schema, version ?? runner.Schema, new()), own);
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    public async Task<ProvedRollout> RunAsync(CancellationToken ct)
    {
        IReadOnlyList<RowsTime> growth = [];
        try
        {
            await ProveAsync(ct);
            growth = await TimeAsync(ct);
        }
        catch (PostgresException error) when (!ServerError.IsLostSession(error))
        {
            // Whatever the server refuses where nobody expected it is about this rollout, and no reason to lose what is found of the others.
            Findings.Add(VerifyRules.VersionUnusable, Map.FirstOperation, $"Rows of both versions could not be tried: {(_subject.ShowsValues ? $"{error.SqlState}: {error.MessageText}" : $"SQLSTATE {error.SqlState}")}");
        }
        return new([.. _files.Select(f => f.Name)], Map.Before, Map.After.Settled())
        {
            Growth = growth,
            Phases = _trial.Phases,
            Tables = [.. _rows.Tables],
            Findings = [.. Findings.All],
        };
    }

    async Task ProveAsync(CancellationToken ct)
    {
        await _rows.FillAsync(ct);
        await _rows.MakeAsync(ct);
        _before = await CatalogAsync(ct);
        var rights = await RightsAsync(ct);
        if (!await _trial.StartAsync(_own, ct))
            return;
        VersionRows? shown = null;
        await using (var old = await _subject.OldAsync(ct))
        await using (var @new = await _subject.NewAsync(ct))
        {
            if (!await CanBeUsedAsync(old, @new, rights, ct))
                return;
            await _rows.WriteAsync(old, @new, ct);
            if (_subject.HasOldVersion && !Map.HasRawSql)
                shown = await VersionRows.ReadAsync(old, Map.OldTables.Select(t => t.Name), ct);
        }
        if (!await _trial.RollbackAsync(_own, ct))
            return;
        // Nobody knows what rows raw SQL made, and its `down` left.
        if (!await IsRestoredAsync(shown, ct) | Map.HasRawSql)
        {
            if (!await RenewAsync(ct))
                return;
            await _rows.FillAsync(ct);
        }
        await _rows.WriteAgainAsync(ct);
        await CompleteAsync(ct);
    }

    /// <summary>The second half: rows are there already, and the new version stays.</summary>
    async Task CompleteAsync(CancellationToken ct)
    {
        if (!await _trial.StartAsync(_own, ct))
            return;
        VersionRows? shown = null;
        if (!Map.HasRawSqlAtStart)
            await using (var client = await _subject.NewAsync(ct))
            {
                await new MappedRows(_subject, client.Session).CheckUpsAsync("when the backfill filled it", ct);
                shown = await VersionRows.ReadAsync(client, Map.NewTables.Select(t => t.Name), ct);
            }
        if (!await _trial.CompleteAsync(_own, ct))
            return;
        await using (var client = await _subject.NewAsync(ct))
        {
            if (shown is not null && !Map.HasRawSql && shown.Difference(await VersionRows.ReadAsync(client, Map.NewTables.Select(t => t.Name), ct), _subject.ShowsValues) is { } other)
                Findings.Add(VerifyRules.SchemaDiffers, Map.FirstOperation, other);
            if (Map.HasRawSql)
                await new VersionAccess(_subject, client).CanBeReadAsync("new", await ViewsAsync(client, ct), ct);
            await _rows.TellNewRowsAsync(client, ct);
        }
        await CompareSchemaAsync(ct);
        foreach (var table in Map.HasRawSql ? [] : Map.OldTables.Where(t => Map.NewTables.Any(n => n.Physical == t.Physical)).Concat(Map.NewTables.Where(n => Map.OldTables.All(o => o.Physical != n.Physical))))
            if ((_subject.Data is null || Map.Before.Find(table.Name) is not null) && _rows.Accepted(table.Name) is < 10 and var accepted)
                Findings.Add(VerifyRules.NotExercised, Map.OperationOf(table.Physical), table.Name, accepted);
    }

    async Task<IReadOnlyList<RowsTime>> TimeAsync(CancellationToken ct)
    {
        List<RowsTime> times = [];
        var timing = new GrowthTiming(_subject, _files);
        if (_subject.HasOldVersion && !Findings.All.Any(f => f.Severity == Severity.Error))
            foreach (var rows in _options.Growth.Order())
                if (await _database.RenewAsync(ct) && await timing.MeasureAsync(rows, ct) is { } time)
                    times.Add(time);
        timing.Tell(times);
        return times;
    }

    async Task<bool> RenewAsync(CancellationToken ct)
    {
        if (!await _database.RenewAsync(ct))
            return false;
        await _own.DisposeAsync();
        _own = await Session.OpenAsync(_subject.Options with { BeforeCommit = null }, ct);
        return true;
    }

    /// <summary>Who may use the old version, before anything changes.</summary>
    async Task<IReadOnlySet<(string Role, string Table, string Privilege)>> RightsAsync(CancellationToken ct)
    {
        if (!_subject.HasTwoVersions)
            return new HashSet<(string, string, string)>();
        await using var client = await _subject.OldAsync(ct);
        return await new VersionAccess(_subject, client).RightsAsync(Map.Before.Tables, ct);
    }

    async Task<bool> CanBeUsedAsync(VersionClient old, VersionClient @new, IReadOnlySet<(string Role, string Table, string Privilege)> rights, CancellationToken ct)
    {
        var access = new VersionAccess(_subject, @new);
        var isRead = (!_subject.HasOldVersion || await new VersionAccess(_subject, old).CanBeReadAsync("old", Map.Before.Tables, ct))
            & await access.CanBeReadAsync("new", Map.HasRawSqlAtStart ? await ViewsAsync(@new, ct) : Map.After.Tables, ct);
        if (isRead && rights.Count > 0)
            await access.CompareRightsAsync(rights, ct);
        return isRead;
    }

    async Task<bool> IsRestoredAsync(VersionRows? shown, CancellationToken ct)
    {
        if (CatalogText.Difference(_before, await CatalogAsync(ct)) is { } difference)
        {
            Findings.Add(VerifyRules.RollbackLeaves, Map.RawSqlDown, difference);
            return false;
        }
        if (shown is null)
            return true;
        await using var client = await _subject.OldAsync(ct);
        if (shown.Difference(await VersionRows.ReadAsync(client, Map.OldTables.Select(t => t.Name), ct), _subject.ShowsValues) is { } rows)
            Findings.Add(VerifyRules.RollbackLeaves, Map.FirstOperation, rows);
        return true;
    }

    async Task CompareSchemaAsync(CancellationToken ct)
    {
        if ((await CatalogAsync(ct)).Except(_before).FirstOrDefault(line => line.Contains(GeneratedNames.Prefix, StringComparison.Ordinal)) is { } left)
            Findings.Add(VerifyRules.SchemaDiffers, Map.FirstOperation, $"something of the rollout is left: {Plans.Rows.RowCheck.Shorten(left.Trim(), 160)}");
        if (!Map.HasRawSql && await new ReplayedSchema(_own, _subject.Options).DifferenceAsync(Map.After.Settled(), ct) is { } difference)
            Findings.Add(VerifyRules.SchemaDiffers, Map.FirstOperation, difference);
    }

    static async Task<IReadOnlyList<Table>> ViewsAsync(VersionClient client, CancellationToken ct) => await client.Session.QueryAsync(
        "SELECT c.relname FROM pg_catalog.pg_class c WHERE c.relkind = 'v' AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1) ORDER BY 1",
        static row => new Table(row.GetString(0)), ct, client.Schema);

    Task<IReadOnlyList<string>> CatalogAsync(CancellationToken ct) => CatalogText.ReadAsync(_own, _subject.Options, ct);

    public ValueTask DisposeAsync() => _own.DisposeAsync();
}
