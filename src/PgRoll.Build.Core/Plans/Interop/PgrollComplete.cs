using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Interop;

/// <summary>
/// Completes a migration that pgroll started. The schema is planned as if we had started it. What our start would have left and pgroll
/// did not (indexes with their order, foreign keys with their pairs, whatever it lost) is made first, while clients write, and all is
/// proven; then, in the transaction, pgroll's functions go, its objects take the shape of ours, and our own steps follow.
/// </summary>
sealed class PgrollComplete
{
    readonly PgrollMigration _found;
    readonly Schema _after;
    readonly Rollout _rollout;
    readonly Plan _plan;
    readonly Report _report = new();

    public PgrollComplete(PgrollMigration found)
    {
        _found = found;
        var pending = found.Pending;
        _after = History.Apply(found.Visible, [pending], _report);
        var request = new PlanRequest([pending], found.Visible with { Tables = [.. found.Visible.Tables, .. Deleted()] }, _after, found.VersionSchema, found.PreviousVersionSchema, found.Facts);
        _rollout = new(request);
        _plan = Planner.Plan(request);
    }

    /// <summary>The plan; its start is what is still missing.</summary>
    public Plan Plan => _plan with
    {
        Start = [.. Start().Where(stage => stage.Steps.Count > 0)],
        Complete = [.. _rollout.Complete(Release())],
    };

    /// <summary>What is wrong with the migration itself, here.</summary>
    public IReadOnlyList<Diagnostic> Errors => [.. _report.Diagnostics.Where(d => d.Severity == Severity.Error)];

    /// <summary>What complete needs, cannot make, and does not find.</summary>
    public IReadOnlyList<string> Missing =>
    [
        .. _rollout.Kept.SelectMany(k => k.Table.NewColumns.Where(c => Actual(k.Table, c) is null).Select(c => $"column {k.Table.Name}.{new Ident(c.Physical)}")),
        .. _rollout.Kept.SelectMany(k => k.Table.NewColumns.Where(c => Actual(k.Table, c) is { } actual && IsMadeTwice(k.Table, c) && !SqlType.SameType(actual.Type, c.Type))
            .Select(c => $"type {c.Type} of column {k.Table.Name}.{new Ident(c.Physical)}")),
        .. UpTriggers().Where(t => !_found.Triggers.Contains(t)).Select(t => $"trigger {new Ident(t.Function)} on {QualifiedName.Of(_after.Name, t.Table)}"),
        .. _found is { VersionSchema: null, PreviousVersionSchema: not null } ? [$"schema {new Ident(_found.Migration.VersionSchema(_after.Name))}"] : (string[])[],
    ];

    /// <summary>The tables whose every row is filled by now: each write of either version is noted there.</summary>
    public IReadOnlyList<QualifiedName> FilledTables =>
    [
        .. from k in _rollout.Kept
           where k.Map.Downs.Count > 0 && k.Map.Ups.Count > 0 && HasMarker(k.Table)
           select k.Table.Name,
    ];

    /// <summary>The added columns of the other tables: whether a NULL in them is missing or meant cannot be told.</summary>
    public IReadOnlyList<(QualifiedName Table, string Column)> UncertainColumns =>
    [
        .. from k in _rollout.Kept
           where k.Map.Downs.Count == 0 && HasMarker(k.Table)
           from up in k.Map.Ups
           select (k.Table.Name, up.Column.Physical),
    ];

    IEnumerable<Table> Deleted() => _found.DroppedTables.Select(d => _found.Actual.Find(d.Physical)! with { Name = d.Name, Physical = d.Physical });

    /// <summary>All of it while clients write. An index that pgroll made otherwise is built anew.</summary>
    IEnumerable<Stage> Start() =>
    [
        new(StageKind.ForeignKeys, [.. _rollout.Kept.SelectMany(k => Descriptions(k.Table)), .. _rollout.Kept.SelectMany(k => MismatchedIndexes(k.Table)), .. _rollout.Kept.SelectMany(k => Checks(k.Table, k.Map))]),
        new(StageKind.Indexes, [.. _rollout.Kept.SelectMany(k => Indexes(k.Table))]),
        new(StageKind.ForeignKeys, [.. _rollout.Kept.SelectMany(k => ForeignKeys(k.Table))]),
        new(StageKind.Validate, [.. _rollout.Kept.SelectMany(k => Validations(k.Table, k.Map))]),
    ];

    /// <summary>What pgroll does not carry over.</summary>
    IEnumerable<Step> Descriptions(TableChange table) =>
    [
        .. table.NewColumns.Where(c => table.Origin(c) is not null).SelectMany(c => ShadowColumn.Describe(table, c, _found.Facts)),
        .. StatisticsSql.Create(table, except: Actual(table).Statistics),
    ];

    IEnumerable<Step> MismatchedIndexes(TableChange table) =>
        from wanted in Wanted(table)
        where IsMade(table, wanted) == false
        // ACCESS EXCLUSIVE, for a moment.
        select new SqlStep($"index '{wanted.Physical}' is not what '{wanted.Name}' is", Sql.Of($"DROP INDEX {Relation(Find(table, wanted.Name, wanted.Physical)!.Name)}"))
        {
            Lock = new(LockMode.AccessExclusive, table.Name),
        };

    IEnumerable<Step> Indexes(TableChange table) =>
        from wanted in Wanted(table)
        where IsMade(table, wanted) != true
        select Rollout.Index(wanted.Name, wanted.Physical, table, wanted.Create);

    /// <summary>The indexes of the new version alone, those that a constraint is to adopt among them.</summary>
    static IEnumerable<(string Name, string Physical, string Definition, Sql Create)> Wanted(TableChange table) =>
        table.NewIndexes.Select(i => (i.Name, i.Physical, i.Definition.Rename(table.After.PhysicalNames()).Text, IndexSql.CreateConcurrently(i, table.Name, table.After)))
            .Concat(table.NewConstraints.OfType<UniqueConstraint>().Select(u => (u.Name, u.Physical, IndexSql.Definition(u, table.After).Text, IndexSql.CreateConcurrently(u, table.Name, table.After))));

    /// <summary>Null where there is no such index.</summary>
    bool? IsMade(TableChange table, (string Name, string Physical, string Definition, Sql Create) wanted) =>
        Find(table, wanted.Name, wanted.Physical) is { } index ? Normal(index.Definition.Text) == Normal(wanted.Definition) : null;

    /// <summary>pgroll replaces names in the text of a check wherever they occur. What may differ is said again, for what is written from now on.</summary>
    IEnumerable<Step> Checks(TableChange table, RowMap map)
    {
        foreach (var check in table.NewConstraints.OfType<CheckConstraint>())
            if (Find<CheckConstraint>(table, check) is not { } actual)
                yield return Constraints.AddCheck(check, table, _after);
            else if (Normal(actual.Expression.Text) != Normal(check.Expression.Rename(table.After.PhysicalNames()).Text))
                yield return Replace(check, actual.Name, table);
        foreach (var check in ShadowColumn.NotNullChecks(table, map))
            if (Find<CheckConstraint>(table, check) is null)
                yield return Constraints.AddCheck(check, table, _after);
    }

    IEnumerable<Step> ForeignKeys(TableChange table)
    {
        foreach (var key in table.NewConstraints.OfType<ForeignKey>())
            if (Find<ForeignKey>(table, key) is not { } actual)
                yield return Constraints.AddForeignKey(key, table, _after);
            else if (ConstraintSql.Definition(actual, Actual(table), _found.Actual) != ConstraintSql.Definition(key, table.After, _after))
                yield return Replace(key, actual.Name, table);
    }

    SqlStep Replace(Constraint constraint, string found, TableChange table)
    {
        var name = new Ident(found);
        // ACCESS EXCLUSIVE, catalog only: one statement, so that it is in force all the time.
        return new($"'{constraint.Name}' as it is meant", Sql.Of(
            $"ALTER TABLE {table.Name} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {ConstraintSql.Definition(constraint, table.After, _after)} NOT VALID"))
        {
            Lock = new(LockMode.AccessExclusive, table.Name),
        };
    }

    IEnumerable<Step> Validations(TableChange table, RowMap map) =>
        from constraint in table.NewConstraints.Where(c => c is CheckConstraint or ForeignKey).Concat(ShadowColumn.NotNullChecks(table, map))
        where constraint is { IsValid: true, IsEnforced: true }
        select Constraints.Validate(constraint with { Physical = Find<Constraint>(table, constraint)?.Name ?? constraint.Physical }, table);

    /// <summary>Under the locks: pgroll's triggers go, and what is left of it gets the shape that our own steps expect.</summary>
    IEnumerable<Step> Release() =>
    [
        .. PgrollFunctions.Drop(_found),
        .. _rollout.Kept.SelectMany(k => Conform(k.Table, k.Map)),
    ];

    IEnumerable<Step> Conform(TableChange table, RowMap map)
    {
        if (map.IsNeeded && !HasMarker(table))
            yield return new SqlStep("the mark that the next steps take away", Sql.Of($"ALTER TABLE {table.Name} ADD COLUMN {new Ident(GeneratedNames.Marker)} boolean"));
        foreach (var column in table.NewColumns)
            if (table.Origin(column) is null && column.Sequence is { } sequence && Actual(table, column)?.Sequence is { } actual)
                yield return new SqlStep($"the sequence of '{column.Name}' on its way to its final name", Sql.Of($"ALTER SEQUENCE {Relation(actual)} RENAME TO {new Ident(GeneratedNames.New(sequence))}"));
        // From 18 on the server names the NOT NULL that pgroll gave a column of a serial type.
        foreach (var column in table.NewColumns.Where(c => !c.IsNullable && map.Computes(c)))
            if (Actual(table, column)?.NotNull is { } notNull && notNull.Name != NotNullSql.Provisional(table, column))
                yield return new SqlStep("named by the server after the column's provisional name", Sql.Of(
                    $"ALTER TABLE {table.Name} RENAME CONSTRAINT {new Ident(notNull.Name)} TO {new Ident(NotNullSql.Provisional(table, column))}"));
        foreach (var constraint in table.NewConstraints)
            if (Find<Constraint>(table, constraint) is { } actual && actual.Name != constraint.Physical)
                yield return new SqlStep("made under its final name, as pgroll does on a copy", Sql.Of($"ALTER TABLE {table.Name} RENAME CONSTRAINT {new Ident(actual.Name)} TO {new Ident(constraint.Physical)}"));
        foreach (var wanted in Wanted(table))
            // What was built anew has its name already.
            if (IsMade(table, wanted) == true && Find(table, wanted.Name, wanted.Physical) is { } actual && actual.Name != wanted.Physical)
                yield return new SqlStep("made under its final name, as pgroll does on a copy", Sql.Of($"ALTER INDEX {Relation(actual.Name)} RENAME TO {new Ident(wanted.Physical)}"));
        var kept = new HashSet<string>(table.After.Constraints.Select(c => c.Physical).Concat(table.After.Indexes.Select(i => i.Physical)).Concat(ShadowColumn.NotNullChecks(table, map).Select(c => c.Physical)));
        foreach (var constraint in Actual(table).Constraints.Where(c => IsProvisional(c.Name) && !kept.Contains(c.Name)))
            yield return new SqlStep("of no use to the new version", Sql.Of($"ALTER TABLE {table.Name} DROP CONSTRAINT {new Ident(constraint.Name)}"));
        foreach (var index in Actual(table).Indexes.Where(i => IsProvisional(i.Name) && !kept.Contains(i.Name)))
            yield return new SqlStep("of no use to the new version", Sql.Of($"DROP INDEX {Relation(index.Name)}"));
        foreach (var column in Actual(table).Columns.Where(c => GeneratedNames.IsNew(c.Name) && table.After.Columns.All(a => a.Physical != c.Name)))
            yield return new SqlStep("of no use to the new version", Sql.Of($"ALTER TABLE {table.Name} DROP COLUMN {new Ident(column.Name)}"));
    }

    /// <summary>Those that bring the writes of the old version over. Of the others none is needed any more.</summary>
    IEnumerable<(string Table, string Function)> UpTriggers()
    {
        var schema = _found.Visible;
        foreach (var operation in _found.Pending.Operations)
        {
            var (table, columns) = operation switch
            {
                AddColumn { Up: not null } add => (add.Table, [add.Column.Name]),
                AlterColumn alter => (alter.Table, [alter.Column]),
                CreateConstraint create => (create.Table, create.Constraint.Columns),
                DropConstraint drop => (drop.Table, schema.Find(drop.Table)?.FindConstraint(drop.Constraint)?.Columns ?? []),
                DropMulticolumnConstraint drop => (drop.Table, schema.Find(drop.Table)?.FindConstraint(drop.Constraint)?.Columns ?? []),
                _ => ("", (IReadOnlyList<string>)[]),
            };
            foreach (var column in columns)
                if (schema.Find(table) is { } owner)
                    yield return (owner.Physical, PgrollFunctions.Name(table, column));
            schema = operation.Apply(schema);
        }
    }

    static bool IsMadeTwice(TableChange table, Column column) => table.After.Mappings.Count(m => m switch
    {
        ColumnAdded added => added.Column.Name == column.Name,
        ColumnsChanged changed => changed.Columns.Any(c => c.Column == column.Name),
        _ => false,
    }) > 1;

    bool HasMarker(TableChange table) => Actual(table).Find(GeneratedNames.Marker) is not null;

    Column? Actual(TableChange table, Column column) => Actual(table).Find(column.Physical);

    Table Actual(TableChange table) => _found.Actual.Find(table.Before.Physical)!;

    /// <summary>A constraint of the new version; of a copied column it may bear its final name already.</summary>
    T? Find<T>(TableChange table, Constraint wanted) where T : Constraint =>
        (Actual(table).FindConstraint(wanted.Physical) ?? (table.Before.FindConstraint(wanted.Name) is null ? Actual(table).FindConstraint(wanted.Name) : null)) as T;

    Model.Index? Find(TableChange table, string name, string physical) =>
        Actual(table).Indexes.FirstOrDefault(i => i.Name == physical)
        ?? (_found.Visible.FindIndexOwner(name) is null ? Actual(table).Indexes.FirstOrDefault(i => i.Name == name) : null);

    QualifiedName Relation(string name) => QualifiedName.Of(_after.Name, name);

    static bool IsProvisional(string name) => name.StartsWith(GeneratedNames.Prefix, StringComparison.Ordinal);

    /// <summary>The same words, however they are quoted and spaced.</summary>
    static string Normal(string sql) =>
        string.Join(" ", SqlLexer.Significant(sql).Select(t => t.IsName ? new Ident(t.Value!).ToString() : sql.Substring(t.Start, t.Length).Trim('\'')))
            .Replace(" \"tablespace\" \"pg_default\"", "");
}
