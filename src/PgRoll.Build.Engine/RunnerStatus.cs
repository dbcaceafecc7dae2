namespace PgRoll.Build.Engine;

/// <summary>What a database is at.</summary>
/// <param name="Schema">The base schema.</param>
/// <param name="State">In pgroll's words: No migrations, In progress, Complete.</param>
/// <param name="Version">The newest version; empty for none.</param>
public sealed record RunnerStatus(string Schema, string State, string Version)
{
    /// <summary>The newest migration, the active one included; null for none.</summary>
    public string? Migration { get; init; }

    /// <summary>The version schema of the newest version; null for none.</summary>
    public string? VersionSchema { get; init; }

    /// <summary>Where the active migration stands; null where none is active.</summary>
    public string? Phase { get; init; }

    /// <summary>Why pgroll cannot end the active migration, so that it is for this tool to end; null where pgroll can, or none is active.</summary>
    public string? PgrollObstacle { get; init; }

    /// <summary>Steps of the phase that are done.</summary>
    public int StepsDone { get; init; }

    /// <summary>Steps of the phase.</summary>
    public int Steps { get; init; }

    /// <summary>When the newest migration was started; null for none.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}
