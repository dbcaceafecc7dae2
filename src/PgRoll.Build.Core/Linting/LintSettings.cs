using PgRoll.Build.Linting.Configuration;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Linting;

/// <summary>What a project says about findings.</summary>
/// <param name="EditorConfig">The severities that it gives to rules; null for the rules' own.</param>
/// <param name="Lock">
/// What is applied already: of these migrations only errors of files and names (PGR01xx, PGR02xx) are told, and none of them may change. Null where nothing is known.
/// </param>
/// <param name="Since">
/// The name of the first migration whose risks are told; null for all. What comes before it is history, of which only such errors are told.
/// </param>
/// <param name="NeedsReasons">Whether a suppression must say why.</param>
public sealed record LintSettings(EditorConfig? EditorConfig = null, MigrationLock? Lock = null, string? Since = null, bool NeedsReasons = false);
