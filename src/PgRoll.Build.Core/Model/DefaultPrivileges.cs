namespace PgRoll.Build.Model;

/// <summary>What the server grants on objects as the migrating role makes them (ALTER DEFAULT PRIVILEGES).</summary>
public sealed record DefaultPrivileges
{
    /// <summary>On a new table of the base schema.</summary>
    public IReadOnlyList<Grant> Tables { get; init; } = [];

    /// <summary>On a new view elsewhere, where the base schema's own defaults do not count.</summary>
    public IReadOnlyList<Grant> Views { get; init; } = [];

    /// <summary>On a new sequence of the base schema, whoever makes it.</summary>
    public IReadOnlyList<Grant> Sequences { get; init; } = [];

    /// <summary>On a new schema.</summary>
    public IReadOnlyList<Grant> Schemas { get; init; } = [];
}
