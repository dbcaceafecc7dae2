using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.UnderLoad;

/// <summary>Some clients of one version.</summary>
sealed class Clients(TestDatabase database, string path, Shape shape, int first, Latencies latencies) : IAsyncDisposable
{
    const int Count = 2;

    readonly List<Client> _clients = [.. Enumerable.Range(first, Count).Select(number => new Client(database, path, shape, number, latencies))];

    public long Counted => _clients.Sum(c => c.Counted);

    public int Writes => _clients.Sum(c => c.Writes);

    public Task WritesAsync(int more) => Task.WhenAll(_clients.Select(c => c.WritesAsync(more)));

    public Task StopAsync() => Task.WhenAll(_clients.Select(c => c.StopAsync()));

    /// <summary>What a version does not show like this, a line each.</summary>
    public async Task<string> WrongAsync(string path, Shape shape, Func<int, Row, Row> expected)
    {
        var wrong = await Task.WhenAll(_clients.Select(c => c.WrongAsync(path, shape, expected)));
        return string.Join(Environment.NewLine, wrong.SelectMany(w => w));
    }

    /// <summary>Where a test fails, its clients end too, whatever they think of it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.StopAsync().ContinueWith(static _ => { }, TaskScheduler.Default);
            client.Dispose();
        }
    }
}
