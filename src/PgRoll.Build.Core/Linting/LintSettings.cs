using PgRoll.Build.Linting.Configuration;

namespace PgRoll.Build.Linting;

/// <summary>What a project says about findings.</summary>
public sealed record LintSettings
{
    /// <summary>The severities that the project gives to rules; null for the rules' own.</summary>
    public EditorConfig? EditorConfig { get; init; }

    /// <summary>
    /// The name of the first migration whose risks are told; null for all. What is in those before it is history, of which only errors
    /// are told.
    /// </summary>
    public string? Since { get; init; }

    /// <summary>Whether a suppression must say why.</summary>
    public bool NeedsReasons { get; init; }
}
