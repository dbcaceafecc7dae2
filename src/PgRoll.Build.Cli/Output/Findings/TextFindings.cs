using System.Globalization;
using System.Text;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>For people: each finding with the line it is about, why it matters and what to do.</summary>
static class TextFindings
{
    public static string Write(LintResult result)
    {
        var lines = result.Files.ToDictionary(file => file.Path, file => file.Text.Split('\n'));
        var text = new StringBuilder();
        foreach (var finding in result.Findings)
            Write(text, finding, lines.GetValueOrDefault(finding.Location.File) ?? []);
        return text.Append(result.Summary()).ToString();
    }

    static void Write(StringBuilder text, Diagnostic finding, string[] lines)
    {
        text.AppendLine(finding.ToString());
        var span = finding.Location.Span;
        if (span.Line <= lines.Length && lines[span.Line - 1].TrimEnd('\r') is { Length: > 0 } line)
        {
            var number = span.Line.ToString(CultureInfo.InvariantCulture);
            // Tabs stay tabs, so that the marks stand below what they mean.
            var start = Math.Min(span.Column - 1, line.Length);
            var indentation = string.Concat(line[..start].Select(c => c == '\t' ? '\t' : ' '));
            var length = Math.Max(1, (span.EndLine == span.Line ? Math.Min(span.EndColumn - 1, line.Length) : line.Length) - start);
            text.Append(CultureInfo.InvariantCulture, $"  {number} | {line}").AppendLine()
                .Append(CultureInfo.InvariantCulture, $"  {new string(' ', number.Length)} | {indentation}{new string('^', length)}").AppendLine();
        }
        text.Append("  why: ").AppendLine(finding.Rule.Why)
            .Append("  fix: ").AppendLine(finding.Rule.Fix)
            .AppendLine();
    }
}
