using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary><c>finish</c>: completes or takes back what the deploy's result asks for, or leaves it active and says so.</summary>
sealed class FinishAction : ActionVerb
{
    const string Both = "When the new application runs, run command `complete`; when the old one is back everywhere, run command `rollback`.";

    public override string Name => "finish";

    public override Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct) => run.Inputs.DeployResult switch
    {
        null => throw new PgRollException(ExitReason.Usage, "Command 'finish' needs input 'deploy-result': the result of the job that deploys, success, failure, cancelled or skipped."),
        "success" => RolloutEnding.CompleteAsync(run, ct),
        "failure" when run.Inputs.OnFailure == "rollback" => RolloutEnding.RollbackAsync(run, ct),
        "failure" => LeaveAsync(run, run.Inputs.OnFailure is null
            ? "The deploy failed, and `on-failure` does not say whether the old application is back: the rollout stays active."
            : "The deploy failed, and the rollout stays active, as `on-failure: leave` says.", ct),
        var other when run.Inputs.OnCancelled == "rollback" => RolloutEnding.RollbackAsync(run, ct),
        var other => LeaveAsync(run, $"The deploy was {other}, and instances of the new application may run: the rollout stays active.", ct),
    };

    static async Task<ExitReason> LeaveAsync(ActionRun run, string why, CancellationToken ct)
    {
        var status = await run.StatusAsync(ct);
        RolloutEnding.Require(run, status);
        run.Outputs.Did("left-active", []);
        run.Notices.Warn($"{why} {Both}");
        run.Summary.Headline = why;
        run.Summary.Next = Both;
        await run.Log.Text.WriteLineAsync($"{why} {Both}");
        return ExitReason.Done;
    }
}
