namespace PgRoll.Build.Model;

/// <summary>A column's NOT NULL as PostgreSQL has it from 18 on: a constraint with a name.</summary>
/// <param name="Name">Its name.</param>
public sealed record NotNullConstraint(string Name)
{
    /// <summary>The comment, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether child tables do not inherit it.</summary>
    public bool NoInherit { get; init; }

    /// <summary>Whether existing rows are known to satisfy it.</summary>
    public bool IsValid { get; init; } = true;
}
