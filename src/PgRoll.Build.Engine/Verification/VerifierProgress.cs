namespace PgRoll.Build.Engine.Verification;

/// <summary>Something that happened while migrations were proved.</summary>
public abstract record VerifierProgress
{
    private protected VerifierProgress() { }
}

/// <summary>The history up to a migration was not replayed: an earlier run kept a database with it.</summary>
/// <param name="Migration">The last migration that the database has.</param>
public sealed record PrefixReused(string Migration) : VerifierProgress;

/// <summary>Migrations were replayed without being proved.</summary>
/// <param name="Migrations">Their names, in order.</param>
public sealed record HistoryReplayed(IReadOnlyList<string> Migrations) : VerifierProgress;

/// <summary>A rollout was taken all the way, or as far as it goes.</summary>
/// <param name="Rollout">What was seen.</param>
public sealed record RolloutProved(ProvedRollout Rollout) : VerifierProgress;
