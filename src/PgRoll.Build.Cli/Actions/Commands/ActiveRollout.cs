using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary>What becomes of a rollout that is active when another is to begin: input <c>if-active</c>.</summary>
static class ActiveRollout
{
    /// <returns>Whether one is active now; the engine goes on with it only where it is of the same files.</returns>
    public static async Task<bool> HandleAsync(ActionRun run, CancellationToken ct)
    {
        if ((await run.StatusAsync(ct)).State != "In progress")
            return false;
        var name = run.Outputs["migration"];
        switch (run.Inputs.IfActive)
        {
            case "fail":
                throw new PgRollException(ExitReason.NotNow, $"Migration '{name}' is active, and `if-active` is `fail`. Run `complete` or `rollback` first.");
            case "rollback" when !run.Inputs.IsDryRun:
                await run.Runner().RollbackAsync(ct);
                run.Notices.Warn($"Migration '{name}' was active and is taken back, as `if-active: rollback` says.");
                return false;
            default:
                return true;
        }
    }
}
