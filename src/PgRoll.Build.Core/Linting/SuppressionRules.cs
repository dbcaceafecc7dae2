using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Linting;

/// <summary>What is wrong with suppressions and settings (PGR0001, PGR0002, PGR0004).</summary>
static class SuppressionRules
{
    public static readonly Rule Invalid = new("PGR0001", "invalid-suppression", Severity.Warning,
        "Suppression that suppresses nothing",
        "Nothing is suppressed here: {0}.",
        "The author believes that a finding was judged, and it was not.",
        "Write `# pgroll-disable PGR0402: reason` above an operation or key, or `# pgroll-disable-file …` among the first lines of the file.");

    public static readonly Rule Unused = new("PGR0002", "unused-suppression", Severity.Info,
        "Suppression of what is not found",
        "{0} is not found here.",
        "It would hide a finding that appears later, for another reason than the one given.",
        "Remove it.");

    public static readonly Rule Setting = new("PGR0004", "invalid-setting", Severity.Warning,
        "Setting that sets nothing",
        "This line has no effect: {0}.",
        "The author believes that the rule counts otherwise than it does.",
        "Write `dotnet_diagnostic.PGR0601.severity = warning`.");
}
