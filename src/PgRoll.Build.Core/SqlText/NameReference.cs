namespace PgRoll.Build.SqlText;

/// <summary>A name as it occurs in an expression.</summary>
/// <param name="Name">The name: folded to lower case unless it is quoted there.</param>
/// <param name="Offset">Where it starts in the text.</param>
/// <param name="Length">How many characters it takes there, quotes included.</param>
public readonly record struct NameReference(string Name, int Offset, int Length);
