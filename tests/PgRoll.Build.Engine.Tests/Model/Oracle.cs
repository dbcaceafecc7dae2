using System.Collections.Immutable;

namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>
/// What each version must read, by the truth table of src/DIRECTION.md. It also holds the table to its promise: the version that wrote
/// a row reads what it wrote, or the write is in a cell that the table names as undecidable.
/// </summary>
sealed class Oracle(Migration migration)
{
    ImmutableSortedDictionary<int, Row> _rows = ImmutableSortedDictionary<int, Row>.Empty;
    bool _isActive;
    string? _refusing;
    Shape _stored = migration.Before;

    /// <summary>How often each undecidable cell was met.</summary>
    public Dictionary<string, int> Undecidable { get; } = [];

    public IEnumerable<int> Unreached => _rows.Where(r => !r.Value.IsReached).Select(r => r.Key);

    /// <summary>The rows as columns of one version, or all that is stored.</summary>
    public IReadOnlyList<object?[]> Read(IReadOnlyList<Column> columns) =>
        [.. _rows.Values.Select(row => columns.Select(c => row.Cells[c.Cell]).ToArray())];

    /// <summary>The first transaction of start: new columns hold their own default, or nothing yet.</summary>
    public void Start()
    {
        _isActive = true;
        foreach (var (id, row) in _rows)
            _rows = _rows.SetItem(id, new(
                row.Cells.AddRange(migration.NewOnly.Select(c => KeyValuePair.Create(c.Cell, StoredDefault(c)))), migration.Ups.Count == 0));
    }

    /// <summary>The backfill fills a row that nobody has.</summary>
    public void Fill(int id)
    {
        if (_rows[id] is { IsReached: false } row)
            _rows = _rows.SetItem(id, new(migration.Ups.Aggregate(row.Cells, (cells, up) => cells.SetItem(up.Column.Cell, migration.Up(up.Column, row.Cells))), true));
    }

    public void End(bool isComplete)
    {
        if (isComplete)
            foreach (var id in Unreached.ToList())
                Fill(id);
        _isActive = false;
        _stored = isComplete ? migration.After : migration.Before;
    }

    /// <summary>Whether the write is to be sent: one that an undecidable cell would have refused is not.</summary>
    public bool Apply(Write write)
    {
        var before = _rows;
        _refusing = null;
        var cell = write.Statement switch
        {
            Insert insert => Judge(insert.Rows.Select(row => Insert(write.Client, insert, row.Id, row.Values)).ToList()),
            Update update => Judge(update.Ids.Where(_rows.ContainsKey).Select(id => Update(write.Client, id, update.Set, _rows[id].Cells)).ToList()),
            Delete delete => Remove(delete.Id),
            _ => null,
        };
        if (_refusing is not null && write.Client is { Speaks: Version.Base, Path: not Version.Base })
            cell = "table written without a column that the path's version demands";
        if (cell is not null)
            Undecidable[cell] = Undecidable.GetValueOrDefault(cell) + 1;
        if (_refusing is not { } column)
            return true;
        if (cell is null)
            throw new ModelException($"By the truth table '{column}' would refuse the write, and nobody is to blame:\n{write}");
        _rows = before;
        return false;
    }

    static string? Judge(IEnumerable<string?> cells) => cells.FirstOrDefault(c => c is not null);

    string? Remove(int id)
    {
        _rows = _rows.Remove(id);
        return null;
    }

    string? Insert(Client client, Insert insert, int id, IReadOnlyList<Given> values)
    {
        var cells = ImmutableDictionary.CreateRange(Stored.Select(c => KeyValuePair.Create(c.Cell, StoredDefault(c))));
        foreach (var column in Spoken(client.Speaks))
            cells = cells.SetItem(column.Cell, Default(client, column));
        HashSet<int> written = [];
        foreach (var (column, value) in insert.Columns.Zip(values))
            if (value is Given.Literal literal)
            {
                cells = cells.SetItem(column.Cell, literal.Value);
                written.Add(column.Cell);
            }
        // Who writes the table names the row by what the table calls its key.
        var key = client.Speaks == Version.Base ? Stored.First(c => c.IsId) : Spoken(client.Speaks).First(c => c.IsId);
        cells = migration.Generate(cells.SetItem(key.Cell, $"{id}"));
        written.Add(key.Cell);
        var (row, cell) = Sync(client, null, cells, written);
        if (!_rows.ContainsKey(id))
        {
            _rows = _rows.SetItem(id, Checked(row));
            return cell;
        }
        return Update(client, id, insert.OnConflict!, Checked(row).Cells) ?? cell;
    }

    string? Update(Client client, int id, Assignments set, ImmutableDictionary<int, object?> excluded)
    {
        var before = _rows[id];
        var cells = before.Cells;
        HashSet<int> written = [];
        foreach (var (column, value) in set)
        {
            cells = cells.SetItem(column.Cell, value switch
            {
                Given.Literal literal => literal.Value,
                Given.Default => Default(client, column),
                Given.Excluded => excluded[column.Cell],
                _ => cells[column.Cell],
            });
            if (value is not Given.Same)
                written.Add(column.Cell);
        }
        var (row, cell) = Sync(client, before, migration.Generate(cells), written);
        _rows = _rows.SetItem(id, Checked(row));
        return cell;
    }

    /// <summary>The truth table: the row that the server keeps, and the undecidable cell that the write is in, if it is.</summary>
    (Row Row, string? Cell) Sync(Client client, Row? before, ImmutableDictionary<int, object?> cells, HashSet<int> written)
    {
        bool Changed(int cell) => before is null || !IsSame(before.Cells[cell], cells[cell]);
        if (!_isActive || !migration.IsSynced || before is { IsReached: true } && !migration.Watched.Any(Changed))
            return (new(cells, before?.IsReached ?? true), null);
        var (given, isUnreached) = (cells, before is { IsReached: false });
        var byOld = migration.OldOnly.Any(c => before is null ? IsEvidence(c, cells[c.Cell]) : c.Generated is null && Changed(c.Cell));
        var byNew = migration.NewOnly.Any(c => before is null ? IsEvidence(c, cells[c.Cell]) : Changed(c.Cell));
        var side = (byOld, byNew, client.Path) switch
        {
            (true, true, _) => Side.Both,
            (true, false, _) => Side.Old,
            (false, true, _) => Side.New,
            (_, _, Version.New) => Side.New,
            (_, _, Version.Old) => Side.Old,
            _ => before is null && migration.OldOnly.Any(c => !c.IsNullable && cells[c.Cell] is null) ? Side.New : Side.Old,
        };
        var result = cells;
        if (side == Side.Old)
            foreach (var up in migration.Ups.Where(up => before is not { IsReached: true } || up.Watched.Any(Changed)))
                result = result.SetItem(up.Column.Cell, migration.Up(up.Column, cells));
        if (side != Side.Old && before is { IsReached: false })
            foreach (var up in migration.Ups)
            {
                var filled = migration.Up(up.Column, before.Cells);
                if (!Changed(up.Column.Cell))
                    cells = result = result.SetItem(up.Column.Cell, filled);
                before = before with { Cells = before.Cells.SetItem(up.Column.Cell, filled) };
            }
        if (side == Side.New)
            foreach (var down in migration.Downs.Where(down => before is null || down.Watched.Any(Changed)))
                result = result.SetItem(down.Column.Cell, migration.Down(down.Column, cells));
        var cell = Undecided(client, side, isUnreached, written, given);
        if (cell is null && Spoken(client.Speaks).Select(c => c.Cell).FirstOrDefault(c =>
            !IsSame(given[c], result[c]) && !(isUnreached && !written.Contains(c) && migration.Ups.Any(up => up.Column.Cell == c)), -1) is >= 0 and var lost)
            throw new ModelException($"By the truth table a write of {client.Speaks} changes its own column '{Stored.First(c => c.Cell == lost).Name}'.");
        return (new(result, true), cell);
    }

    /// <summary>Who the writer really is, against who the table takes it for.</summary>
    string? Undecided(Client client, Side side, bool isUnreached, HashSet<int> written, ImmutableDictionary<int, object?> cells)
    {
        bool Wrote(IReadOnlyList<Column> columns) => columns.Any(c => written.Contains(c.Cell));
        if (isUnreached && migration.NewOnly.Any(c => written.Contains(c.Cell) && cells[c.Cell] is null))
            return "NULL written to the new version's column of a row that is not filled yet";
        var writer = client.Speaks switch
        {
            Version.Old => Side.Old,
            Version.New => Side.New,
            _ when Wrote(migration.OldOnly) && Wrote(migration.NewOnly) => Side.Both,
            _ when Wrote(migration.OldOnly) => Side.Old,
            _ when Wrote(migration.NewOnly) => Side.New,
            _ => client.Path == Version.New ? Side.New : Side.Old,
        };
        return side == writer ? null : (writer, side, client) switch
        {
            (Side.Both, _, _) => "table written on both sides, one of them with nothing but its default or what was there",
            (Side.New, Side.Old, { Path: Version.Base }) => "no evidence, and no version on a new client's path",
            (_, _, { IsQualified: true, Path: not Version.Base }) => "no evidence, and another version on the path than the one written to",
            (Side.Old, Side.New, { Speaks: Version.Base, Path: Version.Base }) => "NULL that the old version forbids, written to the table",
            _ => throw new ModelException($"By the truth table a write of {writer} is {side}'s."),
        };
    }

    /// <summary>A value that nobody writes who does not see the column. What a version computes is not in the table until it is written.</summary>
    bool IsEvidence(Column column, object? value) =>
        !migration.Computes(column) && (column.IsNumbered || column.Generated is not null || column.Default is { Value: null }) ? false
        : migration.Computes(column) || column.Default is null ? value is not null
        : !IsSame(value, column.Default.Value);

    /// <summary>A row as it is proposed must satisfy what both versions demand, even where an upsert then drops it.</summary>
    Row Checked(Row row)
    {
        _refusing ??= Stored.FirstOrDefault(c => !c.IsNullable && row.Cells[c.Cell] is null && (row.IsReached || !migration.Computes(c)))?.Name;
        return row;
    }

    IEnumerable<Column> Stored => _isActive ? migration.Before.Columns.Concat(migration.NewOnly) : _stored.Columns;

    IEnumerable<Column> Spoken(Version version) => version switch
    {
        Version.Old => migration.Before.Columns,
        Version.New => migration.After.Columns,
        _ => [],
    };

    /// <summary>A version's defaults are its view's; the table's own are the old version's, and new ones that nobody computes.</summary>
    object? Default(Client client, Column column) =>
        client.Speaks != Version.Base ? OwnDefault(column) : StoredDefault(Stored.First(c => c.Cell == column.Cell));

    object? StoredDefault(Column column) => _isActive && migration.Computes(column) ? null : OwnDefault(column);

    static object? OwnDefault(Column column) => column.Default?.Draw() ?? (column.IsNumbered ? new Drawn() : null);

    /// <summary>Rows are compared as images.</summary>
    static bool IsSame(object? one, object? other) => (one is Drawn a ? a.Known ?? (object)a : one)?.Equals(other is Drawn b ? b.Known ?? (object)b : other) ?? other is null;

    enum Side { Old, New, Both }

    sealed record Row(ImmutableDictionary<int, object?> Cells, bool IsReached);
}

/// <summary>The database and the model disagree, or the model with itself.</summary>
sealed class ModelException(string message) : Exception(message);
