using System.Globalization;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>Annotations of a GitHub workflow: its commands <c>::error</c>, <c>::warning</c> and <c>::notice</c>.</summary>
static class GitHubFindings
{
    public static string Write(LintResult result) => string.Join('\n', [.. result.Findings.Select(Line), result.Summary()]);

    /// <summary>The annotation of one finding.</summary>
    public static string Line(Diagnostic finding)
    {
        var command = Kind(finding.Severity);
        var span = finding.Location.Span;
        // Columns are only taken where begin and end are on one line.
        var columns = span.Line == span.EndLine ? string.Create(CultureInfo.InvariantCulture, $",col={span.Column},endColumn={span.EndColumn}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"::{command} file={Property(FindingsFormat.PathOf(finding.Location.File))},line={span.Line},endLine={span.EndLine}{columns},title={Property($"{finding.Rule.Id} {finding.Rule.Slug}")}::{Data($"{finding.Message} {finding.Rule.Fix}")}");
    }

    /// <summary>The command that annotates what is so severe.</summary>
    public static string Kind(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };

    /// <summary>What stands behind a command: no text ends its line.</summary>
    public static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    /// <summary>The value of a command's property: no text ends that either.</summary>
    public static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
