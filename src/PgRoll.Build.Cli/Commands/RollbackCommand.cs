using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>rollback</c>: takes the active migration back.</summary>
sealed class RollbackCommand : Verb
{
    readonly RolloutLimits _limits = new();

    public RollbackCommand(GlobalSettings global) : base("rollback", global,
        "Take the active migration back: one transaction, after which only the old version of the schema is left. "
        + "It works from wherever `start` was interrupted.")
    {
        _limits.AddTo(this);
        Add(new JsonOption());
    }

    public override IReadOnlyList<string> Examples => ["dotnet pgroll rollback  # once no instance of the new application is running"];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var (migrations, version) = await run.WithRunnerAsync(
            async runner => (await runner.RollbackAsync(ct), (await runner.StatusAsync(ct)).VersionSchema), options => _limits.Apply(run, options));
        await run.ReportAsync(EndReport.Of("rolled-back", migrations, version), JsonOutput.Reports.EndReport,
            $"{string.Join(", ", migrations)} {(migrations.Count > 1 ? "are" : "is")} taken back{(version is null ? "" : $": version {version} is the only one again")}.");
        return ExitReason.Done;
    }
}
