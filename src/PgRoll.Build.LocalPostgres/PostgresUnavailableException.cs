namespace PgRoll.Build.LocalPostgres;

/// <summary>No server could be had; the message says for each way why not.</summary>
/// <param name="message">The reasons.</param>
public sealed class PostgresUnavailableException(string message) : Exception(message);
