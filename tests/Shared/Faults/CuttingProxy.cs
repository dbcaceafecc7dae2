using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PgRoll.Build.Testing;

/// <summary>
/// Stands between a client and its server and ends all their connections at a chosen request of the first one, as a killed process or
/// a torn cable does; or holds that request, or its answer, until the test has done something in that very moment. It reads just enough
/// of the protocol to count requests.
/// </summary>
sealed class CuttingProxy : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly NpgsqlConnectionStringBuilder _server;
    readonly Cut? _cut;
    readonly bool _holds;
    readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously), _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _accepting;
    readonly List<Task> _connections = [];
    int _requests, _answers;

    /// <param name="connectionString">The server.</param>
    /// <param name="cut">Where; null to count only.</param>
    /// <param name="holds">Whether everything waits there for <see cref="LetGo"/>, instead of ending.</param>
    public CuttingProxy(string connectionString, Cut? cut = null, bool holds = false)
    {
        _server = new(connectionString);
        _cut = cut;
        _holds = holds;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Leads through the proxy.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Host = IPAddress.Loopback.ToString(),
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    /// <summary>The first connection's requests so far.</summary>
    public int Requests => _requests;

    /// <summary>Done when the cut is reached.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Passes on what is held: a request reaches the server even if its client has died since, as one does that is on its way.</summary>
    public void LetGo() => _letGo.TrySetResult();

    /// <summary>When this has ended, so have the server's sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            for (var first = true; ; first = false)
                _connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_end.Token), isCounted: first));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // The end. Whoever tries again is refused at once, not left waiting for an answer.
            _listener.Stop();
        }
    }

    async Task ServeAsync(Socket client, bool isCounted)
    {
        using var upstream = new Socket(Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Messages go one by one; without this each waits 40 ms for the one before to be acknowledged.
            client.NoDelay = true;
            await upstream.ConnectAsync(Endpoint, _end.Token);
            await using var fromServer = new NetworkStream(upstream);
            await using (var fromClient = new NetworkStream(client, ownsSocket: true))
                await Task.WhenAny(RequestsAsync(fromClient, fromServer, isCounted), AnswersAsync(fromServer, fromClient, isCounted));
            // As the kernel does for a process that died: what it sent arrives, then comes the end.
            upstream.Shutdown(SocketShutdown.Send);
            await fromServer.CopyToAsync(Stream.Null);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // Whoever is left sees his end close.
        }
    }

    EndPoint Endpoint => _server.Host!.StartsWith('/')
        ? new UnixDomainSocketEndPoint(Path.Combine(_server.Host, $".s.PGSQL.{_server.Port}"))
        : new DnsEndPoint(_server.Host, _server.Port);

    /// <summary>Messages up to one that asks for an answer (Query or Sync) are one request.</summary>
    async Task RequestsAsync(NetworkStream from, NetworkStream to, bool isCounted)
    {
        await to.WriteAsync(await ReadAsync(from, hasType: false), _end.Token);
        var request = new MemoryStream();
        while (true)
        {
            var message = await ReadAsync(from);
            request.Write(message);
            if (message[0] is not ((byte)'Q' or (byte)'S'))
                continue;
            if (isCounted && new Cut(Interlocked.Increment(ref _requests), CutAt.Request) == _cut)
                await CutAsync();
            await to.WriteAsync(request.ToArray(), _end.Token);
            request.SetLength(0);
        }
    }

    /// <summary>Each request is answered by a ReadyForQuery; so is the connection's beginning.</summary>
    async Task AnswersAsync(NetworkStream from, NetworkStream to, bool isCounted)
    {
        while (true)
        {
            var message = await ReadAsync(from);
            if (message[0] == (byte)'Z' && isCounted && new Cut(_answers++, CutAt.Answer) == _cut)
                await CutAsync();
            await to.WriteAsync(message, _end.Token);
        }
    }

    async Task CutAsync()
    {
        _reached.SetResult();
        if (_holds)
            await _letGo.Task.WaitAsync(_end.Token);
        else
            await _end.CancelAsync();
    }

    async Task<byte[]> ReadAsync(NetworkStream from, bool hasType = true)
    {
        var head = new byte[hasType ? 5 : 4];
        await from.ReadExactlyAsync(head, _end.Token);
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 4));
        var message = new byte[head.Length - 4 + length];
        head.CopyTo(message, 0);
        await from.ReadExactlyAsync(message.AsMemory(head.Length), _end.Token);
        return message;
    }
}
