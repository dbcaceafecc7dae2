using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.UnderLoad;

/// <summary>
/// A client of one version that reads and writes items of its own until told to stop, and counts up items that all share: in a long run
/// without pause, in the usual one with time to think, which leaves the runner some of two cores.
/// It remembers what it wrote, and says at once and later whether the database still holds exactly that.
/// </summary>
sealed class Client : IDisposable
{
    public const int Parts = 10, Counters = 5, ItemsOfClient = 1_000_000;

    static readonly TimeSpan timeToThink = TimeSpan.FromMilliseconds(TestDatabase.IsLong ? 0 : 2);

    readonly TestDatabase _database;
    readonly string _path;
    readonly Shape _shape;
    readonly int _firstId;
    readonly Latencies _latencies;
    readonly Random _random;
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentQueue<(int Writes, TaskCompletionSource Reached)> _goals = new();
    readonly Task _work;
    Dictionary<int, Row> _items = [];
    int _nextId, _writes, _values;

    /// <summary>Starts it; <paramref name="number"/> is another one for each client and says which items are its own.</summary>
    public Client(TestDatabase database, string path, Shape shape, int number, Latencies latencies)
    {
        (_database, _path, _shape, _latencies, _random) = (database, path, shape, latencies, new Random(number));
        _nextId = _firstId = number * ItemsOfClient;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>What it has written, by id.</summary>
    public IReadOnlyDictionary<int, Row> Items => _items;

    /// <summary>By how much it counted the shared items up.</summary>
    public long Counted { get; private set; }

    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Waits until it has committed that many more times.</summary>
    public async Task WritesAsync(int more)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _goals.Enqueue((Writes + more, reached));
        // It ends before that only if it fails.
        await await Task.WhenAny(reached.Task, _work);
    }

    /// <summary>Lets it end what it is at; throws what the server refused, and what was not read as it was written.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>The client's items that a version does not show like this.</summary>
    public async Task<IReadOnlyList<string>> WrongAsync(string path, Shape shape, Func<int, Row, Row> expected)
    {
        await using var connection = await OpenAsync(path);
        var found = (await ReadAsync(connection, shape, $"id >= {_firstId} AND id < {_firstId + ItemsOfClient}")).ToDictionary(i => i.Id, i => i.Row.ToString());
        List<string> wrong = [.. found.Keys.Except(_items.Keys).Select(id => $"{id} was deleted and is there")];
        foreach (var (id, row) in _items)
            if (expected(id, row).ToString() is var text && found.GetValueOrDefault(id) is var is_ && is_ != text)
                wrong.Add($"{id} should be {text}, is {is_ ?? "lost"}");
        return wrong;
    }

    async Task WorkAsync()
    {
        await using var connection = await OpenAsync(_path);
        while (!_stop.IsCancellationRequested)
        {
            if (_random.Next(4) > 0)
                await StepAsync(connection);
            else
                await TransactAsync(connection);
            Interlocked.Increment(ref _writes);
            while (_goals.TryPeek(out var goal) && goal.Writes <= Writes && _goals.TryDequeue(out goal))
                goal.Reached.SetResult();
            await Task.Delay(timeToThink);
        }
    }

    /// <summary>Several steps, one time in five taken back; a shared item comes last, or clients would lock each other out.</summary>
    async Task TransactAsync(NpgsqlConnection connection)
    {
        var (items, counted) = (new Dictionary<int, Row>(_items), Counted);
        await using var transaction = await connection.BeginTransactionAsync();
        for (var steps = _random.Next(1, 8); steps > 0; steps--)
            await StepAsync(connection, isLocking: true);
        await CountAsync(connection);
        if (_random.Next(5) > 0)
            await _latencies.MeasureAsync(async () => { await transaction.CommitAsync(); return 0; });
        else
        {
            await transaction.RollbackAsync();
            (_items, Counted) = (items, counted);
        }
    }

    Task StepAsync(NpgsqlConnection connection, bool isLocking = false) => _items.Count < 3 ? InsertAsync(connection, 3, isUpsert: false) : _random.Next(12) switch
    {
        < 3 => InsertAsync(connection, 1, isUpsert: false),
        3 => InsertAsync(connection, _random.Next(2, 6), isUpsert: false),
        4 or 5 => InsertAsync(connection, 1, isUpsert: true),
        < 9 => UpdateAsync(connection, isLocking),
        9 => DeleteAsync(connection),
        10 => isLocking ? UpdateAsync(connection, isLocking) : CountAsync(connection),
        _ => CheckAsync(connection, Own()),
    };

    async Task InsertAsync(NpgsqlConnection connection, int rows, bool isUpsert)
    {
        var fields = Some();
        if (_shape.Required is { } required && !fields.Contains(required))
            fields.Add(required);
        List<int> ids = [.. Enumerable.Range(0, rows).Select(_ => isUpsert && _random.Next(3) > 0 ? Own() : _nextId++)];
        List<object?> values = [];
        List<string> tuples = [];
        foreach (var id in ids)
        {
            var given = fields.ToDictionary(f => f, Value);
            values.AddRange(given.Values);
            tuples.Add($"({id}{string.Concat(fields.Select((_, i) => $", ${values.Count - fields.Count + i + 1}"))})");
            var before = isUpsert && _items.TryGetValue(id, out var old) ? old : new Row(_shape.Columns.Keys.Select(f => KeyValuePair.Create(f, f == "note" ? (object?)_shape.Note : null)));
            _items[id] = given.Aggregate(before, (row, g) => row.With(g.Key, g.Value));
        }
        var columns = string.Concat(fields.Select(f => $", {_shape.Columns[f]}"));
        var conflict = !isUpsert ? ""
            : fields.Count == 0 ? " ON CONFLICT (id) DO NOTHING"
            : $" ON CONFLICT (id) DO UPDATE SET {string.Join(", ", fields.Select(f => $"{_shape.Columns[f]} = excluded.{_shape.Columns[f]}"))}";
        await ExecuteAsync(connection, rows, $"INSERT INTO {_shape.Table} (id{columns}) VALUES {string.Join(", ", tuples)}{conflict}", values, isUpsert && fields.Count == 0);
    }

    async Task UpdateAsync(NpgsqlConnection connection, bool isLocking)
    {
        var id = Own();
        if (isLocking)
            await CheckAsync(connection, id, " FOR UPDATE");
        var fields = Some();
        if (fields.Count == 0)
            fields.Add("amount");
        List<object?> values = [.. fields.Select(Value)];
        _items[id] = fields.Zip(values).Aggregate(_items[id], (row, f) => row.With(f.First, f.Second));
        await ExecuteAsync(connection, 1, $"UPDATE {_shape.Table} SET {string.Join(", ", fields.Select((f, i) => $"{_shape.Columns[f]} = ${i + 1}"))} WHERE id = {id}", values);
    }

    async Task DeleteAsync(NpgsqlConnection connection)
    {
        var id = Own();
        _items.Remove(id);
        await ExecuteAsync(connection, 1, $"DELETE FROM {_shape.Table} WHERE id = {id}", []);
    }

    /// <summary>Both versions add to the same items: none of it may be lost.</summary>
    async Task CountAsync(NpgsqlConnection connection)
    {
        Counted++;
        var amount = _shape.Columns["amount"];
        await ExecuteAsync(connection, 1, $"UPDATE {_shape.Table} SET {amount} = {amount} + {_shape.Step} WHERE id = {_random.Next(1, Counters + 1)}", []);
    }

    async Task CheckAsync(NpgsqlConnection connection, int id, string locking = "")
    {
        var found = await _latencies.MeasureAsync(() => ReadAsync(connection, _shape, $"id = {id}{locking}"));
        Assert.AreEqual(_items[id].ToString(), found.SingleOrDefault().Row?.ToString(), $"{_path}, {id}");
    }

    async Task ExecuteAsync(NpgsqlConnection connection, int rows, string sql, List<object?> values, bool mayDoNothing = false)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown } : new() { Value = value });
        var affected = await _latencies.MeasureAsync(() => command.ExecuteNonQueryAsync());
        if (!mayDoNothing)
            Assert.AreEqual(rows, affected, sql);
    }

    static async Task<IReadOnlyList<(int Id, Row Row)>> ReadAsync(NpgsqlConnection connection, Shape shape, string where)
    {
        string[] fields = [.. shape.Columns.Keys];
        await using var command = new NpgsqlCommand($"SELECT id, {string.Join(", ", shape.Columns.Values)} FROM {shape.Table} WHERE {where}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<(int, Row)> rows = [];
        while (await reader.ReadAsync())
            rows.Add((reader.GetInt32(0), new(fields.Select((f, i) => KeyValuePair.Create(f, reader.IsDBNull(i + 1) ? null : reader.GetValue(i + 1))))));
        return rows;
    }

    int Own() => _items.Keys.ElementAt(_random.Next(_items.Count));

    List<string> Some() => [.. _shape.Columns.Keys.Where(_ => _random.Next(2) == 0)];

    /// <summary>Valid in both versions, and nobody else's.</summary>
    object? Value(string field) => field != _shape.Required && _random.Next(5) == 0 ? null : field switch
    {
        "amount" => _random.Next(1000) * 2L,
        "part" => (long)_random.Next(1, Parts + 1),
        _ => $"{field} {_firstId + ++_values}",
    };

    async Task<NpgsqlConnection> OpenAsync(string path)
    {
        var connection = await _database.DataSource.OpenConnectionAsync();
        await using var set = new NpgsqlCommand("SELECT set_config('search_path', $1, false)", connection) { Parameters = { new() { Value = path } } };
        await set.ExecuteNonQueryAsync();
        return connection;
    }
}
