using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Engine.Verification.Rows;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification;

/// <summary>
/// Takes one rollout all the way. First on tables as the history leaves them: each row is tried by itself through the version that takes
/// it, so that whatever refuses it is known; what both take stays, and the rollout is rolled back. Then on tables with these rows: the
/// backfill meets them, and the rollout is completed.
/// </summary>
sealed class Proof(VerifierOptions options, ProofDatabase database, IReadOnlyList<MigrationFile> files)
{
    readonly ProofFindings _findings = new();
    readonly LockWatch _locks = new();
    readonly StepTimes _times = new();
    readonly List<ProvedPhase> _phases = [];
    readonly Dictionary<string, (int Accepted, int Refused)> _tables = [];
    RunnerOptions _options = options.Runner;
    RolloutMap? _map;
    Session? _session;
    string _oldSchema = "", _newSchema = "";
    IReadOnlyList<IReadOnlyList<CandidateRow>> _translated = [];
    IReadOnlyList<string> _before = [];
    Plan? _plan;

    public async Task<ProvedRollout> RunAsync(CancellationToken ct)
    {
        IReadOnlyList<string> names = [.. files.Select(f => f.Name)];
        IReadOnlyList<RowsTime> growth;
        try
        {
            await ConnectAsync(ct);
            growth = await ProvedOrToldAsync(ct) ? await TimeAsync(ct) : [];
        }
        finally
        {
            if (_session is not null)
                await _session.DisposeAsync();
        }
        return new(names, Map.Before, Map.After.Settled())
        {
            Growth = growth,
            Phases = [.. _phases.OrderBy(phase => phase.Name is "start" ? 0 : phase.Name is "rollback" ? 1 : 2)],
            Tables = [.. _tables.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new ExercisedTable(t.Key, t.Value.Accepted, t.Value.Refused))],
            Findings = [.. _findings.All],
        };
    }

    /// <summary>Whatever the server refuses where nobody expected it is about this rollout, and no reason to lose what is found of the others.</summary>
    async Task<bool> ProvedOrToldAsync(CancellationToken ct)
    {
        try
        {
            await ProveAsync(ct);
            return true;
        }
        catch (PostgresException error) when (!ServerError.IsLostSession(error))
        {
            _findings.Add(VerifyRules.VersionUnusable, Map.FirstOperation, $"Rows of both versions could not be tried: {(ShowsValues ? $"{error.SqlState}: {error.MessageText}" : $"SQLSTATE {error.SqlState}")}");
            return false;
        }
    }

    RolloutMap Map => _map!;

    /// <summary>Looks at the database from aside.</summary>
    Session Own => _session!;

    /// <summary>Values that are made up are nobody's; others are shown where the driver may show them.</summary>
    bool ShowsValues { get; } = options.Data is null || new NpgsqlConnectionStringBuilder(options.Runner.ConnectionString).IncludeErrorDetail;

    async Task<IReadOnlyList<RowsTime>> TimeAsync(CancellationToken ct)
    {
        List<RowsTime> times = [];
        var timing = new GrowthTiming(Map, files, _findings);
        if (HasOldVersion && !_findings.All.Any(f => f.Severity == Severity.Error))
            foreach (var rows in options.Growth.Order())
                if (await database.RenewAsync(ct) && await timing.MeasureAsync(database.Options with { MultiplePending = MultiplePending.Together, FilesAreAll = false }, _oldSchema, rows, ct) is { } time)
                    times.Add(time);
        timing.Tell(times);
        return times;
    }

    MigrationRunner Runner => new(_options);

    /// <summary>Reads what the rollout starts from, as the runner does.</summary>
    async Task ConnectAsync(CancellationToken ct)
    {
        _options = database.Options with { Progress = _times, BeforeCommit = _locks.LookAsync, MultiplePending = MultiplePending.Together, FilesAreAll = false };
        if (_session is not null)
            await _session.DisposeAsync();
        var session = _session = await Session.OpenAsync(_options with { BeforeCommit = null }, ct);
        if (_map is not null)
            return;
        var state = new StateStore(session, _options);
        var latest = (await state.HistoryAsync(ct)).Count == 0 ? null : await state.LatestVersionAsync(ct);
        var previous = latest is null || !_options.UseVersionSchema ? null : GeneratedNames.VersionSchema(_options.Schema, latest);
        var schema = await new SchemaReader(session).ReadAsync(_options.Schema, previous, ct);
        var (migrations, changed, _) = MigrationSet.CheckTogether(files, schema);
        var version = _options.UseVersionSchema ? migrations[^1].VersionSchema(_options.Schema) : null;
        _map = new(new(migrations, schema, changed, version, previous, new(session.Major)));
        (_oldSchema, _newSchema) = (previous ?? _options.Schema, version ?? _options.Schema);
    }

    bool HasOldVersion => Map.Before.Tables.Count > 0;

    async Task ProveAsync(CancellationToken ct)
    {
        if (options.Data is { } data && HasOldVersion)
            await FillAsync(data, ct);
        var (oldRows, newRows) = await CandidatesAsync(ct);
        var catalog = _before = await CatalogAsync(ct);
        var history = await HistoryRowsAsync(ct);
        var rights = await RightsAsync(ct);
        if (!await TryPhaseAsync("start", VerifyRules.StartRefused, true, () => Runner.StartAsync(files, ct), ct))
            return;
        IReadOnlyList<CandidateRow> written;
        List<(CandidateRow Row, Refusal Refusal)> refused = [];
        VersionRows? shown = null;
        await using (var old = await VersionClient.OpenAsync(_options, $"{new Ident(_oldSchema)}", ct))
        await using (var @new = await VersionClient.OpenAsync(_options, $"{new Ident(_newSchema)}", ct))
        {
            if (!await CanBeUsedAsync(old, @new, rights, ct))
                return;
            written = await WriteAsync(old, @new, oldRows, newRows, refused, ct);
            if (HasOldVersion && !Map.HasRawSql)
                shown = await VersionRows.ReadAsync(old, _oldSchema, Map.OldTables.Select(t => t.Name), ct);
        }
        if (!await TryPhaseAsync("rollback", VerifyRules.RollbackRefused, false, () => Runner.RollbackAsync(ct), ct))
            return;
        // Nobody knows what rows raw SQL made, and its `down` left.
        if (!await IsRestoredAsync(catalog, shown, ct) | Map.HasRawSql)
        {
            if (!await database.RenewAsync(ct))
                return;
            await ConnectAsync(ct);
            if (options.Data is { } again && HasOldVersion)
                await FillAsync(again, ct);
        }
        if (HasOldVersion && options.Data is null)
            // What the new version wrote need not be what `up` makes of it the second time.
            await using (var client = await VersionClient.OpenAsync(_options, $"{new Ident(_oldSchema)}", ct))
                await client.InsertAsync(written, _oldSchema, keep: true, Empty(_oldSchema, Map.OldTargets, history), ct);
        await CompleteAsync(newRows, refused, ct);
    }

    /// <summary>The second half: rows are there already, and the new version stays.</summary>
    async Task CompleteAsync(IReadOnlyList<CandidateRow> newRows, IReadOnlyList<(CandidateRow Row, Refusal Refusal)> refused, CancellationToken ct)
    {
        if (!await TryPhaseAsync("start", VerifyRules.StartRefused, true, () => Runner.StartAsync(files, ct), ct))
            return;
        VersionRows? shown = null;
        await using (var client = await VersionClient.OpenAsync(_options, $"{new Ident(_newSchema)}", ct))
        {
            if (!Map.HasRawSqlAtStart)
            {
                await new MappedRows(Map, client.Session, ShowsValues, _findings).CheckUpsAsync("when the backfill filled it", ct);
                shown = await VersionRows.ReadAsync(client, _newSchema, Map.NewTables.Select(t => t.Name), ct);
            }
        }
        if (!await TryPhaseAsync("complete", VerifyRules.CompleteRefused, false, () => Runner.CompleteAsync(ct), ct))
            return;
        await using (var client = await VersionClient.OpenAsync(_options, $"{new Ident(_newSchema)}", ct))
        {
            if (shown is not null && !Map.HasRawSql && shown.Difference(await VersionRows.ReadAsync(client, _newSchema, Map.NewTables.Select(t => t.Name), ct), ShowsValues) is { } other)
                _findings.Add(VerifyRules.SchemaDiffers, Map.FirstOperation, other);
            if (Map.HasRawSql)
                await new VersionAccess(Map, client, _options, _findings).CanBeReadAsync("new", _newSchema, await ViewsAsync(client.Session, ct), ct);
            await TellNewRowsAsync(client, newRows, refused, ct);
        }
        await CompareSchemaAsync(ct);
        foreach (var table in Map.HasRawSql ? [] : Map.OldTables.Where(t => Map.NewTables.Any(n => n.Physical == t.Physical)).Concat(Map.NewTables.Where(n => Map.OldTables.All(o => o.Physical != n.Physical))))
            if (_tables.GetValueOrDefault(table.Name).Accepted is < 10 and var accepted)
                _findings.Add(VerifyRules.NotExercised, Map.OperationOf(table.Physical), table.Name, accepted);
    }

    async Task FillAsync(string data, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(_options with { BeforeCommit = null }, ct);
        await session.SetPathAsync(_oldSchema == _options.Schema ? session.UsersPath : $"{new Ident(_oldSchema)}, {session.UsersPath}", ct);
        try
        {
            await session.ExecuteAsync(data, ct);
        }
        catch (PostgresException error) when (!ServerError.IsLostSession(error))
        {
            throw new PgRollException(ExitReason.Usage, $"The data that fills the tables before '{files[^1].Name}' is refused: {(ShowsValues ? ServerError.Describe(error) : $"SQLSTATE {error.SqlState}")}", error);
        }
    }

    /// <summary>The rows to try, of those of the old version only such as it takes by itself.</summary>
    async Task<(IReadOnlyList<CandidateRow> Old, IReadOnlyList<CandidateRow> New)> CandidatesAsync(CancellationToken ct)
    {
        await using var client = await VersionClient.OpenAsync(_options, $"{new Ident(_oldSchema)}", ct);
        var (oldTargets, newTargets) = (Map.OldTargets, Map.NewTargets);
        var types = await TypeValues.ReadAsync(client.Session, oldTargets.Concat(newTargets).SelectMany(t => t.Table.Columns).Select(c => c.Type.Canonical), ct);
        IReadOnlyList<CandidateRow> Rows(Schema schema, IReadOnlyList<RowTarget> tables, int first) => new RowGenerator(types, options.Rows, first).Of(schema, tables);
        var tried = options.Data is null
            ? await client.InsertAsync(Rows(Map.Before, oldTargets, 0), _oldSchema, keep: false, [], ct)
            : await client.InsertAsync(await StoredRows.ReadAsync(client.Session, _oldSchema, oldTargets.Select(t => t.Table), options.Rows, ct), _oldSchema, keep: false, Empty(_oldSchema, oldTargets), ct);
        foreach (var (row, refusal) in tried)
            Count(row.Table, accepted: 0, refused: refusal is null ? 0 : 1);
        return ([.. tried.Where(t => t.Refusal is null).Select(t => t.Row)], options.Data is null ? [.. Rows(Map.After, newTargets, 1_000).Select(row => row with { Kind = row.IsUsual ? RowKind.Loose : row.Kind })] : []);
    }

    /// <summary>Who may use the old version, before anything changes.</summary>
    async Task<IReadOnlySet<(string Role, string Table, string Privilege)>> RightsAsync(CancellationToken ct)
    {
        if (!HasOldVersion || _oldSchema == _newSchema)
            return new HashSet<(string, string, string)>();
        await using var client = await VersionClient.OpenAsync(_options, $"{new Ident(_oldSchema)}", ct);
        return await new VersionAccess(Map, client, _options, _findings).RightsAsync(_oldSchema, Map.Before.Tables, ct);
    }

    async Task<bool> CanBeUsedAsync(VersionClient old, VersionClient @new, IReadOnlySet<(string Role, string Table, string Privilege)> rights, CancellationToken ct)
    {
        var access = new VersionAccess(Map, @new, _options, _findings);
        var isRead = (!HasOldVersion || await new VersionAccess(Map, old, _options, _findings).CanBeReadAsync("old", _oldSchema, Map.Before.Tables, ct))
            & await access.CanBeReadAsync("new", _newSchema, Map.HasRawSqlAtStart ? await ViewsAsync(@new.Session, ct) : Map.After.Tables, ct);
        if (isRead && rights.Count > 0)
            await access.CompareRightsAsync(rights, _newSchema, ct);
        return isRead;
    }

    /// <summary>Tries every row through its version, then writes those that are taken.</summary>
    /// <returns>The old version's rows that stay.</returns>
    async Task<IReadOnlyList<CandidateRow>> WriteAsync(
        VersionClient old, VersionClient @new, IReadOnlyList<CandidateRow> oldRows, IReadOnlyList<CandidateRow> newRows, List<(CandidateRow Row, Refusal Refusal)> refusedNew, CancellationToken ct)
    {
        var isFilled = options.Data is not null;
        var empty = isFilled ? Empty(_oldSchema, Map.OldTargets) : [];
        var tried = await old.InsertAsync(oldRows, _oldSchema, keep: false, empty, ct);
        var refused = tried.Where(t => t.Refusal is { } refusal && !IsConsequence(refusal)).Select(t => (t.Row, t.Refusal!)).ToList();
        await new RefusedRows(Map, old, _oldSchema, isFilled, ShowsValues, _findings).TellAsync(isOld: true, refused, ct);
        refusedNew.AddRange(Refused(await @new.InsertAsync(newRows, _newSchema, keep: false, [], ct)));
        IReadOnlyList<CandidateRow> good = isFilled ? [] : [.. tried.Where(t => t.Refusal is null).Select(t => t.Row)];
        foreach (var row in isFilled ? tried.Where(t => t.Refusal is null).Select(t => t.Row) : good)
            Count(row.Table, accepted: 1, refused: 0);
        await old.InsertAsync(good, _oldSchema, keep: true, [], ct);
        if (Map.HasRawSqlAtStart)
            return good;
        // What the old version wrote, written by the new one: with NULLs, the way that its clients will.
        var translated = await StoredRows.ReadAsync(@new.Session, _newSchema, Map.NewTargets.Select(t => t.Table), options.Rows, ct);
        _translated = [translated, [.. StoredRows.WithNulls(translated, Map.NewTargets)]];
        foreach (var sort in _translated)
            refusedNew.AddRange(Refused(await @new.InsertAsync(sort, _newSchema, keep: false, Empty(_newSchema, Map.NewTargets), ct)));
        var mapped = new MappedRows(Map, old.Session, ShowsValues, _findings);
        await mapped.CheckUpsAsync("when a client wrote it", ct);
        await mapped.CheckRoundTripsAsync(ct);
        var places = await mapped.PlacesAsync(ct);
        foreach (var (row, refusal) in await @new.InsertAsync([.. newRows.Where(r => refusedNew.All(x => x.Row != r))], _newSchema, keep: true, [], ct))
            if (refusal is null && Map.OldTables.All(t => t.Name != row.Table))
                Count(row.Table, accepted: 1, refused: 0);
        await mapped.CheckDownsAsync(places, ct);
        return good;
    }

    /// <summary>Of rows of the new version that were refused, those are told that it takes when it is alone.</summary>
    async Task TellNewRowsAsync(VersionClient client, IReadOnlyList<CandidateRow> rows, IReadOnlyList<(CandidateRow Row, Refusal Refusal)> refused, CancellationToken ct)
    {
        if (refused.Count == 0)
            return;
        HashSet<CandidateRow> taken = [];
        // Each sort of rows by itself, as they were tried before.
        foreach (var sort in (IReadOnlyList<IReadOnlyList<CandidateRow>>)[rows, .. _translated])
            taken.UnionWith((await client.InsertAsync(sort, _newSchema, keep: false, Empty(_newSchema, Map.NewTargets), ct)).Where(t => t.Refusal is null).Select(t => t.Row));
        await new RefusedRows(Map, client, _newSchema, options.Data is not null, ShowsValues, _findings).TellAsync(isOld: false, [.. refused.Where(r => taken.Contains(r.Row) && !IsConsequence(r.Refusal))], ct);
    }

    static IEnumerable<(CandidateRow Row, Refusal Refusal)> Refused(IEnumerable<(CandidateRow Row, Refusal? Refusal)> tried) => tried.Where(t => t.Refusal is not null).Select(t => (t.Row, t.Refusal!));

    async Task<bool> IsRestoredAsync(IReadOnlyList<string> before, VersionRows? shown, CancellationToken ct)
    {
        var after = await CatalogAsync(ct);
        if (CatalogText.Difference(before, after) is { } difference)
        {
            _findings.Add(VerifyRules.RollbackLeaves, Map.RawSql(onComplete: false), difference);
            return false;
        }
        if (shown is null)
            return true;
        await using var client = await VersionClient.OpenAsync(_options, $"{new Ident(_oldSchema)}", ct);
        if (shown.Difference(await VersionRows.ReadAsync(client, _oldSchema, Map.OldTables.Select(t => t.Name), ct), ShowsValues) is { } rows)
            _findings.Add(VerifyRules.RollbackLeaves, Map.FirstOperation, rows);
        return true;
    }

    async Task CompareSchemaAsync(CancellationToken ct)
    {
        if ((await CatalogAsync(ct)).Except(_before).FirstOrDefault(line => line.Contains(GeneratedNames.Prefix, StringComparison.Ordinal)) is { } left)
            _findings.Add(VerifyRules.SchemaDiffers, Map.FirstOperation, $"something of the rollout is left: {Plans.Rows.RowCheck.Shorten(left.Trim(), 160)}");
        if (Map.HasRawSql)
            return;
        if (await new ReplayedSchema(Own, _options).DifferenceAsync(Map.After.Settled(), ct) is { } difference)
            _findings.Add(VerifyRules.SchemaDiffers, Map.FirstOperation, difference);
    }

    /// <summary>Runs a command, and notes its time and its locks, or what the server has against it.</summary>
    async Task<bool> TryPhaseAsync(string name, Rule rule, bool isStart, Func<Task> run, CancellationToken ct)
    {
        await _locks.BeginAsync(Own, _options, ct);
        _times.Take();
        var watch = Stopwatch.StartNew();
        try
        {
            await run();
        }
        catch (PgRollException error) when (error.Reason is not ExitReason.Interrupted)
        {
            Tell(error, rule);
            return false;
        }
        var elapsed = watch.Elapsed;
        if (isStart)
            _plan = (await new StateStore(Own, _options).RolloutAsync(ct))?.Plan;
        var announced = AnnouncedLocks.Of(name, _plan, Map.HasRawSql ? files : [], Map.Before);
        IReadOnlyList<TakenLock> taken = [.. _locks.Taken.Select(t => new TakenLock(t.Relation, t.Mode, announced.Contains(t.Relation)))];
        _phases.RemoveAll(phase => phase.Name == name);
        _phases.Add(new(name, elapsed, taken, isStart ? _times.Take() : []));
        foreach (var held in taken.Where(t => !t.IsAnnounced))
            _findings.Add(VerifyRules.UnannouncedLock, Map.RawSql(onComplete: name == "complete"), name, held.Mode, held.Relation);
        return true;
    }

    void Tell(PgRollException error, Rule rule)
    {
        foreach (var finding in error.Diagnostics)
            _findings.Add(finding.Rule == LiveRules.DataViolates ? VerifyRules.OldRowRefused : rule, finding.Severity, finding.Location, finding.Message.TrimEnd('.'));
        if (error.Diagnostics.Count > 0)
            return;
        var server = error.InnerException as PostgresException;
        var place = (server is null ? null : ServerError.Place(server)) ?? (Map.HasRawSql ? Map.RawSql(onComplete: rule == VerifyRules.CompleteRefused) : Map.FirstOperation);
        _findings.Add(rule, place, (server is null ? error.Message.ReplaceLineEndings(" ") : ShowsValues ? $"{server.SqlState}: {server.MessageText}" : $"SQLSTATE {server.SqlState}").TrimEnd('.'));
    }

    /// <summary>Keys that the version has without the rollout: the row that it points to was refused before.</summary>
    bool IsConsequence(Refusal refusal) => refusal.State == PostgresErrorCodes.ForeignKeyViolation
        && Map.Before.Tables.SelectMany(t => t.Constraints).Concat(Map.Changes.Count == 0 ? Map.After.Tables.SelectMany(t => t.Constraints) : []).Any(c => c.Physical == refusal.Constraint)
        // Rows that raw SQL made have the key.
        || refusal.State == PostgresErrorCodes.UniqueViolation && Map.HasRawSqlAtStart
        && Map.Before.Tables.SelectMany(t => t.Constraints.Select(c => c.Physical).Concat(t.Indexes.Select(i => i.Physical))).Contains(refusal.Constraint);

    /// <summary>Children before their parents, and once more: the other version may have keys of its own, which want another order.</summary>
    static IReadOnlyList<Sql> Empty(string schema, IReadOnlyList<RowTarget> tables, VersionRows? but = null) =>
        [.. Enumerable.Repeat(tables.Reverse().Select(t => Delete(QualifiedName.Of(schema, t.Table.Name), but?.Of(t.Table.Name) ?? [])), 2).SelectMany(all => all)];

    static Sql Delete(QualifiedName view, IReadOnlyList<string> but) => but.Count == 0 ? Sql.Of($"DELETE FROM {view}")
        : Sql.Of($"DELETE FROM {view} AS r WHERE CAST(r AS pg_catalog.text) <> ALL (ARRAY[{but.Select(row => Sql.Of($"{new Literal(row)}"))}])");

    /// <summary>What the history itself made, such as a table of codes: later rows and expressions may need it.</summary>
    async Task<VersionRows?> HistoryRowsAsync(CancellationToken ct)
    {
        if (!HasOldVersion || options.Data is not null)
            return null;
        await using var client = await VersionClient.OpenAsync(_options, $"{new Ident(_oldSchema)}", ct);
        return await VersionRows.ReadAsync(client, _oldSchema, Map.OldTargets.Select(t => t.Table.Name), ct);
    }

    async Task<IReadOnlyList<Table>> ViewsAsync(Session session, CancellationToken ct) => await session.QueryAsync(
        "SELECT c.relname FROM pg_catalog.pg_class c WHERE c.relkind = 'v' AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1) ORDER BY 1",
        static row => new Table(row.GetString(0)), ct, _newSchema);

    Task<IReadOnlyList<string>> CatalogAsync(CancellationToken ct) => CatalogText.ReadAsync(Own, _options, ct);

    void Count(string table, int accepted, int refused)
    {
        var (known, other) = _tables.GetValueOrDefault(table);
        _tables[table] = (known + accepted, other + refused);
    }
}
