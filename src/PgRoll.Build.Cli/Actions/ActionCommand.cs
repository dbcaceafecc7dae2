using System.Diagnostics;
using PgRoll.Build.Cli.Actions.Workflow;
using PgRoll.Build.Cli.Commands;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions;

/// <summary><c>action</c>: a step of a GitHub workflow. Everything it is told stands in the environment, as action.yml puts it there.</summary>
sealed class ActionCommand : Verb
{
    public ActionCommand(GlobalSettings global) : base("action", global,
        "Run as a step of a GitHub workflow: action.yml calls it, with its inputs in the environment.") => Hidden = true;

    public override IReadOnlyList<string> Examples => ["PGROLL_IN_COMMAND=lint dotnet pgroll action  # what `uses:` with `command: lint` does"];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        using var log = new WorkflowLog(run.Out);
        var inputs = new ActionInputs(run.Variable);
        var secrets = DatabaseSecrets.Of(inputs, run.Variable);
        foreach (var secret in secrets.Masked)
            log.Mask(secret);
        var action = new ActionRun(run, inputs, log);
        var code = await ActAsync(action, secrets, ct);
        await action.ReportAsync(code, watch.Elapsed, secrets);
        return code;
    }

    static async Task<ExitReason> ActAsync(ActionRun action, DatabaseSecrets secrets, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            action.Inputs.Check();
            if (secrets.Warning is { } warning)
                action.Notices.Warn(warning);
            if (action.Inputs.Timeout is { } timeout && timeout > TimeSpan.Zero)
                limited.CancelAfter(timeout);
            return await ActionCatalog.Find(action.Inputs.Command).RunAsync(action, limited.Token);
        }
#pragma warning disable CA1031 // Whatever ends the step has an exit code, and outputs, annotation and summary beside it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var isTimeout = limited.IsCancellationRequested && !ct.IsCancellationRequested;
            await action.FailAsync(error, isTimeout);
            return ExitCodes.Of(error);
        }
    }
}
