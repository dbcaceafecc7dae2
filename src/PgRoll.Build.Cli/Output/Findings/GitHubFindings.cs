using System.Globalization;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>Annotations of a GitHub workflow: its commands <c>::error</c>, <c>::warning</c> and <c>::notice</c>.</summary>
static class GitHubFindings
{
    public static string Write(LintResult result) => string.Join('\n', [.. result.Findings.Select(Line), result.Summary()]);

    static string Line(Diagnostic finding)
    {
        var command = finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
        var span = finding.Location.Span;
        // Columns are only taken where begin and end are on one line.
        var columns = span.Line == span.EndLine ? string.Create(CultureInfo.InvariantCulture, $",col={span.Column},endColumn={span.EndColumn}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"::{command} file={Property(FindingsFormat.PathOf(finding.Location.File))},line={span.Line},endLine={span.EndLine}{columns},title={Property($"{finding.Rule.Id} {finding.Rule.Slug}")}::{Data($"{finding.Message} {finding.Rule.Fix}")}");
    }

    static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
