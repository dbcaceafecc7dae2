using System.Net.Sockets;
using System.Text;

namespace PgRoll.Build.LocalPostgres.Tests;

/// <summary>Answers every request on a Unix socket as an engine answers a ping.</summary>
sealed class FakeDockerEngine : IAsyncDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly Task _answers;

    public FakeDockerEngine()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_folder.Combine("docker.sock")));
        _listener.Listen();
        _answers = AnswerAsync();
    }

    public Uri Address => new("unix://" + _folder.Combine("docker.sock"));

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _answers;
        _folder.Dispose();
    }

    async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptAsync();
                await client.ReceiveAsync(new byte[4096]);
                await client.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK"));
            }
        }
        catch (SocketException)
        {
            // Disposed.
        }
    }
}
