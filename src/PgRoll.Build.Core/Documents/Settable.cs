namespace PgRoll.Build.Documents;

/// <summary>A field that may be left alone (absent), taken away (<c>null</c>) or set: three things where most fields know two.</summary>
/// <param name="IsGiven">Whether the field is there.</param>
/// <param name="Value">The string it is set to; null takes away what the database has.</param>
readonly record struct Settable(bool IsGiven, string? Value);
