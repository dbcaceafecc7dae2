using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>complete</c>: ends the old version.</summary>
sealed class CompleteCommand : Verb
{
    readonly RolloutLimits _limits = new();

    public CompleteCommand(GlobalSettings global) : base("complete", global,
        "Complete the active migration: one transaction, after which only the new version of the schema is left.") => _limits.AddTo(this);

    public override IReadOnlyList<string> Examples => ["dotnet pgroll complete  # once no instance of the old application is running"];

    public static async Task CompleteAsync(Invocation run, Func<RunnerOptions, RunnerOptions> configure, CancellationToken ct)
    {
        await run.WithRunnerAsync(runner => runner.CompleteAsync(ct), configure);
        await run.Out.WriteLineAsync("Migration successful!");
    }

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        await CompleteAsync(run, options => _limits.Apply(run, options), ct);
        return ExitReason.Done;
    }
}
