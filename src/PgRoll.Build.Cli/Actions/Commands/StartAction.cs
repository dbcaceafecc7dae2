using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary><c>start</c>: begins a rollout before the deploy, or goes on with the one that the same files began.</summary>
sealed class StartAction : ActionVerb
{
    public override string Name => "start";

    public override async Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct)
    {
        var files = run.Files();
        if (run.Inputs.IsDryRun)
            return await DryAsync(run, ct);
        await run.Runner().InitializeAsync(ct);
        var isActive = await ActiveRollout.HandleAsync(run, ct);
        if (!isActive && await PlanAction.OnlineAsync(run, asksRows: false, ct) is { } planned)
        {
            run.Summary.Plan = planned;
            PlanAction.Note(run, planned);
        }
        var started = await run.Runner(options => MigrationPath.Means(run.Inputs.Path, options with { MultiplePending = run.Inputs.MultiplePending, IsRepeatable = true })).StartAsync(files, ct);
        await run.StatusAsync(ct);
        if (started is null)
            return Nothing(run);
        run.Outputs.Did(isActive ? "resumed" : "started", started.Migrations);
        // An application that is built from these files needs the version of the last one.
        if (files[^1].Name != started.Migration)
            throw new PgRollException(ExitReason.NotNow,
                $"'{started.Migration}' is active, and '{files[^1].Name}' comes after it: finish the rollout of '{started.Migration}' with `complete` or `rollback`, then start again.");
        run.Outputs.Set("started", true);
        run.Summary.Headline = $"{(isActive ? "Already started" : "Started")} {string.Join(", ", started.Migrations.Select(MarkdownFindings.Code))}{(started.VersionSchema is { } version ? $": the new application uses {MarkdownFindings.Code(version)}" : "")}.";
        run.Summary.Next = "deploy the application, then run `finish` with the deploy's result.";
        await run.Log.Text.WriteLineAsync($"{(isActive ? "Already started" : "Started")} {string.Join(", ", started.Migrations)}. Clients of the new version use schema {started.VersionSchema}.");
        return ExitReason.Done;
    }

    static ExitReason Nothing(ActionRun run)
    {
        run.Outputs.Did("nothing-pending", []);
        run.Summary.Headline = "Nothing to do: the database has all of these migrations.";
        run.Log.Text.WriteLine(run.Summary.Headline);
        if (!run.Inputs.IsPendingExpected)
            return ExitReason.Done;
        run.Notices.Fail("No migration is pending, and `if-none-pending` is `fail`.");
        return ExitReason.NotNow;
    }

    /// <summary>It leaves nothing in the database, its own tables neither.</summary>
    static async Task<ExitReason> DryAsync(ActionRun run, CancellationToken ct)
    {
        run.Summary.Plan = await PlanAction.OnlineAsync(run, asksRows: true, ct);
        run.Summary.Headline = run.Summary.Plan is null ? "Dry run: nothing is pending." : "Dry run: this is what `start` would do.";
        await run.Log.Text.WriteLineAsync(run.Summary.Headline);
        return run.Summary.Plan is { } planned ? await PlanAction.JudgeAsync(run, planned, ct) : ExitReason.Done;
    }
}
