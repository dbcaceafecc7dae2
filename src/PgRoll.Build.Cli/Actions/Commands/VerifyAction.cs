using PgRoll.Build.Cli.Actions.Reports;
using PgRoll.Build.Cli.Output.Verifications;
using PgRoll.Build.Cli.Verifying;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary><c>verify</c>: proves migrations on a throw-away server of the job; the database that is named, if any, is none of its business.</summary>
sealed class VerifyAction : ActionVerb
{
    public override string Name => "verify";

    public override async Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct)
    {
        var files = run.Files();
        FileVersions.Note(run, files, run.Settings.Schema);
        var proof = new Proof(files, VerifyScope.Of(files, run.Inputs.Path, run.Inputs.Since, await run.ChangedAsync(ct)))
        {
            Majors = run.Inputs.ServerVersions,
            SetupFile = run.Inputs.SetupFile,
            DataFile = run.Inputs.DataFile,
        };
        var result = proof.Migrations.Count == 0 ? new([], new([], [], [])) : await proof.MakeAsync(run.Settings, ct);
        run.Found(result.Findings);
        run.Outputs.Set("migrations", [.. files.Select(file => file.Name).Where(proof.Migrations.Contains)]);
        run.Summary.Proof = result;
        run.Summary.Headline = proof.Migrations.Count == 0 ? VerifyScope.Nothing(files) : result.Findings.Findings.Count + result.Findings.Suppressed.Count == 0 ? result.Findings.Summary() : null;
        await run.Log.Text.WriteLineAsync(proof.Migrations.Count == 0 ? VerifyScope.Nothing(files) : VerifyText.Write(result));
        await FindingsReports.WriteAsync(run, result.Findings, ct, VerifyJson.Write(result));
        return LintAction.Code(run, result.Findings);
    }
}
