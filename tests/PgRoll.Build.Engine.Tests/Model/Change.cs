namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>What rows are mapped to: values, or what values are made of.</summary>
/// <param name="Value">Of an expression over a row.</param>
/// <param name="Added">Of an added column without <c>up</c>.</param>
/// <param name="Dropped">Of a dropped column without <c>down</c>.</param>
sealed record Algebra<T>(Func<Expression, IReadOnlyDictionary<string, T>, T> Value, Func<Column, T> Added, Func<Column, T> Dropped);

/// <summary>An operation: how a file says it, what becomes of the table, and of a row in either direction.</summary>
abstract record Change(string Yaml)
{
    public abstract Shape Apply(Shape shape);

    public abstract Dictionary<string, T> Up<T>(Dictionary<string, T> row, Algebra<T> algebra);

    public abstract Dictionary<string, T> Down<T>(Dictionary<string, T> row, Algebra<T> algebra);
}

/// <summary>Columns that get a second half; all see the row as it was before any of them changed.</summary>
sealed record Altered(string Yaml, IReadOnlyList<Alteration> Columns) : Change(Yaml)
{
    public override Shape Apply(Shape shape) => Columns.Aggregate(shape, (s, c) => s.With(c.After));

    public override Dictionary<string, T> Up<T>(Dictionary<string, T> row, Algebra<T> algebra) => Map(row, algebra, c => c.Up);

    public override Dictionary<string, T> Down<T>(Dictionary<string, T> row, Algebra<T> algebra) => Map(row, algebra, c => c.Down);

    Dictionary<string, T> Map<T>(Dictionary<string, T> row, Algebra<T> algebra, Func<Alteration, Expression> value)
    {
        var mapped = new Dictionary<string, T>(row);
        foreach (var column in Columns)
            mapped[column.Before.Name] = value(column) is { IsColumn: true } same && same.Columns[0] == column.Before.Name && column.Before.Kind == column.After.Kind
                ? row[column.Before.Name]
                : algebra.Value(value(column), row);
        return mapped;
    }
}

sealed record Alteration(Column Before, Column After, Expression Up, Expression Down);

/// <summary>A new default, which concerns no row that is there.</summary>
sealed record DefaultChanged(string Yaml, Column After) : Change(Yaml)
{
    public override Shape Apply(Shape shape) => shape.With(After);

    public override Dictionary<string, T> Up<T>(Dictionary<string, T> row, Algebra<T> algebra) => row;

    public override Dictionary<string, T> Down<T>(Dictionary<string, T> row, Algebra<T> algebra) => row;
}

sealed record Added(string Yaml, Column Column, Expression? Value) : Change(Yaml)
{
    public override Shape Apply(Shape shape) => new([.. shape.Columns, Column]);

    public override Dictionary<string, T> Up<T>(Dictionary<string, T> row, Algebra<T> algebra) =>
        new(row) { [Column.Name] = Value is { } up ? algebra.Value(up, row) : algebra.Added(Column) };

    public override Dictionary<string, T> Down<T>(Dictionary<string, T> row, Algebra<T> algebra) => new(row.Where(c => c.Key != Column.Name));
}

sealed record Dropped(string Yaml, Column Column, Expression? Value) : Change(Yaml)
{
    public override Shape Apply(Shape shape) => new([.. shape.Columns.Where(c => c.Cell != Column.Cell)]);

    public override Dictionary<string, T> Up<T>(Dictionary<string, T> row, Algebra<T> algebra) => new(row.Where(c => c.Key != Column.Name));

    public override Dictionary<string, T> Down<T>(Dictionary<string, T> row, Algebra<T> algebra) =>
        new(row) { [Column.Name] = Value is { } down ? algebra.Value(down, row) : algebra.Dropped(Column) };
}

sealed record Renamed(string Yaml, string From, string To) : Change(Yaml)
{
    public override Shape Apply(Shape shape) => new([.. shape.Columns.Select(c => c.Name == From ? c with { Name = To } : c)]);

    public override Dictionary<string, T> Up<T>(Dictionary<string, T> row, Algebra<T> algebra) => Rename(row, From, To);

    public override Dictionary<string, T> Down<T>(Dictionary<string, T> row, Algebra<T> algebra) => Rename(row, To, From);

    static Dictionary<string, T> Rename<T>(Dictionary<string, T> row, string from, string to) =>
        new(row.Select(c => c.Key == from ? new(to, c.Value) : c));
}
