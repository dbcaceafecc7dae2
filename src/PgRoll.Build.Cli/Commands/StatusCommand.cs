using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>status</c>: what the database is at.</summary>
sealed class StatusCommand : Verb
{
    public StatusCommand(GlobalSettings global) : base("status", global,
        "Tell what the database is at, how far a start has come, who started it, and what to do next. "
        + "With --json it begins with pgroll's keys: schema, version, and status, which is `No migrations`, `In progress` or `Complete`.") =>
        Add(new JsonOption());

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll status",
        "dotnet pgroll status --json | jq -r .status",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var (status, drift) = await run.WithRunnerAsync(async runner => (await runner.StatusAsync(ct), await runner.DriftAsync(ct)));
        if (run.IsJson)
            await JsonOutput.WriteAsync(run.Out, StatusReport.Of(status, drift), JsonOutput.Reports.StatusReport);
        else
            await StatusText.WriteAsync(run.Out, status, drift);
        return ExitReason.Done;
    }
}
