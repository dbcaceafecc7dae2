using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PgRoll.Build.Action.Tests;

/// <summary>Hands out files over HTTP; where a test wants it, less than it promised.</summary>
sealed class FileServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FileServer()
    {
        _listener.Start();
        Address = $"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = ServeAsync();
    }

    public string Address { get; }

    public ConcurrentDictionary<string, string> Files { get; } = [];

    public bool IsCutShort { get; set; }

    public void Dispose() => _listener.Dispose();

    async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream());
                var path = (await reader.ReadLineAsync())!.Split(' ')[1];
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }
                var body = Files.TryGetValue(path, out var file) ? file : null;
                var answer = body is null ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    : $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{(IsCutShort ? body[..^5] : body)}";
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer));
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException or IOException)
            {
                if (error is ObjectDisposedException or SocketException)
                    return;
            }
        }
    }
}
