namespace PgRoll.Build.Plans;

/// <summary>What a plan depends on besides the schema.</summary>
/// <param name="Major">The server's major version.</param>
public sealed record ServerFacts(int Major)
{
    /// <summary>The oldest supported server: what is planned without a database holds on every one.</summary>
    public static ServerFacts Offline { get; } = new(14);

    /// <summary>Views whose privileges are checked as the caller.</summary>
    public bool HasSecurityInvoker => Major >= 15;
}
