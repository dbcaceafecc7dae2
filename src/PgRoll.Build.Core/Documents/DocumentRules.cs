using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>Findings about a file's notation and about the shape of what it says.</summary>
static class DocumentRules
{
    public static readonly Rule InvalidSyntax = new(
        "PGR0101", "invalid-syntax", Severity.Error,
        "The file is not valid YAML or JSON",
        "Not valid {0}: {1}",
        "The migration cannot be read, so it can be neither checked nor run.",
        "Correct the file at the given place.");

    public static readonly Rule InvalidStructure = new(
        "PGR0102", "invalid-structure", Severity.Error,
        "A key is unknown, missing or has a value of the wrong type",
        "{0}: {1}",
        "A misspelt key would be ignored, or its value taken for something else; pgroll refuses such files as well.",
        "Use the keys and types of the migration format; SQL expressions are strings, so write default: \"0\" in quotes.");
}
