using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>drift</c>: what was changed behind the tool's back.</summary>
sealed class DriftCommand : Verb
{
    public DriftCommand(GlobalSettings global) : base("drift", global,
        "Compare the live schema with the one recorded when the latest migration was completed: tables, columns, constraints, indexes. "
        + "Ends with 0 if nothing differs, with 1 if something does.") =>
        Add(new JsonOption());

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll drift         # in a nightly job: did somebody change the database by hand?",
        "dotnet pgroll drift --json | jq '.differences[].name'",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var drift = await run.WithRunnerAsync(runner => runner.DriftAsync(ct)) ?? throw new PgRollException(ExitReason.NotNow,
            $"There is no record to compare schema '{run.Schema}' with: a migration is active, or none was completed. `status` tells which.");
        await run.ReportAsync(new(run.Schema, drift.Migration, drift.Differences), JsonOutput.Reports.DriftOutput, drift.Differences.Count == 0
            ? $"No drift: schema '{run.Schema}' is as it was after {drift.Migration}."
            : string.Join(Environment.NewLine, [$"Schema '{run.Schema}' is not as it was after {drift.Migration}:", .. drift.Differences.Select(d => $"  {d}")]));
        return drift.Differences.Count == 0 ? ExitReason.Done : ExitReason.Findings;
    }
}
