using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.State;

/// <summary>Where a rollout stands.</summary>
enum RolloutPhase
{
    /// <summary><c>start</c> has begun; running it again goes on, or <c>rollback</c> takes it back.</summary>
    Starting,

    /// <summary>Both versions are live.</summary>
    Active,

    /// <summary>Complete but for what could not be in its transaction.</summary>
    Completed,

    /// <summary>Rolled back but for what could not be in its transaction.</summary>
    RolledBack,
}

/// <summary>The rollout of a base schema, as the database remembers it.</summary>
/// <param name="Migrations">Its migrations, in order.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Done">How many steps of the phase's list are done.</param>
/// <param name="Plan">What is done.</param>
/// <param name="Checksum">Of the migrations it was planned from.</param>
/// <param name="Fingerprint">Of the tables that complete changes, taken when start ended; null before.</param>
sealed record RolloutRow(
    IReadOnlyList<RolloutMigration> Migrations, RolloutPhase Phase, int Done, Plan Plan, string Checksum, string? Fingerprint)
{
    /// <summary>The last of its migrations, by whose name the rollout goes while it is active.</summary>
    public string Migration => Migrations[^1].Name;

    public IReadOnlyList<string> Names => [.. Migrations.Select(m => m.Name)];
}

/// <summary>A migration of a rollout.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">The migration as pgroll keeps it.</param>
sealed record RolloutMigration(string Name, string Json);
