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

    /// <summary>The version schema of the old version, while both are there; null otherwise, or where pgroll started the migration.</summary>
    public string? PreviousVersionSchema { get; init; }

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

    /// <summary>How long ago that was, by the server's clock; null for none.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>The migrations of the active rollout, in order; empty where none is active.</summary>
    public IReadOnlyList<string> Migrations { get; init; } = [];

    /// <summary>Who started the active rollout, as <see cref="RunnerOptions.Owner"/> said; empty where nobody said it.</summary>
    public IReadOnlyDictionary<string, string> Owner { get; init; } = new Dictionary<string, string>();

    /// <summary>How far the backfills of a start have come, by table.</summary>
    public IReadOnlyList<BackfillStatus> Backfills { get; init; } = [];
}

/// <summary>How far a backfill has come.</summary>
/// <param name="Table">The table.</param>
/// <param name="Fraction">How much of the table has been passed, from 0 to 1.</param>
/// <param name="Rows">Rows filled so far.</param>
public sealed record BackfillStatus(string Table, double Fraction, long Rows)
{
    /// <summary>Rows filled in a second, by the runner that is at it or was last; 0 before its first batch.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>How long the rest takes at the pace so far; null where that is not known yet, or nothing is left.</summary>
    public TimeSpan? Remaining { get; init; }
}
