namespace PgRoll.Build.Engine.Verification;

/// <summary>What a verifier proves, and where.</summary>
/// <param name="Runner">
/// Connects to a database of a server where the role may create others: all work is done in those, none in this one. Names the schemas, too.
/// </param>
public sealed record VerifierOptions(RunnerOptions Runner)
{
    /// <summary>The migrations to prove, by name; null for all. The others are only replayed.</summary>
    public IReadOnlySet<string>? Migrations { get; init; }

    /// <summary>SQL that a new database begins with, before the first migration: roles, extensions; null for none.</summary>
    public string? Setup { get; init; }

    /// <summary>SQL that fills the tables of the old version before a rollout starts; null for rows that are generated.</summary>
    public string? Data { get; init; }

    /// <summary>
    /// Whether SQL of the migrations may change what all databases of the server share, such as roles; else it is refused where it is
    /// plain to see. For servers that serve nothing else.
    /// </summary>
    public bool MayChangeServer { get; init; }

    /// <summary>How many rows are generated for a table.</summary>
    public int Rows { get; init; } = 40;

    /// <summary>Numbers of rows at which <c>start</c> and <c>complete</c> are timed, such as 10,000 and 100,000; empty for none.</summary>
    public IReadOnlyList<int> Growth { get; init; } = [];

    /// <summary>How many migrations are proved at once.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>How many replayed histories stay on the server, as databases that a later run copies; those used last stay.</summary>
    public int KeptPrefixes { get; init; }

    /// <summary>Receives what happens, as it happens.</summary>
    public IProgress<VerifierProgress>? Progress { get; init; }
}
