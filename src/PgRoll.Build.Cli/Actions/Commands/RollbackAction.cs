using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary><c>rollback</c>: takes the active rollout back, for workflows that a person starts.</summary>
sealed class RollbackAction : ActionVerb
{
    public override string Name => "rollback";

    public override Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct) => RolloutEnding.RollbackAsync(run, ct);
}
