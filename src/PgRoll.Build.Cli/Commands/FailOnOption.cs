using System.CommandLine;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary>From which severity on findings are a failure.</summary>
sealed class FailOnOption : Option<string>
{
    public FailOnOption() : base("--fail-on")
    {
        Description = "The least severity that ends with exit code 1: error, warning, info, or never.";
        DefaultValueFactory = static _ => "error";
        HelpName = "SEVERITY";
        this.AcceptOnlyFromAmong("error", "warning", "info", "never");
    }

    public ExitReason Judge(Invocation run, LintResult result)
    {
        Severity? failOn = run.Value(this) switch { "error" => Severity.Error, "warning" => Severity.Warning, "info" => Severity.Info, _ => null };
        return result.Findings.Any(finding => finding.Severity >= failOn) ? ExitReason.Findings : ExitReason.Done;
    }
}
