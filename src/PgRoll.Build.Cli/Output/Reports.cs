using System.Text.Json.Serialization;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Output;

/// <summary>What <c>status</c> prints: pgroll's three keys, then ours.</summary>
sealed record StatusReport(
    string Schema, string Version, string Status,
    string? Migration, string? VersionSchema, string? Phase, int StepsDone, int Steps, DateTimeOffset? StartedAt, string? PgrollObstacle)
{
    public static StatusReport Of(RunnerStatus status) => new(
        status.Schema, status.Version, status.State,
        status.Migration, status.VersionSchema, status.Phase, status.StepsDone, status.Steps, status.StartedAt, status.PgrollObstacle);
}

/// <summary>What <c>latest --json</c> prints.</summary>
sealed record LatestReport(string? Migration, string? Version, string? Schema);

/// <summary>What <c>validate --json</c> prints.</summary>
sealed record FindingsReport(IReadOnlyList<FindingReport> Findings, int Errors, int Warnings)
{
    public static FindingsReport Of(IReadOnlyList<Diagnostic> findings) => new(
        [.. findings.Select(FindingReport.Of)],
        findings.Count(finding => finding.Severity == Severity.Error),
        findings.Count(finding => finding.Severity == Severity.Warning));
}

/// <summary>One finding.</summary>
sealed record FindingReport(
    string File, int Line, int Column, int EndLine, int EndColumn, string Path,
    string Severity, string Code, string Rule, string Message, string Fix, string Help)
{
    public static FindingReport Of(Diagnostic finding) => new(
        finding.Location.File,
        finding.Location.Span.Line, finding.Location.Span.Column, finding.Location.Span.EndLine, finding.Location.Span.EndColumn,
        finding.Location.Path, Word(finding.Severity), finding.Rule.Id, finding.Rule.Slug, finding.Message, finding.Rule.Fix, finding.Rule.HelpLink);

    static string Word(Severity severity) => severity switch
    {
        Diagnostics.Severity.Error => "error",
        Diagnostics.Severity.Warning => "warning",
        _ => "info",
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, IndentSize = 2, NewLine = "\n")]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(LatestReport))]
[JsonSerializable(typeof(FindingsReport))]
sealed partial class ReportContext : JsonSerializerContext;
