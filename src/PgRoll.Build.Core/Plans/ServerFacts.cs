using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans;

/// <summary>What a plan depends on besides the schema.</summary>
/// <param name="Major">The server's major version.</param>
public sealed record ServerFacts(int Major)
{
    /// <summary>The oldest supported server: what is planned without a database holds on every one.</summary>
    public static ServerFacts Offline { get; } = new(14);

    /// <summary>What is known of types that columns change to, by the types' texts.</summary>
    public IReadOnlyDictionary<string, TypeFacts> Types { get; init; } = new Dictionary<string, TypeFacts>();

    /// <summary>Views whose privileges are checked as the caller.</summary>
    public bool HasSecurityInvoker => Major >= 15;

    /// <summary>NULLS NOT DISTINCT, and SET NULL or SET DEFAULT of some columns of a foreign key.</summary>
    public bool HasPartialNulls => Major >= 15;

    /// <summary>NOT NULL as a constraint with a name.</summary>
    public bool HasNamedNotNull => Major >= 18;

    /// <summary>Whether values of a type can have a collation.</summary>
    internal bool HasCollation(SqlType type) => !Types.TryGetValue(type.Text, out var facts) || facts.HasCollation;

    /// <summary>Whether a type leaves a choice how its values are stored.</summary>
    internal bool HasStorageChoice(SqlType type) => !Types.TryGetValue(type.Text, out var facts) || facts.HasStorageChoice;
}

/// <summary>What is known of a type.</summary>
/// <param name="HasCollation">Whether its values can have a collation.</param>
/// <param name="HasStorageChoice">Whether they can be compressed, or moved out of their row.</param>
public sealed record TypeFacts(bool HasCollation, bool HasStorageChoice);
