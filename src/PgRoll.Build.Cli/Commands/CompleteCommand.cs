using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>complete</c>: ends the old version.</summary>
sealed class CompleteCommand : Verb
{
    readonly RolloutLimits _limits = new();

    public CompleteCommand(GlobalSettings global) : base("complete", global,
        "Complete the active migration: one transaction, after which only the new version of the schema is left.")
    {
        _limits.AddTo(this);
        Add(new JsonOption());
    }

    public override IReadOnlyList<string> Examples => ["dotnet pgroll complete  # once no instance of the old application is running"];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var (migrations, version) = await run.WithRunnerAsync(
            async runner => (await runner.CompleteAsync(ct), (await runner.StatusAsync(ct)).VersionSchema), options => _limits.Apply(run, options));
        await run.ReportAsync(EndReport.Of("completed", migrations, version), JsonOutput.Reports.EndReport,
            $"Completed {string.Join(", ", migrations)}{(migrations.Count > 1 ? " as one rollout" : "")}{(version is null ? "" : $": version {version} is the only one now")}.");
        return ExitReason.Done;
    }
}
