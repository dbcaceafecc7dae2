using System.Globalization;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Output;

/// <summary>A status for people: what is known, a line each.</summary>
static class StatusText
{
    public static async Task WriteAsync(TextWriter output, RunnerStatus status)
    {
        await LineAsync("Schema", status.Schema);
        await LineAsync("Status", status.State);
        await LineAsync("Migration", status.Migration);
        await LineAsync("Version schema", status.VersionSchema);
        await LineAsync("Started", status.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        await LineAsync("Phase", status.Phase switch
        {
            null => null,
            "Active" => "Active: both versions are live",
            var phase => $"{phase}, {status.StepsDone} of {status.Steps} steps done",
        });
        await LineAsync("Not by pgroll", status.PgrollObstacle);

        async Task LineAsync(string name, string? value)
        {
            if (value is not null)
                await output.WriteLineAsync($"{name + ":",-15} {value}");
        }
    }
}
