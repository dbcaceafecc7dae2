using Npgsql;
using PgRoll.Build.Engine.Verification.Rows;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification;

/// <summary>The rows of both versions, from their making to what is told of those that a rollout refuses.</summary>
sealed class TriedRows(ProofSubject subject)
{
    readonly RolloutMap _map = subject.Map;
    readonly Dictionary<string, (int Accepted, int Refused)> _tables = [];
    readonly List<(CandidateRow Row, Refusal Refusal)> _refusedNew = [];

    // Rows that the old version takes by itself; rows of the new one, as they were tried; what stays for the second half.
    IReadOnlyList<CandidateRow> _old = [], _new = [], _kept = [];
    IReadOnlyList<IReadOnlyList<CandidateRow>> _translated = [];
    VersionRows? _history;

    bool IsFilled => subject.Data is not null;

    public IEnumerable<ExercisedTable> Tables => _tables.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new ExercisedTable(t.Key, t.Value.Accepted, t.Value.Refused));

    public int Accepted(string table) => _tables.GetValueOrDefault(table).Accepted;

    /// <summary>Makes rows, before anything changes; of those of the old version only such remain as it takes by itself.</summary>
    public async Task MakeAsync(CancellationToken ct)
    {
        await using var client = await subject.OldAsync(ct);
        var (oldTargets, newTargets) = (_map.OldTargets, _map.NewTargets);
        var types = await TypeValues.ReadAsync(client.Session, oldTargets.Concat(newTargets).SelectMany(t => t.Table.Columns).Select(c => c.Type.Canonical), ct);
        IReadOnlyList<CandidateRow> Rows(Schema schema, IReadOnlyList<RowTarget> tables, int first) => new RowGenerator(types, subject.Rows, first).Of(schema, tables);
        var tried = IsFilled
            ? await client.InsertAsync(await StoredRows.ReadAsync(client, oldTargets.Select(t => t.Table), subject.Rows, ct), keep: false, Empty(client, oldTargets), ct)
            : await client.InsertAsync(Rows(_map.Before, oldTargets, 0), keep: false, [], ct);
        foreach (var (row, refusal) in tried)
            Count(row.Table, accepted: 0, refused: refusal is null ? 0 : 1);
        _old = [.. tried.Where(t => t.Refusal is null).Select(t => t.Row)];
        if (IsFilled)
            return;
        _new = [.. Rows(_map.After, newTargets, 1_000).Select(row => row with { Kind = row.IsUsual ? RowKind.Loose : row.Kind })];
        // What the history itself made, such as a table of codes: later rows and expressions may need it.
        if (subject.HasOldVersion)
            _history = await VersionRows.ReadAsync(client, oldTargets.Select(t => t.Table.Name), ct);
    }

    /// <summary>Tries every row through its version, then writes and changes those that are taken.</summary>
    public async Task WriteAsync(VersionClient old, VersionClient @new, CancellationToken ct)
    {
        var tried = await old.InsertAsync(_old, keep: false, IsFilled ? Empty(old, _map.OldTargets) : [], ct);
        await new RefusedRows(subject, old).TellAsync(isOld: true, [.. Refused(tried).Where(t => !IsConsequence(t.Refusal))], ct);
        _refusedNew.AddRange(Refused(await @new.InsertAsync(_new, keep: false, [], ct)));
        foreach (var (row, _) in tried.Where(t => t.Refusal is null))
            Count(row.Table, accepted: 1, refused: 0);
        _kept = IsFilled ? [] : [.. tried.Where(t => t.Refusal is null).Select(t => t.Row)];
        await old.InsertAsync(_kept, keep: true, [], ct);
        if (!_map.HasRawSqlAtStart)
            await TranslateAsync(old, @new, ct);
    }

    /// <summary>What one version wrote is what the other is to read, and to write.</summary>
    async Task TranslateAsync(VersionClient old, VersionClient @new, CancellationToken ct)
    {
        var translated = await StoredRows.ReadAsync(@new, _map.NewTargets.Select(t => t.Table), subject.Rows, ct);
        _translated = [translated, [.. StoredRows.WithNulls(translated, _map.NewTargets)]];
        foreach (var sort in _translated)
            _refusedNew.AddRange(Refused(await @new.InsertAsync(sort, keep: false, Empty(@new, _map.NewTargets), ct)));
        var mapped = new MappedRows(subject, old.Session);
        await mapped.CheckUpsAsync("when a client wrote it", ct);
        await mapped.CheckRoundTripsAsync(ct);
        if (!IsFilled)
        {
            await old.UpdateAsync([.. StoredRows.Turned(await StoredRows.ReadAsync(old, _map.OldTables, subject.Rows, ct), _map.OldTargets)], ct);
            await mapped.CheckUpsAsync("when a client changed the row", ct);
        }
        var places = await mapped.PlacesAsync(ct);
        var earlier = await VersionRows.ReadAsync(@new, _map.NewTables.Select(t => t.Name), ct);
        foreach (var (row, refusal) in await @new.InsertAsync([.. _new.Where(r => _refusedNew.All(x => x.Row != r))], keep: true, [], ct))
            if (refusal is null && _map.OldTables.All(t => t.Name != row.Table))
                Count(row.Table, accepted: 1, refused: 0);
        await mapped.CheckDownsAsync("when a client writes it", places, ct);
        // Only what it wrote itself: of the others the old version's values stay where nothing of theirs is changed.
        var written = (await StoredRows.ReadAsync(@new, _map.NewTables, int.MaxValue, ct)).Where(row => !earlier.Of(row.Table).Contains(row.Shown));
        await @new.UpdateAsync([.. StoredRows.Turned([.. written], _map.NewTargets)], ct);
        await mapped.CheckDownsAsync("when a client changes the row", places, ct);
    }

    /// <summary>Fills the tables for the second half. What the new version wrote is not: it need not be what <c>up</c> makes of it the second time.</summary>
    public async Task WriteAgainAsync(CancellationToken ct)
    {
        if (!subject.HasOldVersion || IsFilled)
            return;
        await using var client = await subject.OldAsync(ct);
        await client.InsertAsync(_kept, keep: true, Empty(client, _map.OldTargets, _history), ct);
    }

    /// <summary>Runs the SQL that fills the tables.</summary>
    public async Task FillAsync(CancellationToken ct)
    {
        if (subject.Data is not { } data || !subject.HasOldVersion)
            return;
        await using var client = await subject.OldAsync(ct);
        await client.Session.SetPathAsync(subject.HasOldViews ? $"{new Ident(client.Schema)}, {client.Session.UsersPath}" : client.Session.UsersPath, ct);
        try
        {
            await client.Session.ExecuteAsync(data, ct);
        }
        catch (PostgresException error) when (!ServerError.IsLostSession(error))
        {
            throw new PgRollException(ExitReason.Usage, $"The data that fills the tables before '{_map.Last}' is refused: {(subject.ShowsValues ? ServerError.Describe(error) : $"SQLSTATE {error.SqlState}")}. It is run before each rollout: where it fits one of them only, prove that file alone.", error);
        }
    }

    /// <summary>Of rows of the new version that were refused, those are told that it takes when it is alone.</summary>
    public async Task TellNewRowsAsync(VersionClient client, CancellationToken ct)
    {
        if (_refusedNew.Count == 0)
            return;
        HashSet<CandidateRow> taken = [];
        // Each sort of rows by itself, as they were tried before.
        foreach (var sort in (IReadOnlyList<IReadOnlyList<CandidateRow>>)[_new, .. _translated])
            taken.UnionWith((await client.InsertAsync(sort, keep: false, Empty(client, _map.NewTargets), ct)).Where(t => t.Refusal is null).Select(t => t.Row));
        await new RefusedRows(subject, client).TellAsync(isOld: false, [.. _refusedNew.Where(r => taken.Contains(r.Row) && !IsConsequence(r.Refusal))], ct);
    }

    static IEnumerable<(CandidateRow Row, Refusal Refusal)> Refused(IEnumerable<(CandidateRow Row, Refusal? Refusal)> tried) => tried.Where(t => t.Refusal is not null).Select(t => (t.Row, t.Refusal!));

    /// <summary>Keys that the version has without the rollout: the row that it points to was refused before.</summary>
    bool IsConsequence(Refusal refusal) => refusal.State == PostgresErrorCodes.ForeignKeyViolation
        && _map.Before.Tables.SelectMany(t => t.Constraints).Concat(_map.Changes.Count == 0 ? _map.After.Tables.SelectMany(t => t.Constraints) : []).Any(c => c.Physical == refusal.Constraint)
        // Rows that raw SQL made have the key.
        || refusal.State == PostgresErrorCodes.UniqueViolation && _map.HasRawSqlAtStart
        && _map.Before.Tables.SelectMany(t => t.Constraints.Select(c => c.Physical).Concat(t.Indexes.Select(i => i.Physical))).Contains(refusal.Constraint);

    /// <summary>Children before their parents, and once more: the other version may have keys of its own, which want another order.</summary>
    static IReadOnlyList<Sql> Empty(VersionClient client, IReadOnlyList<RowTarget> tables, VersionRows? but = null) =>
        [.. Enumerable.Repeat(tables.Reverse().Select(t => Delete(QualifiedName.Of(client.Schema, t.Table.Name), but?.Of(t.Table.Name) ?? [])), 2).SelectMany(all => all)];

    static Sql Delete(QualifiedName view, IReadOnlyList<string> but) => but.Count == 0 ? Sql.Of($"DELETE FROM {view}")
        : Sql.Of($"DELETE FROM {view} AS r WHERE CAST(r AS pg_catalog.text) <> ALL (ARRAY[{but.Select(row => Sql.Of($"{new Literal(row)}"))}])");

    void Count(string table, int accepted, int refused)
    {
        var (known, other) = _tables.GetValueOrDefault(table);
        _tables[table] = (known + accepted, other + refused);
    }
}
