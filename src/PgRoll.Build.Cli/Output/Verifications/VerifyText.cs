using System.Globalization;
using System.Text;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Engine.Verification;

namespace PgRoll.Build.Cli.Output.Verifications;

/// <summary>For people at a terminal: what each rollout did on the way, then what was found.</summary>
static class VerifyText
{
    public static string Write(VerifyResult result)
    {
        var text = new StringBuilder();
        foreach (var server in result.Servers)
        {
            text.AppendLine(VerifyWords.Server(server)).AppendLine();
            foreach (var rollout in server.Rollouts)
                Write(text, rollout, result);
        }
        return text.Append(TextFindings.Write(result.Findings)).ToString();
    }

    static void Write(StringBuilder text, ProvedRollout rollout, VerifyResult result)
    {
        text.AppendLine(VerifyWords.Name(rollout));
        foreach (var phase in rollout.Phases)
            text.AppendLine($"  {phase.Name,-9}{TimeText.Measured(phase.Elapsed),8}  {string.Join(", ", phase.Locks.Select(VerifyWords.Lock))}".TrimEnd());
        Line(text, "rows", rollout.Tables.Select(VerifyWords.Rows));
        Line(text, "growth", rollout.Growth.Select(VerifyWords.Growth));
        Line(text, "found", result.Of(rollout).GroupBy(finding => finding.Rule.Id).Select(rule => rule.Count() == 1 ? rule.Key : $"{rule.Key} ({rule.Count()} times)"));
        text.AppendLine();
    }

    static void Line(StringBuilder text, string name, IEnumerable<string> words)
    {
        if (string.Join("; ", words) is { Length: > 0 } line)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-9}{line}");
    }
}
