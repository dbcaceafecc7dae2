namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>A column of one version.</summary>
/// <param name="Cell">Where its values are stored: what both versions show is one cell, a copy is another.</param>
/// <param name="Root">The old version's cell that it was before; null for an added column.</param>
/// <param name="Name">Its name in the version.</param>
/// <param name="Physical">Its name in the table while the rollout is active.</param>
/// <param name="Kind">Its type.</param>
sealed record Column(int Cell, int? Root, string Name, string Physical, Kind Kind)
{
    public bool IsNullable { get; init; }

    public Default? Default { get; init; }

    /// <summary>The constraint that refuses <see cref="Kind.Forbidden"/>; null for none.</summary>
    public string? Check { get; init; }

    /// <summary>The constraint that refuses duplicates; null for none.</summary>
    public string? Unique { get; init; }

    /// <summary>Serial or identity: the server alone gives its values.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>What the server computes it from; null for what is written.</summary>
    public Generated? Generated { get; init; }

    /// <summary>What may not even be sent.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>A column that a generated one is computed from stays as it is.</summary>
    public bool IsFixed { get; init; }

    public bool IsId => Name == "id";

    /// <summary>Whether its values are known here, so that expressions can be computed from it.</summary>
    public bool IsInput => !IsNumbered && Kind != Kind.Moment && Default is null or { Value: not null };

    public string Sql => SqlLiteral.Name(Name);
}

/// <summary>A column's default.</summary>
/// <param name="Sql">What the file says.</param>
/// <param name="Value">What it is; null where it is another value each time.</param>
/// <param name="IsPerRow">Whether it may differ from row to row, so that the server cannot store it once for all rows.</param>
sealed record Default(string Sql, string? Value, bool IsPerRow = false)
{
    public static Default Of(Kind kind, string value) => new(kind.IsInteger ? value : SqlLiteral.Of(value), value);

    public object Draw() => Value ?? (object)new Drawn();
}

/// <summary>A generated column's value, of the cell that it is computed from.</summary>
sealed record Generated(int Cell, Expression Value)
{
    public object? Of(object? value) => Value.Of(new Dictionary<string, object?> { [Value.Columns[0]] = value });
}

/// <summary>The table as one version shows it.</summary>
sealed record Shape(IReadOnlyList<Column> Columns)
{
    public Column Id => this["id"];

    public Column this[string name] => Columns.First(c => c.Name == name);

    public Column? Find(int cell) => Columns.FirstOrDefault(c => c.Cell == cell);

    public Shape With(Column column) => new([.. Columns.Select(c => c.Name == column.Name ? column : c)]);

    /// <summary>What a column that the rollout makes is called until complete.</summary>
    public string Provisional(string name)
    {
        var physical = $"_pgroll_new_{name}";
        for (var i = 2; Columns.Any(c => c.Physical == physical); i++)
            physical = $"_pgroll_new_{name}_{i}";
        return physical;
    }
}
