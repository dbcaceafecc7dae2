using System.Text.Json;
using System.Text.Json.Serialization;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>For programs: as <c>validate --json</c>, and what is suppressed.</summary>
static class JsonFindings
{
    public static string Write(LintResult result) => JsonSerializer.Serialize(LintReport.Of(result), JsonOutput.Reports.LintReport);
}

/// <summary>What <c>lint --format json</c> prints.</summary>
/// <param name="FormatVersion">Grows when a key goes or changes its meaning.</param>
/// <param name="Migrations">How many files were looked at.</param>
/// <param name="Findings">What was found.</param>
/// <param name="Suppressed">What was found and judged already.</param>
/// <param name="Errors">How many findings are errors.</param>
/// <param name="Warnings">How many are warnings.</param>
sealed record LintReport(
    [property: JsonPropertyOrder(-1)] int FormatVersion, int Migrations, IReadOnlyList<FindingReport> Findings, IReadOnlyList<SuppressedReport> Suppressed, int Errors, int Warnings)
{
    public static LintReport Of(LintResult result) => new(
        1, result.Files.Count,
        [.. result.Findings.Select(FindingReport.Of)],
        [.. result.Suppressed.Select(suppressed => new SuppressedReport(FindingReport.Of(suppressed.Finding), suppressed.Reason))],
        result.Count(Diagnostics.Severity.Error), result.Count(Diagnostics.Severity.Warning));
}

/// <summary>A finding that a comment suppresses, and what the comment says.</summary>
sealed record SuppressedReport(FindingReport Finding, string? Reason);
