using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans;

/// <summary>What a rollout is planned from.</summary>
/// <param name="Migrations">The migrations, which hold the raw SQL that no schema shows.</param>
/// <param name="Before">The schema the running application uses.</param>
/// <param name="After">The schema after all operations of the rollout, provisional names and mappings included.</param>
/// <param name="VersionSchema">The version schema to publish; null for none.</param>
/// <param name="PreviousVersionSchema">The version schema that the running application uses; null for none.</param>
/// <param name="Facts">What is known about the server.</param>
public sealed record PlanRequest(
    IReadOnlyList<Migration> Migrations, Schema Before, Schema After, string? VersionSchema, string? PreviousVersionSchema, ServerFacts Facts)
{
    /// <summary>Whether the new version's views show <c>xmin</c>, for clients that compare it.</summary>
    public bool ExposesXmin { get; init; }

    internal RawSql Raw { get; } = RawSql.Of(Migrations, Before);

    internal Origins Origins => field ??= Origins.Of(Migrations, Before);
}

/// <summary>
/// Turns two versions of a schema into the steps between them. It looks only at the versions, never at the operations: an operation
/// says what the new version is, and what becomes of a row; how a database gets there, whatever was combined, is decided here, once.
/// </summary>
public static class Planner
{
    /// <summary>The plan of a rollout.</summary>
    public static Plan Plan(PlanRequest request)
    {
        var rollout = new Rollout(request);
        return new(request.Before.Name, request.VersionSchema, request.PreviousVersionSchema)
        {
            Start = [.. rollout.Start().Where(stage => stage.Steps.Count > 0)],
            Complete = [.. rollout.Complete()],
            AfterComplete = [.. rollout.AfterComplete()],
            AfterRollback = [.. rollout.AfterRollback()],
            PreviousViews = [.. request.Before.Tables.Select(t => t.Name)],
            Views = [.. request.After.Tables.Select(t => t.Name)],
            TouchedTables = [.. rollout.TouchedTables],
            Drops = [.. rollout.Drops],
            CompleteLocks = [.. rollout.CompleteLocks],
            RollbackLocks = [.. rollout.RollbackLocks],
        };
    }
}

/// <summary>The changes of one rollout, and the order of the steps they are made of.</summary>
sealed class Rollout
{
    readonly PlanRequest _request;
    readonly IReadOnlyList<(TableChange Table, RowMap Map)> _kept;
    readonly IReadOnlyList<Table> _created, _dropped;

    public Rollout(PlanRequest request)
    {
        _request = request;
        var before = request.Before.Tables.ToDictionary(t => t.Physical);
        var after = new HashSet<string>(request.After.Tables.Select(t => t.Physical));
        _created = [.. request.After.Tables.Where(t => !before.ContainsKey(t.Physical))];
        _dropped = [.. request.Before.Tables.Where(t => !after.Contains(t.Physical))];
        _kept =
        [
            .. from table in request.After.Tables
               where before.ContainsKey(table.Physical)
               let change = new TableChange(Name(table), before[table.Physical], table)
               where change.IsTouched
               select (change, new RowMap(change)),
        ];
    }

    /// <summary>Whatever a step of complete locks against clients. A key that goes takes triggers along, which lie on the other table too.</summary>
    public IEnumerable<QualifiedName> CompleteLocks =>
    [
        .. Views(_request.PreviousVersionSchema, TouchedTables),
        .. Views(_request.VersionSchema, Numbered().Select(n => n.View)),
        .. InOrder(
        [
            .. _created.Where(t => t.Physical != t.Name).Select(Name),
            .. Referenced(_kept.SelectMany(k => Contract.Gone(k.Table)).Concat(_dropped.SelectMany(t => t.Constraints)), _request.Before),
        ]),
    ];

    /// <summary>Whatever a step's undo locks against clients.</summary>
    public IEnumerable<QualifiedName> RollbackLocks =>
    [
        .. Views(_request.VersionSchema, _kept.Select(k => k.Table.After.Name).Concat(_created.Select(t => t.Name))),
        .. InOrder(
        [
            .. _created.Select(Name),
            .. Referenced(_kept.SelectMany(k => k.Table.NewConstraints).Concat(_created.SelectMany(t => t.Constraints)), _request.After),
        ]),
    ];

    public IEnumerable<string> TouchedTables =>
        _kept.Select(k => k.Table.Name.Name.Name).Concat(_dropped.Select(t => t.Physical)).OrderBy(name => name, StringComparer.Ordinal);

    public IEnumerable<Drop> Drops =>
        _kept.SelectMany(k => Contract.Drops(k.Table, k.Map)).Concat(_dropped.Select(t => new Drop(DropKind.Table, Name(t), t.Physical)));

    public IEnumerable<Stage> Start()
    {
        yield return new(StageKind.Expand, [.. _request.Raw.InTransaction(), .. Expand()]);
        yield return new(StageKind.Raw, [.. _request.Raw.Alone()]);
        yield return new(StageKind.Backfill, [.. Backfill()]);
        yield return new(StageKind.Indexes, [.. Indexes()]);
        yield return new(StageKind.ForeignKeys, 
        [
            .. New<ForeignKey>().Select(n => Constraints.AddForeignKey(n.Constraint, n.Table, _request.After) with { Origin = Origins.Constraint(n.Table, n.Constraint) }),
            .. _created.SelectMany(t => NewTable.ForeignKeys(Name(t), t, _request.After).Select(step => step with { Origin = Origins.Table(t) })),
        ]);
        yield return new(StageKind.Validate, [
            .. from c in Checks() where c.Check.IsValid select Constraints.Validate(c.Check, c.Table) with { Origin = c.Origin },
            .. from n in New<ForeignKey>() where n.Constraint.IsValid select Constraints.Validate(n.Constraint, n.Table) with { Origin = Origins.Constraint(n.Table, n.Constraint) },
        ]);
        yield return new(StageKind.Publish, [.. Publish()]);
    }

    /// <summary>The tables of both versions that change.</summary>
    public IReadOnlyList<(TableChange Table, RowMap Map)> Kept => _kept;

    public IEnumerable<Step> Complete() => Complete(
    [
        .. Synced().SelectMany(s => s.Remove()),
        .. Numbered().SelectMany(n => n.Release(_request.VersionSchema)),
    ]);

    /// <summary>What complete does, with other steps that take away what kept the versions in step.</summary>
    public IEnumerable<Step> Complete(IEnumerable<Step> release) =>
    [
        .. _request.Raw.AtComplete(),
        .. RetireOldVersion(),
        .. release,
        .. _kept.SelectMany(k => Contract.SetNotNull(k.Table, k.Map, _request.Facts)),
        .. Numbered().SelectMany(n => n.KeepIdentity(_request.Before.Defaults.Sequences)),
        .. _kept.SelectMany(k => Contract.DropForeignKeys(k.Table)),
        .. _kept.SelectMany(k => Contract.DropConstraints(k.Table)),
        .. _kept.SelectMany(k => Contract.DropIndexes(k.Table, _request.After)),
        .. _kept.SelectMany(k => Contract.DropColumns(k.Table, k.Map)),
        .. DropTables(),
        .. _kept.SelectMany(k => Contract.RenameColumns(k.Table)),
        .. Numbered().SelectMany(n => n.Adopt()),
        .. _kept.SelectMany(k => Contract.SettleColumns(k.Table, k.Map)),
        .. _kept.SelectMany(k => Contract.RenameConstraints(k.Table, _request.Facts)),
        .. _kept.SelectMany(k => StatisticsSql.Rename(k.Table)),
        .. RenameIndexes(),
        .. _kept.SelectMany(k => Contract.AdoptIndexes(k.Table)),
        .. _kept.SelectMany(k => Contract.DescribeCopies(k.Table, _request.Facts)),
        .. _kept.SelectMany(k => Contract.SetReplicaIdentity(k.Table)),
        .. _created.SelectMany(t => NewTable.RenameSequences(Name(t), t)),
        .. RenameTables(),
        .. _request.Raw.AtComplete().Any() && _request.VersionSchema is { } version
            ? [new PublishStep("raw SQL may have changed what the version shows", version) { ExposesXmin = _request.ExposesXmin }]
            : (Step[])[],
    ];

    public IEnumerable<Step> AfterComplete() =>
    [
        .. _kept.SelectMany(k => Contract.DropIndexesConcurrently(k.Table, _request.After)),
        .. _request.Raw.AfterComplete(),
        .. _request.PreviousVersionSchema is { } previous
            ? [new RetireStep("the old version's remaining views", GeneratedNames.GoneSchema(previous))]
            : (Step[])[],
    ];

    public IEnumerable<Step> AfterRollback() => _request.VersionSchema is { } version
        ? [new RetireStep("the new version's remaining views", GeneratedNames.GoneSchema(version))]
        : [];

    IEnumerable<Step> Expand() =>
    [
        // Functions first: a wrong expression shows here, before any table is locked.
        .. Numbered().SelectMany(n => n.Install()),
        .. from k in _kept from function in k.Map.Functions select function.Create() with { Origin = Origins.Expression(k.Table, function) },
        .. from t in _created from step in NewTable.Create(Name(t), t, _request.After, _request.Facts) select step with { Origin = Origins.Table(t) },
        .. from k in _kept
           from column in k.Table.NewColumns
           from step in ShadowColumn.Add(k.Table, column, k.Map, _request.Facts)
           select step with { Origin = Origins.Column(k.Table, column) },
        .. _kept.SelectMany(k => StatisticsSql.Create(k.Table, except: [])),
        .. Synced().SelectMany(s => s.Install()),
        .. Checks().Select(c => Constraints.AddCheck(c.Check, c.Table, _request.After) with { Origin = c.Origin }),
    ];

    IEnumerable<Step> Backfill()
    {
        foreach (var (table, map) in _kept)
            if (map.Ups.Count > 0)
            {
                var assignments = map.Ups.Select(up => Sql.Of($"{new Ident(up.Column.Physical)} = {up.Value.Over(c => Sql.Of($"{new Ident(c)}"))}"));
                yield return new BackfillStep($"the rows of '{table.Before.Name}' that are there already", table.Name,
                    Sql.Of($"{assignments}, {new Ident(GeneratedNames.Marker)} = false")) { Origin = Filled(table, map) };
                yield return new SqlStep("statistics of the new columns, so that the new version's first queries are planned well",
                    Sql.Of($"ANALYZE {table.Name} ({map.Ups.Select(up => new Ident(up.Column.Physical)).Union(StatisticsSql.Columns(table))})"))
                {
                    Lock = new(LockMode.ShareUpdateExclusive, table.Name),
                };
            }
    }

    /// <summary>Where all values of a table come from one expression, or one operation, that is what is computed for its rows.</summary>
    Location? Filled(TableChange table, RowMap map) =>
        map.Ups.Select(up => Origins.NewValue(table, up.Column)).Distinct().ToList() is [var expression] ? expression
        : map.Ups.Select(up => Origins.Column(table, up.Column)).Distinct().ToList() is [var operation] ? operation
        : null;

    IEnumerable<Step> Indexes()
    {
        foreach (var (table, _) in _kept)
        {
            foreach (var index in table.NewIndexes)
                yield return Index(index.Name, index.Physical, table, IndexSql.CreateConcurrently(index, table.Name, table.After)) with { Origin = Origins.Index(table, index) };
            foreach (var unique in table.NewConstraints.OfType<UniqueConstraint>())
                yield return Index(unique.Name, unique.Physical, table, IndexSql.CreateConcurrently(unique, table.Name, table.After)) with { Origin = Origins.Constraint(table, unique) };
        }
    }

    public static IndexStep Index(string name, string physical, TableChange table, Sql create)
    {
        var index = new QualifiedName(table.Name.Schema, new Ident(physical));
        return new($"index '{name}', built while clients write", index, create)
        {
            Lock = new(LockMode.ShareUpdateExclusive, table.Name),
            Undo = Sql.Of($"DROP INDEX IF EXISTS {index}"),
        };
    }

    IEnumerable<Step> Publish() => _request switch
    {
        { VersionSchema: null } => [],
        { VersionSchema: { } version, Raw.IsAtStart: true } =>
            [new PublishStep("the new version, as raw SQL left it", version) { ExposesXmin = _request.ExposesXmin, Undo = Sql.Of($"DROP SCHEMA {new Ident(version)} CASCADE") }],
        { VersionSchema: { } version } =>
            VersionViews.Create(version, _request.After, ViewDefault, _request.Facts, _request.ExposesXmin, _kept.Select(k => k.Table.After.Name).Concat(_created.Select(t => t.Name))),
    };

    IEnumerable<Step> RetireOldVersion() => _request.PreviousVersionSchema is not { } previous ? [] :
    [
        new SqlStep("the old version ends for its clients; views of what changes go with it, the others later",
            VersionViews.Retire(previous, _kept.Select(k => k.Table.Before.Name).Concat(_dropped.Select(t => t.Name)))),
    ];

    /// <summary>One statement: their foreign keys may point to each other.</summary>
    IEnumerable<Step> DropTables() => _dropped.Count == 0 ? [] :
    [
        new SqlStep(_dropped.Count == 1 ? $"table '{_dropped[0].Name}' and its rows, which only the old version showed" : "tables and their rows, which only the old version showed",
            Sql.Of($"DROP TABLE {Sql.Join(", ", _dropped.Select(t => Sql.Of($"{Name(t)}")))}")),
    ];

    IEnumerable<Step> RenameIndexes() => Rename(_kept.SelectMany(k => Contract.IndexNames(k.Table)).Concat(_created.SelectMany(NewTable.IndexNames)));

    IEnumerable<Step> RenameTables() => Rename(_request.After.Tables.Select(t => new Rename(t.Physical, t.Name, Sql.Of($"TABLE"))));

    IEnumerable<Step> Rename(IEnumerable<Rename> all) =>
        from rename in Renames.Order(all)
        select new SqlStep("its final name", Sql.Of($"ALTER {rename.Kind} {QualifiedName.Of(_request.Before.Name, rename.From)} RENAME TO {new Ident(rename.To)}"));

    IEnumerable<QualifiedName> InOrder(IEnumerable<QualifiedName> others) =>
        TouchedTables.Select(t => QualifiedName.Of(_request.Before.Name, t)).Concat(others).Distinct()
            .OrderBy(t => t.Name.Name, StringComparer.Ordinal).ThenBy(t => t.Schema.Name, StringComparer.Ordinal);

    static IEnumerable<QualifiedName> Referenced(IEnumerable<Constraint> constraints, Schema schema) =>
        constraints.OfType<ForeignKey>().Select(key => ConstraintSql.Referenced(key, schema));

    static IEnumerable<QualifiedName> Views(string? versionSchema, IEnumerable<string> tables) =>
        versionSchema is null ? [] : tables.Distinct().OrderBy(name => name, StringComparer.Ordinal).Select(t => QualifiedName.Of(versionSchema, t));

    IEnumerable<SyncTrigger> Synced()
    {
        HashSet<string> taken = [];
        foreach (var (table, map) in _kept)
            if (map.IsNeeded)
                yield return new(table, map, SyncTrigger.Name(table) is var name && taken.Add(name) ? name : GeneratedNames.OtherSyncFunction(table.After.Name),
                    _request.VersionSchema ?? "", _request.PreviousVersionSchema);
    }

    IEnumerable<(CheckConstraint Check, TableChange Table, Location? Origin)> Checks() =>
        from k in _kept
        from check in ShadowColumn.NotNullChecks(k.Table, k.Map).Select(check => (Check: check, Origin: Origins.NotNull(k.Table, k.Table.After.Find(check.Columns[0])!)))
            .Concat(k.Table.NewConstraints.OfType<CheckConstraint>().Select(check => (Check: check, Origin: Origins.Constraint(k.Table, check))))
        select (check.Check, k.Table, check.Origin);

    Origins Origins => _request.Origins;

    IEnumerable<(T Constraint, TableChange Table)> New<T>() where T : Constraint =>
        from k in _kept
        from constraint in k.Table.NewConstraints.OfType<T>()
        select (constraint, k.Table);

    IEnumerable<Numbering> Numbered() => _kept.SelectMany(k => Numbering.Of(k.Table));

    SqlExpression? ViewDefault(Table table, Column column)
    {
        if (_kept.FirstOrDefault(k => ReferenceEquals(k.Table.After, table)) is not { Table: { } change, Map: { } map })
            return null;
        if (Numbering.Of(change).FirstOrDefault(n => n.Column == column) is { } numbering)
            return numbering.Next;
        return Contract.StoredDefault(change, map, column) == column.Default ? null : column.Default ?? VersionViews.NoDefault(column);
    }

    QualifiedName Name(Table table) => QualifiedName.Of(_request.Before.Name, table.Physical);
}
