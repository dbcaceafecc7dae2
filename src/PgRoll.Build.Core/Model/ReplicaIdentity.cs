namespace PgRoll.Build.Model;

/// <summary>How a table's rows are known to replicas: what the server logs of the old row when one is updated or deleted.</summary>
/// <param name="Kind">Which columns.</param>
/// <param name="Index">The index whose columns they are, by its name in this version; null for other kinds.</param>
public sealed record ReplicaIdentity(ReplicaIdentityKind Kind, string? Index = null)
{
    /// <summary>The primary key, which every table starts with.</summary>
    public static ReplicaIdentity Default { get; } = new(ReplicaIdentityKind.Default);

    /// <summary>The identity once an index or constraint goes by another name.</summary>
    internal ReplicaIdentity Rename(string from, string to) => Index == from ? this with { Index = to } : this;
}

/// <summary>The kinds of <see cref="ReplicaIdentity"/>.</summary>
public enum ReplicaIdentityKind
{
    /// <summary>The primary key's columns, if there is one.</summary>
    Default,

    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>All columns.</summary>
    Full,

    /// <summary>An index's columns.</summary>
    Index,
}
