using Npgsql;

namespace PgRoll.Build.Engine.Tests.UnderLoad;

/// <summary>
/// A client of one version that inserts and updates rows of its own without pause until told to stop, remembers what it wrote, and can
/// then say whether the database still holds exactly that. Any error of the server ends it and is its result.
/// </summary>
sealed class Writer : IDisposable
{
    readonly NpgsqlDataSource _database;
    readonly string _path;
    readonly int _firstId;
    readonly Func<int, string> _value;
    readonly Dictionary<int, string> _written = [];
    readonly CancellationTokenSource _stop = new();
    readonly Task _work;
    readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _writes;

    public Writer(NpgsqlDataSource database, string path, int firstId, Func<int, string> value)
    {
        (_database, _path, _firstId, _value) = (database, path, firstId, value);
        _work = Task.Run(WriteAsync);
    }

    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Waits until it has written that many more rows.</summary>
    public async Task WritesAsync(int more)
    {
        var goal = Writes + more;
        while (Writes < goal && !_work.IsCompleted)
            await Task.Yield();
        await (_work.IsFaulted ? _work : _busy.Task);
    }

    /// <summary>Stops it; throws what the server refused, if it refused anything.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>The ids of rows that do not hold what was written last.</summary>
    public async Task<IReadOnlyList<int>> LostAsync(string path)
    {
        var found = new Dictionary<int, string>();
        await using var connection = await OpenAsync(path);
        await using var select = new NpgsqlCommand("SELECT id, name FROM users WHERE id >= $1 AND id < $1 + 1000000", connection) { Parameters = { new() { Value = _firstId } } };
        await using var reader = await select.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found[reader.GetInt32(0)] = reader.GetString(1);
        return [.. _written.Where(w => !found.TryGetValue(w.Key, out var value) || value != w.Value).Select(w => w.Key).Order()];
    }

    async Task WriteAsync()
    {
        await using var connection = await OpenAsync(_path);
        await using var insert = new NpgsqlCommand("INSERT INTO users (id, name) VALUES ($1, $2)", connection) { Parameters = { new(), new() } };
        await using var update = new NpgsqlCommand("UPDATE users SET name = $2 WHERE id = $1", connection) { Parameters = { new(), new() } };
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var isInsert = i % 2 == 0;
            var id = isInsert ? _firstId + i : _firstId + i / 4 * 2;
            var value = _value(i);
            var command = isInsert ? insert : update;
            command.Parameters[0].Value = id;
            command.Parameters[1].Value = value;
            Assert.AreEqual(1, await command.ExecuteNonQueryAsync());
            _written[id] = value;
            Interlocked.Increment(ref _writes);
            _busy.TrySetResult();
        }
    }

    async Task<NpgsqlConnection> OpenAsync(string path)
    {
        var connection = await _database.OpenConnectionAsync();
        await using var set = new NpgsqlCommand("SELECT set_config('search_path', $1, false)", connection) { Parameters = { new() { Value = path } } };
        await set.ExecuteNonQueryAsync();
        return connection;
    }
}
