using System.Text;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Cli.Output.Plans;
using PgRoll.Build.Engine.Verification;

namespace PgRoll.Build.Cli.Output.Verifications;

/// <summary>For a pull request: what was found, and in a fold for each rollout its times, locks and the tables before and after.</summary>
static class VerifyMarkdown
{
    public static string Write(VerifyResult result)
    {
        if (result.Servers.Count == 0)
            return MarkdownFindings.Write(result.Findings);
        var text = new StringBuilder();
        Line(text, $"## Verified on PostgreSQL {string.Join(", ", result.Servers.Select(server => MarkdownFindings.Cell(server.ServerVersion)))}\n");
        Line(text, $"{MarkdownFindings.Write(result.Findings)}");
        return $"{text}\n{Rollouts(result)}";
    }

    /// <summary>What was seen, without what was found.</summary>
    public static string Rollouts(VerifyResult result)
    {
        var text = new StringBuilder();
        foreach (var server in result.Servers)
        {
            Line(text, $"{MarkdownFindings.Cell(VerifyWords.Server(server))}\n");
            foreach (var rollout in server.Rollouts)
                Write(text, rollout, result, hasTables: server == result.Servers[0]);
        }
        return text.ToString().TrimEnd();
    }

    static void Write(StringBuilder text, ProvedRollout rollout, VerifyResult result, bool hasTables)
    {
        var rules = result.Of(rollout).Select(finding => finding.Rule.Id).Distinct().ToList();
        Line(text, $"<details><summary>{(rules.Count == 0 ? "✅" : "⚠️")} {MarkdownFindings.Cell(VerifyWords.Name(rollout))}{(rules.Count == 0 ? "" : $": {string.Join(", ", rules)}")}</summary>\n");
        Phases(text, rollout);
        List(text, "Rows tried", rollout.Tables.Select(VerifyWords.Rows));
        List(text, "Growth", rollout.Growth.Select(VerifyWords.Growth));
        if (hasTables && TableDiagram.Write(rollout.Before, rollout.After) is { Length: > 0 } diagram)
            Line(text, diagram);
        Line(text, "</details>\n");
    }

    static void Phases(StringBuilder text, ProvedRollout rollout)
    {
        if (rollout.Phases.Count == 0)
            return;
        Line(text, "| | time | locks |\n|---|--:|---|");
        foreach (var phase in rollout.Phases)
            Line(text, $"| {phase.Name} | {TimeText.Measured(phase.Elapsed)} | {string.Join("<br>", phase.Locks.Select(held => MarkdownFindings.Cell(VerifyWords.Lock(held))))} |");
        Line(text, "");
    }

    static void List(StringBuilder text, string title, IEnumerable<string> words)
    {
        if (string.Join("; ", words.Select(MarkdownFindings.Cell)) is { Length: > 0 } line)
            Line(text, $"{title}: {line}.\n");
    }

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
