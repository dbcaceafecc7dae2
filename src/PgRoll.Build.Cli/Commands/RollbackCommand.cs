using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>rollback</c>: takes the active migration back.</summary>
sealed class RollbackCommand : Verb
{
    readonly RolloutLimits _limits = new();

    public RollbackCommand(GlobalSettings global) : base("rollback", global,
        "Take the active migration back: one transaction, after which only the old version of the schema is left. "
        + "It works from wherever `start` was interrupted.") =>
        _limits.AddTo(this);

    public override IReadOnlyList<string> Examples => ["dotnet pgroll rollback  # once no instance of the new application is running"];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        await run.WithRunnerAsync(runner => runner.RollbackAsync(ct), options => _limits.Apply(run, options));
        await run.Out.WriteLineAsync("Migration rolled back. Changes made since the last version have been reverted");
        return ExitReason.Done;
    }
}
