using PgRoll.Build.Cli.Output;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary><c>status</c>: what the database is at.</summary>
sealed class StatusAction : ActionVerb
{
    public override string Name => "status";

    public override async Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct)
    {
        await StatusText.WriteAsync(run.Log.Text, await run.StatusAsync(ct), drift: null);
        return ExitReason.Done;
    }
}
