using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary><c>migrate</c>: starts and completes all that is pending, for databases that no running application uses.</summary>
sealed class MigrateAction : ActionVerb
{
    public override string Name => "migrate";

    public override async Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct)
    {
        var files = run.Files();
        await run.Runner().InitializeAsync(ct);
        await ActiveRollout.HandleAsync(run, ct);
        var runner = run.Runner(options => MigrationPath.Means(run.Inputs.Path, options with { MultiplePending = MultiplePending.CompleteEarlier, IsRepeatable = true }));
        List<string> done = [];
        // What was interrupted is gone on with first, then comes the rest.
        while (await runner.StartAsync(files, ct) is not null)
            done.AddRange(await runner.CompleteAsync(ct));
        await run.StatusAsync(ct);
        run.Outputs.Did(done.Count == 0 ? "nothing-pending" : "completed", done);
        run.Summary.Headline = done.Count == 0 ? "Nothing to do: the database has all of these migrations." : "All that was pending is complete.";
        await run.Log.Text.WriteLineAsync(run.Summary.Headline);
        return ExitReason.Done;
    }
}
