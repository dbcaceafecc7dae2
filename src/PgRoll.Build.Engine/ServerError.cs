using Npgsql;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine;

/// <summary>Words for what the server refused.</summary>
static class ServerError
{
    /// <summary>What a command's user is told of an error; null for an error that is nobody's but ours.</summary>
    public static PgRollException? Of(string command, Exception error) => error switch
    {
        PgRollException known => known,
        PostgresException server when !IsLostSession(server) => new(ExitReason.DatabaseError, $"{command} failed: {Describe(server)}", error),
        NpgsqlException => new(ExitReason.Interrupted,
            $"The connection was lost during {command}: {error.GetBaseException().Message}. Run {command} again: it goes on where it stopped.", error),
        LockTimeoutException => new(ExitReason.DatabaseError, $"{command} failed: {error.Message}", error),
        OperationCanceledException => new(ExitReason.Interrupted, command == "start"
            ? "start was interrupted. Run it again to go on, or `rollback` to take the migration back."
            : $"{command} was interrupted. Run it again.", error),
        _ => null,
    };

    /// <summary>Notes the step that met the error, and what asks for it: the message names both wherever it ends up.</summary>
    public static void Concerns(this PostgresException error, Step step)
    {
        error.Data[nameof(Step)] = step.Why;
        if (step.Origin is { } origin)
            error.Data[nameof(Step.Origin)] = origin;
    }

    /// <summary>The place of what asked for the step that met the error, or null.</summary>
    public static Location? Place(PostgresException error) => error.Data[nameof(Step.Origin)] as Location;

    /// <summary>Whether the session is gone, rather than a statement refused: somebody ended it, the server went down, or could not go on with it.</summary>
    public static bool IsLostSession(PostgresException error) =>
        error.InvariantSeverity is "FATAL" or "PANIC" || error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.ConnectionException or PostgresErrorCodes.ConnectionFailure or PostgresErrorCodes.ConnectionDoesNotExist;

    /// <summary>The server's own words, with what belongs to them, and the step they concern.</summary>
    public static string Describe(PostgresException error)
    {
        var parts = new List<string> { $"{error.SqlState}: {error.MessageText}" };
        if (error.Detail is { } detail)
            parts.Add(detail);
        if (error.Hint is { } hint)
            parts.Add(hint);
        if (Place(error) is { } origin)
            parts.Add($"Asked for at {origin}: {origin.Path}");
        if (error.Data[nameof(Step)] is string step)
            parts.Add($"Step: {step}");
        if (error.Where is { } where)
            parts.Add($"Context: {where.ReplaceLineEndings(" ")}");
        return string.Join(Environment.NewLine + "  ", parts);
    }
}
