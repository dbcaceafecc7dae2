namespace PgRoll.Build.Engine;

/// <summary>A live schema as SQL that makes it from nothing.</summary>
/// <param name="Sql">The SQL.</param>
/// <param name="Missing">What of the schema is not in it, a line each.</param>
public sealed record Baseline(string Sql, IReadOnlyList<string> Missing);
