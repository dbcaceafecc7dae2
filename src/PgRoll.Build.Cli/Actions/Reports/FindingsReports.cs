using PgRoll.Build.Cli.Output.Findings;

namespace PgRoll.Build.Cli.Actions.Reports;

/// <summary>Findings as files for other steps: SARIF for code scanning, JSON for everybody. They are written always, where nobody names a place into the job's temporary folder.</summary>
static class FindingsReports
{
    /// <param name="run">The step.</param>
    /// <param name="findings">What was found.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="json">What JSON tells besides, with the findings in it.</param>
    public static async Task WriteAsync(ActionRun run, LintResult findings, CancellationToken ct, string? json = null)
    {
        await WriteAsync(run, "sarif-path", run.Inputs.SarifFile, "sarif", SarifFindings.Write(findings), ct);
        await WriteAsync(run, "report-path", run.Inputs.ReportFile, "json", json ?? JsonFindings.Write(findings), ct);
    }

    static async Task WriteAsync(ActionRun run, string output, string? file, string extension, string text, CancellationToken ct)
    {
        if ((file ?? (run.Settings.Variable("RUNNER_TEMP") is { } folder ? Path.Combine(folder, $"pgroll-{Guid.NewGuid():N}.{extension}") : null)) is not { } path)
            return;
        await MigrationPath.WriteAsync(path, text + "\n", ct);
        run.Outputs[output] = path;
    }
}
