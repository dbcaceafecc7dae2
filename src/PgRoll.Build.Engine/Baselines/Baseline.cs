namespace PgRoll.Build.Engine;

/// <summary>A live schema as SQL that makes it from nothing.</summary>
/// <param name="Sql">The SQL.</param>
/// <param name="Missing">What of the schema is not in it, a line each.</param>
public sealed record Baseline(string Sql, IReadOnlyList<string> Missing)
{
    /// <summary>The version schema that applications use from now on: its own, or the one that was there before; null where version schemas are off.</summary>
    public string? VersionSchema { get; init; }
}
