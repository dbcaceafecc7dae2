namespace PgRoll.Build.Engine;

/// <summary>Something of a schema that is not as it was recorded.</summary>
/// <param name="Kind">What it is: table, column, index, check, foreign key, unique constraint, exclusion constraint.</param>
/// <param name="Name">Its name; of what belongs to a table, with the table's before a dot.</param>
/// <param name="Property">What of it differs; null where all of it is gone or new.</param>
/// <param name="Recorded">As it was recorded; null for nothing.</param>
/// <param name="Live">As it is; null for nothing.</param>
public sealed record Difference(string Kind, string Name, string? Property, string? Recorded, string? Live)
{
    /// <summary>The difference as a sentence.</summary>
    public override string ToString() => (Property, Live) switch
    {
        (null, null) => $"{Kind} '{Name}' is gone",
        (null, _) => $"{Kind} '{Name}' is new",
        _ => $"{Kind} '{Name}': {Property} was {Recorded ?? "none"}, is {Live ?? "none"}",
    };
}

/// <summary>How a schema compares with its record.</summary>
/// <param name="Migration">The migration after which it was recorded.</param>
/// <param name="Differences">What differs; empty for nothing.</param>
public sealed record DriftReport(string Migration, IReadOnlyList<Difference> Differences);
