using System.Collections.Immutable;

namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>The changes of one rollout, and what follows from them for a row of either version.</summary>
sealed class Migration
{
    static readonly Algebra<object?> Values = new((value, row) => value.Of(row), c => c.Default?.Draw() ?? (c.IsNumbered ? new Drawn() : null), c => c.Default?.Draw());

    readonly IReadOnlyList<Change> _changes;

    public Migration(Shape before, IReadOnlyList<IReadOnlyList<Change>> files)
    {
        Files = files;
        _changes = [.. files.SelectMany(f => f)];
        Before = before;
        After = _changes.Aggregate(before, (shape, change) => change.Apply(shape));
        OldOnly = [.. Before.Columns.Where(c => After.Find(c.Cell) is null)];
        NewOnly = [.. After.Columns.Where(c => Before.Find(c.Cell) is null)];
        Ups = [.. Computed(NewOnly, _changes.Aggregate(Cells(Before), (row, change) => change.Up(row, Source.Algebra)),
            column => OldOnly.Where(old => old.Cell == column.Root))];
        Downs = [.. Computed(OldOnly, _changes.Reverse().Aggregate(Cells(After), (row, change) => change.Down(row, Source.Algebra)),
            column => NewOnly.Where(@new => @new.Root == column.Cell))];
    }

    public IReadOnlyList<IReadOnlyList<Change>> Files { get; }

    public Shape Before { get; }

    public Shape After { get; }

    /// <summary>Columns that one version alone shows: only they are evidence of who wrote a row.</summary>
    public IReadOnlyList<Column> OldOnly { get; }

    public IReadOnlyList<Column> NewOnly { get; }

    /// <summary>The new version's columns that a row of the old one decides.</summary>
    public IReadOnlyList<Computed> Ups { get; }

    public IReadOnlyList<Computed> Downs { get; }

    /// <summary>The cells once the server has computed what it computes itself, which is the same in both versions.</summary>
    public ImmutableDictionary<int, object?> Generate(ImmutableDictionary<int, object?> cells) => Before.Columns.Aggregate(cells, (all, c) =>
        c.Generated is { } generated && all.ContainsKey(c.Cell) ? all.SetItem(c.Cell, generated.Of(all[generated.Cell])) : all);

    /// <summary>What an update must change to matter to the other version.</summary>
    public IEnumerable<int> Watched => OldOnly.Concat(NewOnly).Where(c => c.Generated is null).Select(c => c.Cell).Concat(Ups.Concat(Downs).SelectMany(c => c.Watched));

    public bool IsSynced => Ups.Count + Downs.Count > 0;

    public bool Computes(Column column) => Ups.Any(up => up.Column.Cell == column.Cell);

    /// <summary>What a row of the old version is worth in the new one.</summary>
    public object? Up(Column column, ImmutableDictionary<int, object?> cells) =>
        _changes.Aggregate(Row(Before, cells), (row, change) => change.Up(row, Values))[column.Name];

    public object? Down(Column column, ImmutableDictionary<int, object?> cells) =>
        _changes.Reverse().Aggregate(Row(After, cells), (row, change) => change.Down(row, Values))[column.Name];

    static Dictionary<string, object?> Row(Shape shape, ImmutableDictionary<int, object?> cells) => shape.Columns.ToDictionary(c => c.Name, c => cells[c.Cell]);

    static Dictionary<string, Source> Cells(Shape shape) => shape.Columns.ToDictionary(c => c.Name, c => new Source([c.Generated?.Cell ?? c.Cell]));

    /// <summary>A column that its own default fills is computed by nobody.</summary>
    static IEnumerable<Computed> Computed(IEnumerable<Column> columns, Dictionary<string, Source> row, Func<Column, IEnumerable<Column>> otherHalf) =>
        from column in columns
        let source = row[column.Name]
        where !source.IsDefault || source.Default != column.Default
        select new Computed(column, source.Cells.Union(otherHalf(column).Select(c => c.Cell)), source.IsDefault);

    sealed record Source(ImmutableHashSet<int> Cells, bool IsDefault = false, Default? Default = null)
    {
        public static readonly Algebra<Source> Algebra = new(
            (value, row) => new(value.Columns.Aggregate(ImmutableHashSet<int>.Empty, (all, c) => all.Union(row[c].Cells))),
            c => c.IsNumbered || c.Default is { IsPerRow: true } ? new([]) : new([], true, c.Default),
            c => new([], true, c.Default));
    }
}

/// <summary>A column that one version's row decides.</summary>
/// <param name="Column">The column.</param>
/// <param name="Watched">The cells whose change is a reason to compute it again: its inputs, and the same column's other half.</param>
/// <param name="IsPlain">Whether it is another default than the column's own.</param>
sealed record Computed(Column Column, ImmutableHashSet<int> Watched, bool IsPlain);
