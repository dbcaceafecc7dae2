using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>What was found in migrations, and their texts to quote from.</summary>
/// <param name="Files">The files that were looked at.</param>
/// <param name="Findings">What was found.</param>
/// <param name="Suppressed">What was found and judged already.</param>
sealed record LintResult(IReadOnlyList<MigrationFile> Files, IReadOnlyList<Diagnostic> Findings, IReadOnlyList<SuppressedFinding> Suppressed)
{
    public int Count(Severity severity) => Findings.Count(finding => finding.Severity == severity);

    /// <summary>One line that sums up.</summary>
    public string Summary()
    {
        var migrations = Number(Files.Count, "migration");
        var found = Findings.Count == 0 ? "no findings" : $"{Number(Count(Severity.Error), "error")}, {Number(Count(Severity.Warning), "warning")}, {Count(Severity.Info)} info";
        return $"{migrations}, {found}{(Suppressed.Count == 0 ? "" : $", {Suppressed.Count} suppressed")}.";
    }

    static string Number(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}

/// <summary>How findings are written for somebody.</summary>
/// <param name="Name">What <c>--format</c> calls it.</param>
/// <param name="Write">Writes them, without a line end behind the last line.</param>
sealed record FindingsFormat(string Name, Func<LintResult, string> Write)
{
    /// <summary>All of them; the first is the default.</summary>
    public static IReadOnlyList<FindingsFormat> All { get; } =
    [
        new("text", TextFindings.Write),
        new("json", JsonFindings.Write),
        new("sarif", SarifFindings.Write),
        new("github", GitHubFindings.Write),
        new("gitlab", GitLabFindings.Write),
        new("azure", AzureFindings.Write),
        new("markdown", MarkdownFindings.Write),
    ];

    /// <summary>A file as services want it that know a checkout: from the current folder on, with slashes.</summary>
    public static string PathOf(string file)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? file : relative).Replace('\\', '/');
    }
}
