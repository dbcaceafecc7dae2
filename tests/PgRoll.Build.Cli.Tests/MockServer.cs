using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PgRoll.Build.Cli.Tests;

/// <summary>Speaks just enough of PostgreSQL's protocol to be too old, to refuse a password, or to keep a client waiting for ever.</summary>
sealed class MockServer : IAsyncDisposable
{
    const int SslRequest = 80877103, GssRequest = 80877104, CancelRequest = 80877102;

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly byte[][] _greeting;
    readonly Task _serving;

    MockServer(params byte[][] greeting)
    {
        _greeting = greeting;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>What the tool has to say to reach it; it never asks what types there are, and waits without end for a cancelled query.</summary>
    public string ConnectionString =>
        $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Username=ann;Password=hush;Database=shop;"
        + "SSL Mode=Disable;Server Compatibility Mode=NoTypeLoading;Cancellation Timeout=0";

    /// <summary>Ends when a client has asked something, which is never answered.</summary>
    public Task Asked => _asked.Task;

    public static MockServer OfVersion(string version) => new(
        Message('R', [0, 0, 0, 0]), Message('S', Text("server_version", version)), Message('S', Text("client_encoding", "UTF8")),
        Message('K', [0, 0, 0, 1, 0, 0, 0, 2]), Message('Z', [(byte)'I']));

    public static MockServer Refusing(string code, string text) =>
        new(Message('E', [.. Text("SFATAL", "VFATAL", $"C{code}", $"M{text}"), 0]));

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    async Task ServeAsync()
    {
        List<Task> clients = [];
        try
        {
            while (true)
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync()));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        try
        {
            int code;
            while ((code = await ReadRequestAsync(stream)) is SslRequest or GssRequest)
                await stream.WriteAsync("N"u8.ToArray());
            if (code == CancelRequest)
                return;
            foreach (var message in _greeting)
                await stream.WriteAsync(message);
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer) > 0)
                _asked.TrySetResult();
        }
        catch (IOException)
        {
            // The client is gone; that is all it can be told apart by.
        }
    }

    static async Task<int> ReadRequestAsync(NetworkStream stream)
    {
        var head = new byte[8];
        await stream.ReadExactlyAsync(head);
        await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head) - head.Length]);
        return BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4));
    }

    static byte[] Message(char type, byte[] body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length + length.Length);
        return [(byte)type, .. length, .. body];
    }

    static byte[] Text(params string[] texts) => [.. texts.SelectMany(text => Encoding.UTF8.GetBytes(text).Append((byte)0))];
}
