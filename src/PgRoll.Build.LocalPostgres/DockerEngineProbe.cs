using System.Net.Sockets;

namespace PgRoll.Build.LocalPostgres;

/// <summary>Asks whether a Docker engine is there: its client on PATH proves nothing.</summary>
internal static class DockerEngineProbe
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static Uri Address(string? dockerHost) => new(dockerHost is { Length: > 0 } ? dockerHost : "unix:///var/run/docker.sock");

    public static async Task RequireAnswerAsync(Uri engine, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        if (engine.Scheme == "unix")
            handler.ConnectCallback = async (_, token) => await ConnectAsync(engine.AbsolutePath, token);
        using var client = new HttpClient(handler) { Timeout = Patience };
        var ping = engine.Scheme == "unix" ? new Uri("http://docker/_ping") : new UriBuilder(engine) { Scheme = "http", Path = "/_ping" }.Uri;
        try
        {
            using var answer = await client.GetAsync(ping, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new PostgresUnavailableException($"no Docker engine answers at {engine} ({problem.Message}).");
        }
    }

    static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
