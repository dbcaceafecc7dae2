using PgRoll.Build.Cli.Actions.Reports;
using PgRoll.Build.Cli.Commands;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary><c>lint</c>: errors and risks of the files, without a database.</summary>
sealed class LintAction : ActionVerb
{
    public override string Name => "lint";

    public override async Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct)
    {
        var result = await LintAsync(run, ct);
        run.Summary.Headline = result.Findings.Count + result.Suppressed.Count == 0 ? result.Summary() : null;
        await run.Log.Text.WriteLineAsync(TextFindings.Write(result));
        return Code(run, result);
    }

    /// <summary>Lints the files, writes the reports, and says which version the files make.</summary>
    public static async Task<LintResult> LintAsync(ActionRun run, CancellationToken ct)
    {
        var files = run.Files();
        var schema = run.Settings.Schema;
        await run.FoundAsync(LintCommand.Lint(files, run.Inputs.Path, schema, run.Inputs.Since, run.Inputs.NeedsReasons), ct);
        FileVersions.Note(run, files, schema);
        await FindingsReports.WriteAsync(run, run.Findings!, ct);
        return run.Findings!;
    }

    public static ExitReason Code(ActionRun run, LintResult result) =>
        result.Findings.Any(finding => finding.Severity >= run.Inputs.FailOn) ? ExitReason.Findings : ExitReason.Done;
}
