using Npgsql;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine;

/// <summary>Words for what the server refused.</summary>
static class ServerError
{
    public static PgRollException Of(string command, PostgresException error) =>
        new(ExitReason.DatabaseError, $"{command} failed: {Describe(error)}", error);

    /// <summary>Notes the step that met the error: the message names it wherever it ends up.</summary>
    public static void Concerns(this PostgresException error, Step step) => error.Data[nameof(Step)] = step.Why;

    /// <summary>Whether the session is gone, rather than a statement refused: somebody ended it, or the server went down.</summary>
    public static bool IsLostSession(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        || error.SqlState.StartsWith("08", StringComparison.Ordinal);

    /// <summary>The server's own words, with what belongs to them, and the step they concern.</summary>
    public static string Describe(PostgresException error)
    {
        var parts = new List<string> { $"{error.SqlState}: {error.MessageText}" };
        if (error.Detail is { } detail)
            parts.Add(detail);
        if (error.Hint is { } hint)
            parts.Add(hint);
        if (error.Data[nameof(Step)] is string step)
            parts.Add($"Step: {step}");
        if (error.Where is { } where)
            parts.Add($"Context: {where.ReplaceLineEndings(" ")}");
        return string.Join(Environment.NewLine + "  ", parts);
    }
}
