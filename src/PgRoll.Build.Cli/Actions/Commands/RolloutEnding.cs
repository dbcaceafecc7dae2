using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Commands;

/// <summary>What <c>complete</c>, <c>rollback</c> and <c>finish</c> do to the rollout that they expect.</summary>
static class RolloutEnding
{
    public static async Task<ExitReason> CompleteAsync(ActionRun run, CancellationToken ct)
    {
        var before = await BeginAsync(run, ct);
        // Repeated after its answer was lost, it has nothing to do, and what was wanted is so.
        if (before is { State: "Complete", Phase: null } && IsExpected(run, before))
        {
            run.Outputs.Did("completed", []);
            return Tell(run, $"{before.Migration} is complete already: nothing to do.");
        }
        if (run.Inputs.IsDryRun)
        {
            Require(run, before);
            return Tell(run, $"Dry run: `complete` would end the old version{(before.PreviousVersionSchema is { } old ? $" {MarkdownFindings.Code(old)}" : "")}.");
        }
        var migrations = await Runner(run).CompleteAsync(ct);
        await run.StatusAsync(ct);
        run.Outputs.Did("completed", migrations);
        return Tell(run, $"Completed {Names(migrations)}: the new version is the only one now.");
    }

    public static async Task<ExitReason> RollbackAsync(ActionRun run, CancellationToken ct)
    {
        var before = await BeginAsync(run, ct);
        if (run.Inputs.IsDryRun)
        {
            Require(run, before);
            return Tell(run, $"Dry run: `rollback` would end the new version{(before.VersionSchema is { } version ? $" {MarkdownFindings.Code(version)}" : "")}.");
        }
        var migrations = await Runner(run).RollbackAsync(ct);
        await run.StatusAsync(ct);
        run.Outputs.Did("rolled-back", migrations);
        run.Outputs["state"] = "rolled-back";
        return Tell(run, $"Took back {Names(migrations)}: the old version is the only one again.");
    }

    /// <summary>What only tells looks for itself whether the expected rollout is active; the engine does so under its lock.</summary>
    public static void Require(ActionRun run, RunnerStatus status)
    {
        if (status.State != "In progress")
            throw new PgRollException(ExitReason.NotNow, "Nothing is active: it was completed or taken back meanwhile. Begin with `start` again.");
        if (run.Inputs.ExpectedVersion is { } expected && !IsExpected(run, status))
            throw new PgRollException(ExitReason.NotNow, $"'{expected}' was expected to be active, and it is '{status.Migration}'.");
    }

    static MigrationRunner Runner(ActionRun run) => run.Runner(options => options with { Expected = run.Inputs.ExpectedVersion });

    static async Task<RunnerStatus> BeginAsync(ActionRun run, CancellationToken ct)
    {
        if (run.Inputs.ExpectedVersion is null)
            run.Notices.Warn("Input `expected-version` is empty, so whatever is active is ended. Give it output `version` of the step that started it.");
        return await run.StatusAsync(ct);
    }

    static bool IsExpected(ActionRun run, RunnerStatus status) =>
        run.Inputs.ExpectedVersion is { } expected && (expected == status.Version || expected == status.VersionSchema || expected == status.Migration);

    static string Names(IReadOnlyList<string> migrations) => string.Join(", ", migrations.Select(MarkdownFindings.Code));

    static ExitReason Tell(ActionRun run, string what)
    {
        run.Summary.Headline = what;
        run.Log.Text.WriteLine(what);
        return ExitReason.Done;
    }
}
