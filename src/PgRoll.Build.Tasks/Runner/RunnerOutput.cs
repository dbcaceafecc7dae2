using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Tasks.Runner;

/// <summary>What the lines are that the runner prints: findings, which a build tells as its own; the reason why it failed; or text.</summary>
sealed class RunnerOutput
{
    const string Failure = "Error: ";

    // A plan has them as comments of its SQL.
    static readonly Regex FindingLine = new(
        @"^(?:-- )?(?<file>.+?)\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning|info) (?<code>PGR\d{4}): (?<message>.*)$",
        RegexOptions.CultureInvariant);

    readonly StringBuilder _error = new();

    /// <summary>Why it failed; empty where it did not say.</summary>
    public string Error => _error.ToString().Trim();

    /// <param name="line">What it printed.</param>
    /// <param name="isError">Whether on standard error.</param>
    public Line Read(string line, bool isError)
    {
        if (isError && (_error.Length > 0 || line.StartsWith(Failure, StringComparison.Ordinal)))
        {
            _error.Append(_error.Length > 0 ? line : line.Substring(Failure.Length)).Append('\n');
            return new Reason();
        }
        return FindingLine.Match(line) is { Success: true } match && RuleCatalog.Find(match.Groups["code"].Value) is { } rule
            ? new Finding(
                rule, Severity(match.Groups["severity"].Value), match.Groups["message"].Value,
                match.Groups["file"].Value, Number(match.Groups["line"]), Number(match.Groups["column"]))
            : new Text();
    }

    static Severity Severity(string word) => word switch
    {
        "error" => Diagnostics.Severity.Error,
        "warning" => Diagnostics.Severity.Warning,
        _ => Diagnostics.Severity.Info,
    };

    static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    public abstract record Line;

    /// <summary>To be printed as it is.</summary>
    public sealed record Text : Line;

    /// <summary>A part of the reason why it failed.</summary>
    public sealed record Reason : Line;

    /// <summary>A finding.</summary>
    public sealed record Finding(Rule Rule, Severity Severity, string Message, string File, int Line, int Column) : Line;
}
