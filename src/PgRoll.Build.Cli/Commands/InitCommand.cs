using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>init</c>: makes the state schema.</summary>
sealed class InitCommand : Verb
{
    public InitCommand(GlobalSettings global) : base("init", global,
        "Make the tool's own tables in the database, or bring older ones up to date. Safe to repeat; needs no superuser.") => Add(new JsonOption());

    public override IReadOnlyList<string> Examples => ["PGROLL_PG_URL=postgres://app@db/shop dotnet pgroll init"];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        await run.WithRunnerAsync(async runner =>
        {
            await runner.InitializeAsync(ct);
            return true;
        });
        await run.ReportAsync(new(run.StateSchema), JsonOutput.Reports.InitReport, $"Schema '{run.StateSchema}' is ready: migrations can be started.");
        return ExitReason.Done;
    }
}
