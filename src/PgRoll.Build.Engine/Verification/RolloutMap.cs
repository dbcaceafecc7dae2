using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification.Rows;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;

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

    /// <summary>The name of its last migration.</summary>
    public string Last => _request.Migrations[^1].Name;

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

    /// <summary>The first thing that is computed for rows; where nothing is, the first operation.</summary>
    public Location FirstExpression => Changes.SelectMany(c => c.Map.Ups.Select(up => Expression(c.Table, c.Map, up, "up"))).OfType<Location>().FirstOrDefault() ?? FirstOperation;

    /// <summary>Where raw SQL stands; where there is none, the first operation.</summary>
    public Location RawSql(bool onComplete) => (
        from migration in _request.Migrations
        from i in Enumerable.Range(0, migration.Operations.Count)
        where migration.Operations[i] is RawSqlOperation raw && raw.OnComplete == onComplete
        select migration.At(i, "up")).FirstOrDefault() ?? FirstOperation;

    /// <summary>What takes raw SQL back; where nothing does, the SQL itself.</summary>
    public Location RawSqlDown => (
        from migration in _request.Migrations
        from i in Enumerable.Range(0, migration.Operations.Count)
        where migration.Operations[i] is RawSqlOperation { OnComplete: false, Down: not null }
        select migration.At(i, "down")).FirstOrDefault() ?? RawSql(onComplete: false);

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

    /// <summary>
    /// Whether a value is made of the row alone, by what users wrote: what draws a number, or is a default, is another one each time, and
    /// what is read from other rows depends on those.
    /// </summary>
    public static bool IsRepeatable(RowMap map, ComputedColumn computed) =>
        computed.Value.Functions.All(name => map.Functions.Any(f => f.Mapping is not null && f.Name == name && !ReadsRows(f.Expression)));

    static bool ReadsRows(SqlExpression expression) => SqlLexer.Significant(expression.Text) is var tokens && tokens.Any(t => t.IsWord("select")) && tokens.Any(t => t.IsWord("from"));

    /// <summary>What is said of a column in one direction, or the operation that might have said it.</summary>
    public Location Direction(TableChange table, Column column, string direction)
    {
        var operation = Origins.Column(table, column) ?? OperationOf(table.Before.Physical);
        var path = operation.Path.EndsWith(".column", StringComparison.Ordinal) ? operation.Path[..^".column".Length] : operation.Path;
        return _request.Migrations.FirstOrDefault(m => m.Document.File == operation.File)?.Document is { } document
            ? new(operation.File, $"{path}.{direction}", document.Locate($"{path}.{direction}"))
            : operation;
    }

    /// <summary>What a user wrote to compute a column; null where nobody did.</summary>
    public Location? Expression(TableChange table, RowMap map, ComputedColumn computed, string direction) =>
        map.Functions.LastOrDefault(f => f.Mapping is not null && f.Direction == direction && computed.Value.Functions.Contains(f.Name) && f.Column?.Name == computed.Column.Name) is { } function
            ? Origins.Expression(table, function)
            : map.Functions.FirstOrDefault(f => f.Mapping is not null && f.Direction == direction && computed.Value.Functions.Contains(f.Name)) is { } other ? Origins.Expression(table, other) : null;

    /// <summary>The old version's tables, those that others point to before them, with the keys that rows of both versions want.</summary>
    public IReadOnlyList<RowTarget> OldTargets => field ??= Targets(Before, OldTables, table =>
    {
        var after = After.Tables.FirstOrDefault(t => t.Physical == table.Physical);
        var added = after?.Constraints.OfType<ForeignKey>().Where(k => table.FindConstraint(k.Name) is null && k.ReferencedSchema is null && k.Columns.All(c => table.Find(c) is not null)
            && Before.Find(k.ReferencedTable) is { } target && k.ReferencedColumns.All(c => target.Find(c) is not null));
        return [.. Own(table), .. added ?? []];
    });

    /// <summary>The new version's tables, those that others point to before them.</summary>
    public IReadOnlyList<RowTarget> NewTargets => field ??= Targets(After, NewTables, static table => [.. Own(table)]);

    static IEnumerable<ForeignKey> Own(Table table) => table.Constraints.OfType<ForeignKey>().Where(k => k.ReferencedSchema is null);

    /// <summary>All tables: an expression may read any. In a circle of keys they come as they are given.</summary>
    static List<RowTarget> Targets(Schema schema, IReadOnlyList<Table> concerned, Func<Table, IReadOnlyList<ForeignKey>> keys)
    {
        List<RowTarget> left = [.. schema.Tables.Select(t => new RowTarget(t, keys(t), concerned.Contains(t)))], ordered = [];
        while (left.Count > 0)
        {
            var next = left.FindIndex(t => t.Keys.All(k => k.ReferencedTable == t.Table.Name || left.All(o => o.Table.Name != k.ReferencedTable)));
            ordered.Add(left[Math.Max(next, 0)]);
            left.RemoveAt(Math.Max(next, 0));
        }
        return ordered;
    }

    Location At(int migration, int operation) => _request.Migrations[migration] is { Operations.Count: > 0 } found
        ? found.At(operation, "")
        : new(_request.Migrations[migration].Document.File, "", TextSpan.Start);

    static Table? Physical(Schema schema, string name) => schema.Tables.FirstOrDefault(t => t.Physical == name);
}
