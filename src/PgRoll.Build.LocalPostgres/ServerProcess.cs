using System.Diagnostics;
using System.Runtime.Versioning;
using Npgsql;

namespace PgRoll.Build.LocalPostgres;

/// <summary>A server of our own under a watchdog that ends it when we close a pipe, or die.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ServerProcess : IAsyncDisposable
{
    const string SessionLeader = "/usr/bin/setsid";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    readonly Process _watchdog;
    readonly Task<string> _output;
    readonly string _folder;

    ServerProcess(Process watchdog, string folder)
    {
        _watchdog = watchdog;
        _output = watchdog.StandardOutput.ReadToEndAsync();
        _folder = folder;
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = _folder, Username = "postgres", Database = "postgres" }.ConnectionString;

    public static async Task<ServerProcess> StartAsync(
        LocalBinaries binaries, string folder, PostgresOptions options, CancellationToken cancellationToken, string? keptData = null)
    {
        var server = new ServerProcess(Process.Start(Watchdog(binaries, folder, keptData, options))!, folder);
        try
        {
            await server.WaitUntilReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _watchdog.StandardInput.Close();
        await _watchdog.WaitForExitAsync();
        _watchdog.Dispose();
    }

    static ProcessStartInfo Watchdog(LocalBinaries binaries, string folder, string? keptData, PostgresOptions options)
    {
        using var script = new StreamReader(typeof(ServerProcess).Assembly.GetManifestResourceStream("watchdog.sh")!);
        string[] shell = ["/bin/sh", "-c", script.ReadToEnd(), "pgroll-watchdog", folder, binaries.Folder, keptData ?? "", .. options.ServerArguments()];
        // A session of its own: what ends the host's process group does not end the watchdog.
        var command = File.Exists(SessionLeader) ? ServerUser.Command(SessionLeader, shell) : ServerUser.Command(shell[0], shell[1..]);
        if (!options.Durable)
            // Tests open many sessions that live for a moment, and much of their time goes into page faults of a heap that grows by little
            // pieces. Other C libraries than glibc do not look at it.
            command.Environment.TryAdd("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=8388608:glibc.malloc.trim_threshold=268435456");
        return command;
    }

    async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            while (!await AnswersAsync(patience.Token))
            {
                if (_output.IsCompleted)
                    throw new InvalidOperationException($"PostgreSQL did not start:\n{await _output}{Log()}");
                await Task.Delay(PollInterval, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"PostgreSQL did not answer within {Patience.TotalSeconds} s:\n{Log()}");
        }
    }

    async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(_folder, ".s.PGSQL.5432")))
            return false;
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException problem) when (problem is not PostgresException || problem.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return false;
        }
    }

    string Log() => Path.Combine(_folder, "log") is var log && File.Exists(log) ? File.ReadAllText(log) : "";
}
