using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary><c>complete</c>: ends the old version, for workflows that a person starts.</summary>
sealed class CompleteAction : ActionVerb
{
    public override string Name => "complete";

    public override Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct) => RolloutEnding.CompleteAsync(run, ct);
}
