using System.Globalization;
using System.Text;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>For the summary of a job, or a comment on a pull request.</summary>
static class MarkdownFindings
{
    public static string Write(LintResult result)
    {
        var text = new StringBuilder();
        foreach (var file in result.Findings.GroupBy(finding => finding.Location.File))
        {
            text.Append(CultureInfo.InvariantCulture, $"### {Code(FindingsFormat.PathOf(file.Key))}\n\n| line | | rule | |\n|--:|---|---|---|\n");
            foreach (var finding in file)
                text.Append(CultureInfo.InvariantCulture,
                    $"| {finding.Location.Span.Line} | {Word(finding.Severity)} | [{finding.Rule.Id}]({finding.Rule.HelpLink}) {finding.Rule.Slug} | {Cell(finding.Message)} *{Cell(finding.Rule.Fix)}* |\n");
            text.Append('\n');
        }
        if (result.Suppressed.Count > 0)
        {
            text.Append("<details><summary>Suppressed</summary>\n\n");
            foreach (var (finding, reason) in result.Suppressed)
                text.Append(CultureInfo.InvariantCulture,
                    $"- {Code(FindingsFormat.PathOf(finding.Location.File))} line {finding.Location.Span.Line}, {finding.Rule.Id}: {Cell(finding.Message)} {(reason is null ? "(no reason given)" : $"*{Cell(reason)}*")}\n");
            text.Append("\n</details>\n\n");
        }
        return text.Append(result.Summary()).ToString();
    }

    static string Word(Severity severity) => severity switch { Severity.Error => "**error**", Severity.Warning => "warning", _ => "info" };

    /// <summary>Names are anybody's: none of them ends a cell, becomes a tag, a link or a picture.</summary>
    public static string Cell(string text) => OneLine(text)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("\\", "&#92;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace("[", "&#91;", StringComparison.Ordinal);

    /// <summary>A name as code, wherever it stands: what would end a span of code is written otherwise.</summary>
    public static string Code(string text) => text.Length > 0 && text.All(static c => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '.' or '/' or ':' or ',' or '@' or '#' or '+' or '(' or ')')
        ? $"`{text}`"
        : $"<code>{string.Concat(OneLine(text).Select(static c => char.IsAscii(c) && !char.IsLetterOrDigit(c) && c != ' ' ? string.Create(CultureInfo.InvariantCulture, $"&#{(int)c};") : $"{c}"))}</code>";

    static string OneLine(string text) => string.Concat(text.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}
