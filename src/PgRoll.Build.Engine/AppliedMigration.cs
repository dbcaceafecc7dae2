namespace PgRoll.Build.Engine;

/// <summary>A migration of a database's history.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">What it says, as it is kept.</param>
/// <param name="IsDone">Whether it is complete.</param>
/// <param name="Type">pgroll, inferred (made of SQL that somebody ran) or baseline.</param>
public sealed record AppliedMigration(string Name, string Json, bool IsDone, string Type);
