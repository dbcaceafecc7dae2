using Npgsql;
using PgRoll.Build.Engine.Verification.Rows;

namespace PgRoll.Build.Engine.Verification;

/// <summary>What one proof is about, and who takes what it finds.</summary>
sealed class ProofSubject(VerifierOptions options, ProofDatabase database, RolloutMap map, string oldSchema, string newSchema, ProofFindings findings)
{
    public RolloutMap Map => map;

    public ProofFindings Findings => findings;

    /// <summary>What fills the old version's tables; null where rows are made up.</summary>
    public string? Data => options.Data;

    /// <summary>How many rows of a table are tried.</summary>
    public int Rows => options.Rows;

    /// <summary>Reaches the database, which is another one once it was renewed.</summary>
    public RunnerOptions Options => database.Options with { MultiplePending = MultiplePending.Together, FilesAreAll = false };

    public bool HasOldVersion => map.Before.Tables.Count > 0;

    /// <summary>Whether the old version has views of its own, rather than the tables themselves.</summary>
    public bool HasOldViews => oldSchema != options.Runner.Schema;

    public bool HasTwoVersions => HasOldVersion && oldSchema != newSchema;

    /// <summary>Values that are made up are nobody's; others are shown where the driver may show them.</summary>
    public bool ShowsValues { get; } = options.Data is null || new NpgsqlConnectionStringBuilder(options.Runner.ConnectionString).IncludeErrorDetail;

    public Task<VersionClient> OldAsync(CancellationToken ct) => VersionClient.OpenAsync(Options, oldSchema, ct);

    public Task<VersionClient> NewAsync(CancellationToken ct) => VersionClient.OpenAsync(Options, newSchema, ct);
}
