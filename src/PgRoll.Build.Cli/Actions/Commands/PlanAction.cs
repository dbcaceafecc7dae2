using PgRoll.Build.Cli.Actions.Reports;
using PgRoll.Build.Cli.Commands;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary><c>plan</c>: what start, complete and rollback would do; on the database where one is named, else on what the files make.</summary>
sealed class PlanAction : ActionVerb
{
    public override string Name => "plan";

    public override async Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct)
    {
        var findings = await LintAction.LintAsync(run, ct);
        // Of what is in error there is no plan.
        if (LintAction.Code(run, findings) is ExitReason.Findings || findings.Count(Severity.Error) > 0)
            return LintAction.Code(run, findings);
        var planned = run.HasDatabase ? await OnlineAsync(run, asksRows: true, ct) : PlanCommand.Offline(run.Settings, run.Inputs.Path);
        run.Summary.Plan = planned;
        run.Summary.Headline = planned is null ? "Nothing to plan: the database has all of these migrations." : null;
        run.Summary.Next = "";
        await run.Log.Text.WriteLineAsync(planned is null ? run.Summary.Headline : PlanScript.Write(planned.Plan).TrimEnd());
        return planned is null ? ExitReason.Done : await JudgeAsync(run, planned, ct);
    }

    /// <summary>Notes a plan, and what the database itself has against it beside what is found in the files.</summary>
    public static async Task<ExitReason> JudgeAsync(ActionRun run, PlanResult planned, CancellationToken ct)
    {
        Note(run, planned);
        var (live, known) = (PlanCommand.Findings(run.Inputs.Path, planned), run.Findings ?? new([], [], []));
        var files = known.Files.Count > 0 ? known.Files : live.Files;
        run.Found(new(files,
            [.. known.Findings, .. live.Findings.Where(finding => RuleCatalog.Live.Contains(finding.Rule))],
            [.. known.Suppressed, .. live.Suppressed.Where(suppressed => RuleCatalog.Live.Contains(suppressed.Finding.Rule))]));
        await FindingsReports.WriteAsync(run, run.Findings!, ct);
        return LintAction.Code(run, run.Findings!);
    }

    /// <summary>What is planned on the database that is named.</summary>
    /// <param name="run">The step.</param>
    /// <param name="asksRows">Whether the rows are asked too: not where a start does so at once.</param>
    /// <param name="ct">Cancels.</param>
    public static Task<PlanResult?> OnlineAsync(ActionRun run, bool asksRows, CancellationToken ct) =>
        run.Runner(options => MigrationPath.Means(run.Inputs.Path, asksRows ? options : options with { RowCheckTime = TimeSpan.Zero })).PlanAsync(run.Files(), ct);

    /// <summary>What a plan says for the outputs.</summary>
    public static void Note(ActionRun run, PlanResult planned)
    {
        run.Outputs.Set("migrations", planned.Migrations);
        run.Outputs.Set("pending-count", planned.Migrations.Count + planned.Later.Count);
        run.Outputs.Set("reversible", !planned.Plan.Start.SelectMany(stage => stage.Steps).Any(step => step is RawStep { Undo: null }));
    }
}
