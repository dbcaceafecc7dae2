namespace PgRoll.Build.Operations;

/// <summary>A property that a migration leaves alone, takes away, or sets: three things where most fields know two.</summary>
/// <param name="IsGiven">Whether the migration says anything about it.</param>
/// <param name="To">What it is set to; null takes away what is there.</param>
public readonly record struct Change<T>(bool IsGiven, T? To) where T : class
{
    /// <summary>The value after the change.</summary>
    public T? Of(T? before) => IsGiven ? To : before;
}
