using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting;

namespace PgRoll.Build.Engine.Verification;

/// <summary>What became of migrations on a server.</summary>
/// <param name="ServerMajor">The server's major version.</param>
/// <param name="ServerVersion">Its version, as it says it.</param>
/// <param name="Rollouts">The rollouts that were proved, in order; where several migrations are pending, last all of them as one.</param>
public sealed record Verification(int ServerMajor, string ServerVersion, IReadOnlyList<ProvedRollout> Rollouts)
{
    /// <summary>What was found, by file and place.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; init; } = [];

    /// <summary>What was found and is suppressed where it stands.</summary>
    public IReadOnlyList<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The last migration of the history that was not replayed, since a database with it was kept; null where all was replayed.</summary>
    public string? ReusedPrefix { get; init; }
}
