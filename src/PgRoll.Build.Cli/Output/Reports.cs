using System.Text.Json.Serialization;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Cli.Output.Verifications;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Output;

/// <summary>How far a backfill has come, and at what pace.</summary>
sealed record BackfillReport(string Table, double Fraction, long Rows, double RowsPerSecond, double? RemainingSeconds);

/// <summary>What <c>status</c> prints: pgroll's three keys, then ours.</summary>
sealed record StatusReport(
    string Schema, string Version, string Status,
    string? Migration, string? VersionSchema, IReadOnlyList<string> Migrations, string? Phase, int StepsDone, int Steps,
    IReadOnlyList<BackfillReport> Backfills, DateTimeOffset? StartedAt, double? AgeSeconds, IReadOnlyDictionary<string, string> Owner, int? Drift, string? PgrollObstacle, string? PreviousVersionSchema, string Next)
{
    public static StatusReport Of(RunnerStatus status, DriftReport? drift) => new(
        status.Schema, status.Version, status.State,
        status.Migration, status.VersionSchema, status.Migrations, status.Phase, status.StepsDone, status.Steps,
        [.. status.Backfills.Select(b => new BackfillReport(b.Table, b.Fraction, b.Rows, b.RowsPerSecond, b.Remaining?.TotalSeconds))], status.StartedAt, status.Age?.TotalSeconds, status.Owner, drift?.Differences.Count, status.PgrollObstacle, status.PreviousVersionSchema, StatusText.Next(status));
}

/// <summary>What <c>init --json</c> prints.</summary>
sealed record InitReport(string StateSchema);

/// <summary>What <c>start --json</c> and <c>migrate --json</c> print.</summary>
/// <param name="Outcome">nothing, started or completed.</param>
/// <param name="Migrations">Those that are one rollout; empty for nothing.</param>
/// <param name="VersionSchema">The schema that clients of the new version use.</param>
sealed record StartReport(string Outcome, IReadOnlyList<string> Migrations, string? VersionSchema);

/// <summary>What <c>complete --json</c> and <c>rollback --json</c> print.</summary>
/// <param name="Outcome">completed or rolled-back.</param>
/// <param name="Migration">The last of its migrations.</param>
/// <param name="Migrations">All of them.</param>
/// <param name="VersionSchema">The version that is left.</param>
sealed record EndReport(string Outcome, string Migration, IReadOnlyList<string> Migrations, string? VersionSchema)
{
    public static EndReport Of(string outcome, IReadOnlyList<string> migrations, string? versionSchema) => new(outcome, migrations[^1], migrations, versionSchema);
}

/// <summary>What <c>latest --json</c> prints.</summary>
sealed record LatestReport(string? Migration, string? Version, string? Schema, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url = null);

/// <summary>What <c>drift --json</c> prints.</summary>
sealed record DriftOutput(string Schema, string Migration, IReadOnlyList<Difference> Differences);

/// <summary>What <c>update --json</c> prints.</summary>
sealed record UpdateReport(IReadOnlyList<string> Updated);

/// <summary>What any command prints with <c>--json</c> when it fails.</summary>
sealed record ErrorReport(int ExitCode, string Error, IReadOnlyList<FindingReport> Findings)
{
    public static ErrorReport Of(Exception error) => new(
        (int)ExitCodes.Of(error), ErrorOutput.Sentence(error), error is PgRollException known ? [.. known.Diagnostics.Select(FindingReport.Of)] : []);
}

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
[JsonSerializable(typeof(InitReport))]
[JsonSerializable(typeof(StartReport))]
[JsonSerializable(typeof(EndReport))]
[JsonSerializable(typeof(LatestReport))]
[JsonSerializable(typeof(DriftOutput))]
[JsonSerializable(typeof(ErrorReport))]
[JsonSerializable(typeof(UpdateReport))]
[JsonSerializable(typeof(FindingsReport))]
[JsonSerializable(typeof(LintReport))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(GitLabIssue[]))]
[JsonSerializable(typeof(SarifLog))]
sealed partial class ReportContext : JsonSerializerContext;
