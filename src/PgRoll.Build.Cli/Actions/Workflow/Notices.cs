using PgRoll.Build.Cli.Connections;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Cli.Actions.Workflow;

/// <summary>
/// What is annotated. The service shows ten of each kind and drops the others without a word, so the most important come first, and the
/// last one counts those that only the summary has.
/// </summary>
sealed class Notices
{
    const int Shown = 10;

    readonly List<(Severity Severity, string Text)> _texts = [];

    /// <summary>What is told of the run itself.</summary>
    public IReadOnlyList<(Severity Severity, string Text)> Texts => _texts;

    public void Fail(string text) => _texts.Add((Severity.Error, Secrets.Hide(text)));

    public void Warn(string text) => _texts.Add((Severity.Warning, Secrets.Hide(text)));

    /// <summary>The commands that annotate: what is told of the run before findings, and of these the ones in changed files first.</summary>
    public IEnumerable<string> Commands(IEnumerable<Diagnostic> findings, Func<Diagnostic, bool> isChanged)
    {
        var lines = _texts.Select(text => (text.Severity, Line: $"::{GitHubFindings.Kind(text.Severity)} title=pgroll::{GitHubFindings.Data(text.Text)}"))
            .Concat(findings.OrderBy(finding => isChanged(finding) ? 0 : 1).Select(finding => (finding.Severity, Line: GitHubFindings.Line(finding))));
        return lines.GroupBy(line => line.Severity).OrderByDescending(kind => kind.Key).SelectMany(Limited);
    }

    static IEnumerable<string> Limited(IGrouping<Severity, (Severity Severity, string Line)> kind)
    {
        var all = kind.Select(line => line.Line).ToList();
        return all.Count <= Shown ? all : [.. all.Take(Shown - 1), $"::{GitHubFindings.Kind(kind.Key)} title=pgroll::{all.Count - Shown + 1} more are in the job summary."];
    }
}
