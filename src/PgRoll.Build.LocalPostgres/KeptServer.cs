using System.Runtime.Versioning;
using Npgsql;

namespace PgRoll.Build.LocalPostgres;

/// <summary>A server on data that stay.</summary>
[UnsupportedOSPlatform("windows")]
internal static class KeptServer
{
    /// <summary>Null, with a word to the log, where the data are in use or have no place: a usual server serves as well, if slower.</summary>
    public static async Task<PostgresServer?> StartAsync(
        string source, LocalBinaries binaries, string parent, PostgresOptions options, CancellationToken cancellationToken)
    {
        KeptData? data = null;
        try
        {
            data = await KeptData.TakeAsync(parent, binaries, cancellationToken);
            var process = await StartAsync(binaries, data, options, cancellationToken);
            return await PostgresServer.ConnectAsync($"{source}, kept in {data.Folder}", process.ConnectionString, StopAsync, cancellationToken, isKept: true);

            async ValueTask StopAsync()
            {
                await process.DisposeAsync();
                data.Dispose();
            }
        }
        catch (Exception reason)
        {
            data?.Dispose();
            if (reason is not (IOException or UnauthorizedAccessException or PostgresUnavailableException) && !IsOfServer(reason))
                throw;
            options.Log?.Invoke($"The kept PostgreSQL {binaries.Major} is not to be had, another is started: {reason.Message}");
            return null;
        }
    }

    static async Task<ServerProcess> StartAsync(LocalBinaries binaries, KeptData data, PostgresOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var process = await NewAsync();
            if (await IsNobodysAsync(process, cancellationToken))
                return process;
            options.Log?.Invoke($"What was kept in {data.Folder} has roles or settings of an earlier use, and is made anew.");
        }
        // Whatever is wrong with the data, there is nothing in them that could not be made again.
        catch (Exception broken) when (IsOfServer(broken))
        {
            options.Log?.Invoke($"What was kept in {data.Folder} is broken, and made anew.");
        }
        data.Remove();
        return await NewAsync();

        Task<ServerProcess> NewAsync() => ServerProcess.StartAsync(binaries, ServerFolder.New(durable: false), options, cancellationToken, data.Folder);
    }

    /// <summary>
    /// Whether nobody made what all databases share: it would let the next user's pass where it is missing, or fail where it is made. Else the
    /// server is ended.
    /// </summary>
    static async Task<bool> IsNobodysAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        var isNobodys = false;
        try
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(process.ConnectionString) { Pooling = false });
            await using var command = source.CreateCommand(
                """
                SELECT NOT (EXISTS (SELECT FROM pg_authid WHERE oid >= 16384) OR EXISTS (SELECT FROM pg_tablespace WHERE oid >= 16384)
                    OR EXISTS (SELECT FROM pg_db_role_setting WHERE setdatabase = 0) OR EXISTS (SELECT FROM pg_settings WHERE sourcefile LIKE '%auto.conf'))
                """);
            return isNobodys = await command.ExecuteScalarAsync(cancellationToken) is true;
        }
        finally
        {
            if (!isNobodys)
                await process.DisposeAsync();
        }
    }

    static bool IsOfServer(Exception problem) => problem is InvalidOperationException or NpgsqlException or TimeoutException;
}
