using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// Follows a table's mappings from the old version to the new one and back. Each step of the way has its own names for the columns
/// (an environment: name → value); only the two ends are stored. A column that is altered twice therefore has one copy, whose value
/// is <c>up2(up1(old))</c>, and a column that is added and then renamed or altered needs nothing special.
/// </summary>
sealed class RowMap
{
    readonly List<ExpressionFunction> _functions = [];
    readonly Dictionary<Column, ExpressionFunction> _defaults = [];
    readonly TableChange _table;

    public RowMap(TableChange table)
    {
        _table = table;
        NewValues = Forward();
        Ups = [.. Computed(table.NewColumns, table.After, NewValues)];
        Downs = [.. Computed(table.OldColumns, table.Before, Backward())];
        _functions.AddRange(Ups.Concat(Downs).SelectMany(c => c.Value.Defaults)
            .Concat(table.OldColumns.Concat(table.NewColumns).Where(c => IsNeeded && IsEvidence(c)).Select(DefaultOf))
            .Distinct());
    }

    /// <summary>What the new version's columns are in a row of the old one, by their names.</summary>
    public IReadOnlyDictionary<string, RowValue> NewValues { get; }

    /// <summary>The new version's columns that an old version's row decides.</summary>
    public IReadOnlyList<ComputedColumn> Ups { get; }

    /// <summary>The old version's columns that a new version's row decides.</summary>
    public IReadOnlyList<ComputedColumn> Downs { get; }

    /// <summary>The functions that the values call.</summary>
    public IReadOnlyList<ExpressionFunction> Functions => _functions;

    /// <summary>Whether a write through one version means anything to the other.</summary>
    public bool IsNeeded => Ups.Count + Downs.Count > 0;

    /// <summary>Whether a column of the new version is filled from the old one's row, rather than by its own default.</summary>
    public bool Computes(Column column) => Ups.Any(up => ReferenceEquals(up.Column, column));

    /// <summary>Whether a value other than the column's default shows that somebody wrote the column.</summary>
    public bool IsEvidence(Column column) => column is { GeneratedAs: null, Identity: null, Default.Volatility: Volatility.Constant } && !Computes(column);

    /// <summary>
    /// A default as a function: in the body of the sync function its types would be looked for on the path of whoever writes, who may
    /// have nothing but a version schema on it.
    /// </summary>
    public ExpressionFunction DefaultOf(Column column)
    {
        if (_defaults.TryGetValue(column, out var known))
            return known;
        var ordinal = 0;
        QualifiedName name;
        do
            name = new(_table.Name.Schema, new Ident(GeneratedNames.Expression("default", _table.After.Name, column.Physical, ordinal++)));
        while (_defaults.Values.Any(f => f.Name == name));
        return _defaults[column] = new($"default of '{_table.After.Name}.{column.Name}'", name, [], column.Type,
            SqlExpression.FromCatalog($"CAST({column.Default!.ToSql()} AS {column.Type})")) { Column = column };
    }

    Dictionary<string, RowValue> Forward()
    {
        var row = Stored(_table.Before.Columns);
        foreach (var mapping in _table.After.Mappings)
            row = mapping switch
            {
                ColumnsChanged changed => With(row, changed.Columns.Select(c => (c.Column, Value("up", c.Up, c.Column, changed.Before, changed.After, row, changed)))),
                ColumnAdded { Up: { } up } added => With(row, [(added.Column.Name, Value("up", up, added.Column.Name, added.Before, [added.Column], row, added))]),
                ColumnAdded { Column.OwnSequence: not null } added => With(row, [(added.Column.Name, new RowValue.Call(Numbering.Function(_table, added.Column), []))]),
                ColumnAdded added => With(row, [(added.Column.Name, Default(added.Column))]),
                ColumnDropped dropped => Without(row, dropped.Column.Name),
                ColumnRenamed renamed => Renamed(row, renamed.From, renamed.To),
                _ => throw new InvalidOperationException($"No such mapping: {mapping}."),
            };
        return row;
    }

    Dictionary<string, RowValue> Backward()
    {
        var row = Stored(_table.After.Columns);
        foreach (var mapping in _table.After.Mappings.Reverse())
            row = mapping switch
            {
                ColumnsChanged changed => With(row, changed.Columns.Select(c => (c.Column, Value("down", c.Down, c.Column, changed.After, changed.Before, row, changed)))),
                ColumnAdded added => Without(row, added.Column.Name),
                ColumnDropped { Down: { } down } dropped => With(row, [(dropped.Column.Name, Value("down", down, dropped.Column.Name, dropped.After, [dropped.Column], row, dropped))]),
                ColumnDropped dropped => With(row, [(dropped.Column.Name, Default(dropped.Column))]),
                ColumnRenamed renamed => Renamed(row, renamed.To, renamed.From),
                _ => throw new InvalidOperationException($"No such mapping: {mapping}."),
            };
        return row;
    }

    /// <summary>
    /// A column that its own default fills needs nobody to compute it. Another default is computed: one that was changed after its column
    /// was added is not for the old version's rows, and one that was given to a column before it was dropped is not in the table.
    /// </summary>
    static IEnumerable<ComputedColumn> Computed(IReadOnlyList<Column> targets, Table version, IReadOnlyDictionary<string, RowValue> row) =>
        from column in targets
        let value = row[column.Name]
        where !(value is RowValue.Constant constant && constant.Text == column.Default) && value != new RowValue.Stored(column.Physical) && version.Find(column.Name) is not null
        select new ComputedColumn(column, value);

    RowValue Value(
        string direction, SqlExpression expression, string column,
        IReadOnlyList<Column> readFrom, IReadOnlyList<Column> writtenTo, Dictionary<string, RowValue> row, RowMapping? mapping)
    {
        var target = writtenTo.First(c => c.Name == column);
        if (expression.IsSameColumn(column) && SqlType.SameType(readFrom.First(c => c.Name == column).Type, target.Type))
            return row[column];
        var names = new HashSet<string>(expression.ReferencedNames.Select(n => n.Name));
        IReadOnlyList<Column> parameters = [.. readFrom.Where(c => names.Contains(c.Name))];
        var function = new ExpressionFunction(
            $"{direction} of '{_table.After.Name}.{column}'",
            new QualifiedName(_table.Name.Schema, new Ident(GeneratedNames.Expression(direction, _table.After.Name, column, Taken(direction, column)))),
            parameters, target.Type, expression)
        {
            Mapping = mapping,
            Direction = direction,
            Column = target,
        };
        _functions.Add(function);
        // A trigger that fires before a row is written does not see generated columns: they are computed from what they are made of.
        return new RowValue.Call(function.Name, [.. parameters.Select(p => p.GeneratedAs is { } generated
            ? Value("generated", generated, p.Name, readFrom, readFrom, row, null)
            : row[p.Name])]);
    }

    int Taken(string direction, string column)
    {
        var ordinal = 0;
        while (_functions.Exists(f => f.Name.Name.Name == GeneratedNames.Expression(direction, _table.After.Name, column, ordinal)))
            ordinal++;
        return ordinal;
    }

    RowValue.Constant Default(Column column) => new(column.Default, column.Default is null ? null : DefaultOf(column));

    static Dictionary<string, RowValue> Stored(IEnumerable<Column> columns) =>
        columns.ToDictionary(c => c.Name, c => (RowValue)new RowValue.Stored(c.Physical));

    static Dictionary<string, RowValue> With(Dictionary<string, RowValue> row, IEnumerable<(string Name, RowValue Value)> values)
    {
        var next = new Dictionary<string, RowValue>(row);
        foreach (var (name, value) in values)
            next[name] = value;
        return next;
    }

    static Dictionary<string, RowValue> Without(Dictionary<string, RowValue> row, string name)
    {
        var next = new Dictionary<string, RowValue>(row);
        next.Remove(name);
        return next;
    }

    static Dictionary<string, RowValue> Renamed(Dictionary<string, RowValue> row, string from, string to)
    {
        var next = Without(row, from);
        next[to] = row[from];
        return next;
    }
}

/// <summary>A column and what its value is.</summary>
sealed record ComputedColumn(Column Column, RowValue Value);
