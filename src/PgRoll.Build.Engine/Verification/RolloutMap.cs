using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Parts;

namespace PgRoll.Build.Engine.Verification;

/// <summary>What a rollout is made of, and where in its files what of it stands.</summary>
sealed class RolloutMap
{
    readonly PlanRequest _request;

    public RolloutMap(PlanRequest request)
    {
        _request = request;
        Changes = [.. new Rollout(request).Kept];
        FirstOperation = At(0, 0);
        var touched = Changes.Select(c => c.Table.Before.Physical).ToHashSet();
        var after = request.After.Tables.Select(t => t.Physical).ToHashSet();
        OldTables = [.. request.Before.Tables.Where(t => HasRawSql || touched.Contains(t.Physical) || !after.Contains(t.Physical))];
        NewTables = [.. request.After.Tables.Where(t => HasRawSql || touched.Contains(t.Physical) || request.Before.Tables.All(b => b.Physical != t.Physical))];
    }

    public Schema Before => _request.Before;

    public Schema After => _request.After;

    /// <summary>Tables of both versions that change.</summary>
    public IReadOnlyList<(TableChange Table, RowMap Map)> Changes { get; }

    /// <summary>The tables of the old version whose rows are concerned.</summary>
    public IReadOnlyList<Table> OldTables { get; }

    /// <summary>The tables of the new version whose rows are concerned.</summary>
    public IReadOnlyList<Table> NewTables { get; }

    public bool HasRawSql => _request.Migrations.Any(m => m.Operations.Any(o => o is RawSqlOperation));

    public bool HasRawSqlAtStart => _request.Raw.IsAtStart;

    public Location FirstOperation { get; }

    public Origins Origins => _request.Origins;

    /// <summary>Where raw SQL stands; where there is none, the first operation.</summary>
    public Location RawSql(bool onComplete) => (
        from migration in _request.Migrations
        from i in Enumerable.Range(0, migration.Operations.Count)
        where migration.Operations[i] is RawSqlOperation raw && raw.OnComplete == onComplete
        select migration.At(i, "up")).FirstOrDefault() ?? FirstOperation;

    /// <summary>The first operation that changes a table, or makes or drops it.</summary>
    public Location OperationOf(string physical)
    {
        var schema = Before;
        foreach (var (migration, m) in _request.Migrations.Select((migration, m) => (migration, m)))
            for (var i = 0; i < migration.Operations.Count; i++)
            {
                var next = migration.Operations[i].Apply(schema);
                if (!ReferenceEquals(Physical(next, physical), Physical(schema, physical)))
                    return At(m, i);
                schema = next;
            }
        return HasRawSql ? RawSql(onComplete: false) : FirstOperation;
    }

    /// <summary>What a user wrote to compute a column; null where nobody did.</summary>
    public Location? Expression(TableChange table, RowMap map, ComputedColumn computed, string direction) =>
        map.Functions.LastOrDefault(f => f.Mapping is not null && f.Direction == direction && computed.Value.Functions.Contains(f.Name) && f.Column?.Name == computed.Column.Name) is { } function
            ? Origins.Expression(table, function)
            : map.Functions.FirstOrDefault(f => f.Mapping is not null && f.Direction == direction && computed.Value.Functions.Contains(f.Name)) is { } other ? Origins.Expression(table, other) : null;

    /// <summary>The old version's tables and those that they point to, with the keys that rows of both versions want.</summary>
    public IReadOnlyList<(Table Table, IReadOnlyList<ForeignKey> Keys)> OldTargets() => Closure(Before, OldTables, table =>
    {
        var after = After.Tables.FirstOrDefault(t => t.Physical == table.Physical);
        var added = after?.Constraints.OfType<ForeignKey>().Where(k => table.FindConstraint(k.Name) is null && k.ReferencedSchema is null && k.Columns.All(c => table.Find(c) is not null)
            && Before.Find(k.ReferencedTable) is { } target && k.ReferencedColumns.All(c => target.Find(c) is not null));
        return [.. Own(table), .. added ?? []];
    });

    /// <summary>The new version's tables and those that they point to.</summary>
    public IReadOnlyList<(Table Table, IReadOnlyList<ForeignKey> Keys)> NewTargets() => Closure(After, NewTables, table => [.. Own(table)]);

    static IEnumerable<ForeignKey> Own(Table table) => table.Constraints.OfType<ForeignKey>().Where(k => k.ReferencedSchema is null);

    static IReadOnlyList<(Table Table, IReadOnlyList<ForeignKey> Keys)> Closure(Schema schema, IEnumerable<Table> tables, Func<Table, IReadOnlyList<ForeignKey>> keys)
    {
        Dictionary<string, (Table, IReadOnlyList<ForeignKey>)> found = [];
        var left = new Queue<Table>(tables);
        while (left.TryDequeue(out var table))
            if (found.TryAdd(table.Name, (table, keys(table))))
                foreach (var key in keys(table))
                    if (schema.Find(key.ReferencedTable) is { } target)
                        left.Enqueue(target);
        return [.. found.Values];
    }

    Location At(int migration, int operation) => _request.Migrations[migration] is { Operations.Count: > 0 } found
        ? found.At(operation, "")
        : new(_request.Migrations[migration].Document.File, "", TextSpan.Start);

    static Table? Physical(Schema schema, string name) => schema.Tables.FirstOrDefault(t => t.Physical == name);
}
