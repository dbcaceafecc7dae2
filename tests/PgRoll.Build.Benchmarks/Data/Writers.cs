using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace PgRoll.Build.Benchmarks.Data;

/// <summary>Clients of the old version that each write one row at a time, at a steady pace: waiting for one write delays the next, and that counts.</summary>
sealed class Writers(string connectionString, int rows) : IAsyncDisposable
{
    const int Count = 4;
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    readonly ConcurrentQueue<(TimeSpan At, double Milliseconds)> _writes = new();
    readonly CancellationTokenSource _end = new();
    readonly long _start = Stopwatch.GetTimestamp();
    Task _running = Task.CompletedTask;

    public TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    public IReadOnlyCollection<(TimeSpan At, double Milliseconds)> Writes => _writes;

    public void Start() => _running = Task.WhenAll(Enumerable.Range(0, Count).Select(RunAsync));

    /// <summary>How long writes took that were due in this span of time.</summary>
    public Series Between(TimeSpan from, TimeSpan to) => new([.. _writes.Where(w => w.At >= from && w.At < to).Select(w => w.Milliseconds)]);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    async Task RunAsync(int number)
    {
        var random = new Random(number);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"UPDATE {Items.Old} SET status = 'written' WHERE id = $1", connection) { Parameters = { new NpgsqlParameter<long>() } };
        await command.PrepareAsync();
        var due = Now + Pace * number / Count;
        while (!_end.IsCancellationRequested)
        {
            // A timer may be late; that is not the server's time. A write before this one that took longer is.
            var from = due;
            if (due - Now is var early && early > TimeSpan.Zero)
            {
                await Task.Delay(early);
                from = Now;
            }
            command.Parameters[0].Value = random.NextInt64(1, rows);
            await command.ExecuteNonQueryAsync();
            _writes.Enqueue((from, (Now - from).TotalMilliseconds));
            due += Pace;
        }
    }
}
