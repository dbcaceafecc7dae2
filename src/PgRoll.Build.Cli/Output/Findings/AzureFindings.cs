using System.Globalization;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>Issues of an Azure pipeline, which knows errors and warnings; the rest is told as text.</summary>
static class AzureFindings
{
    public static string Write(LintResult result) => string.Join('\n', [.. result.Findings.Select(Line), result.Summary()]);

    static string Line(Diagnostic finding) => finding.Severity is Severity.Info
        ? finding.ToString()
        : string.Create(CultureInfo.InvariantCulture,
            $"##vso[task.logissue type={(finding.Severity is Severity.Error ? "error" : "warning")};sourcepath={Property(FindingsFormat.PathOf(finding.Location.File))};linenumber={finding.Location.Span.Line};columnnumber={finding.Location.Span.Column};code={finding.Rule.Id};]{Data($"{finding.Message} {finding.Rule.Fix}")}");

    static string Data(string text) =>
        text.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    static string Property(string text) => Data(text).Replace(";", "%3B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);
}
