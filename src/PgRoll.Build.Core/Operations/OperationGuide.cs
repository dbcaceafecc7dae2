namespace PgRoll.Build.Operations;

/// <summary>What an operation is for, in words for who writes migrations: OPERATIONS.md is made of it.</summary>
/// <param name="Purpose">A sentence or two.</param>
/// <param name="Example">Its fields in a migration file, as YAML.</param>
sealed record OperationGuide(string Purpose, string Example);
