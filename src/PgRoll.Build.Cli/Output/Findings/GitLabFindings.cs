using System.Text.Json;
using System.Text.Json.Serialization;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>A code quality report of GitLab.</summary>
static class GitLabFindings
{
    public static string Write(LintResult result)
    {
        var prints = new Fingerprints();
        return JsonSerializer.Serialize([.. result.Findings.Select(finding => Issue(finding, prints))], JsonOutput.Reports.GitLabIssueArray);
    }

    static GitLabIssue Issue(Diagnostic finding, Fingerprints prints) => new(
        $"{finding.Message} {finding.Rule.Fix}", finding.Rule.Id, prints.Next(finding),
        finding.Severity switch { Severity.Error => "critical", Severity.Warning => "major", _ => "info" },
        new(FindingsFormat.PathOf(finding.Location.File), new(finding.Location.Span.Line)));
}

/// <summary>An entry of the report.</summary>
sealed record GitLabIssue(string Description, [property: JsonPropertyName("check_name")] string CheckName, string Fingerprint, string Severity, GitLabLocation Location);

/// <summary>Where it is.</summary>
sealed record GitLabLocation(string Path, GitLabLines Lines);

/// <summary>The line it begins in.</summary>
sealed record GitLabLines(int Begin);
