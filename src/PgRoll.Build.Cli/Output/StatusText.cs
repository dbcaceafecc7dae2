using System.Globalization;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Output;

/// <summary>A status for people: what is known, a line each, and what to do next.</summary>
static class StatusText
{
    public static async Task WriteAsync(TextWriter output, RunnerStatus status, DriftReport? drift)
    {
        await LineAsync("Schema", status.Schema);
        await LineAsync("Status", status.State);
        await LineAsync("Version", status.PreviousVersionSchema is { } old ? $"{status.VersionSchema}; the old one is {old}" : status.VersionSchema);
        await LineAsync("Migration", status.Migrations.Count > 1 ? string.Join(", ", status.Migrations) : status.Migration);
        await LineAsync("Phase", Phase(status));
        foreach (var backfill in status.Backfills)
            await LineAsync("Backfill", string.Create(CultureInfo.InvariantCulture, $"{backfill.Table}: {backfill.Fraction:0%} of the table passed, {backfill.Rows:N0} rows filled{(backfill.Remaining is { } left ? $", {backfill.RowsPerSecond:N0} rows/s, {TimeText.Of(left)} left" : "")}"));
        await LineAsync("Started", Started(status));
        await LineAsync("Drift", drift?.Differences.Count switch
        {
            null => null,
            0 => "none: the schema is as it was recorded",
            1 => "1 difference from the recorded schema; `drift` tells it",
            var count => $"{count} differences from the recorded schema; `drift` lists them",
        });
        await LineAsync("Note", status.PgrollObstacle is { } obstacle ? $"pgroll itself cannot end it: {obstacle}" : null);
        await LineAsync("Next", Next(status));

        async Task LineAsync(string name, string? value)
        {
            if (value is not null)
                await output.WriteLineAsync($"{name + ":",-10} {value}");
        }
    }

    /// <summary>What the person who looks may want to do.</summary>
    public static string Next(RunnerStatus status) => (status.Phase, status.State) switch
    {
        ("Starting", _) => "`start` goes on where it stopped, unless somebody's still runs; `rollback` takes it back.",
        ("Completed", _) => "`complete` does what is left: the old version's views are still to be dropped.",
        ("RolledBack", _) => "`start` does what is left of the rollback, and begins anew.",
        (_, "In progress") => "deploy the application for this version, then `complete`; or `rollback`.",
        (_, "No migrations") => "`start` begins with the first migration.",
        _ => "nothing is active; `start` begins the next migration.",
    };

    static string? Phase(RunnerStatus status) => status.Phase switch
    {
        null => null,
        "Active" => "both versions are live",
        "Starting" => $"starting: {status.StepsDone} of {status.Steps} steps done",
        "Completed" => $"complete, cleaning up: {status.StepsDone} of {status.Steps} steps done",
        _ => $"rolled back, cleaning up: {status.StepsDone} of {status.Steps} steps done",
    };

    static string? Started(RunnerStatus status)
    {
        if (status is not { StartedAt: { } at, Age: { } age })
            return null;
        var by = (status.Owner.GetValueOrDefault("user"), status.Owner.GetValueOrDefault("host")) is ({ } user, { } host)
            ? $" by {user} on {host}{(status.Owner.GetValueOrDefault("tool") is { } tool ? $" ({tool})" : "")}" : "";
        var within = status.Owner.GetValueOrDefault("repository") is { } repository
            ? $", run {status.Owner.GetValueOrDefault("run")} (attempt {status.Owner.GetValueOrDefault("attempt")}) of {repository} at {status.Owner.GetValueOrDefault("sha")} for {status.Owner.GetValueOrDefault("actor")}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {TimeText.Of(age)} ago{by}{within}");
    }
}
