using System.Text.Json;
using System.Text.Json.Serialization;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Engine.Verification;

namespace PgRoll.Build.Cli.Output.Verifications;

/// <summary>For programs: as <c>lint --format json</c>, and what was measured.</summary>
static class VerifyJson
{
    public static string Write(VerifyResult result) => JsonSerializer.Serialize(VerifyReport.Of(result), JsonOutput.Reports.VerifyReport);
}

/// <summary>What <c>verify --format json</c> prints.</summary>
/// <param name="FormatVersion">Grows when a key goes or changes its meaning.</param>
/// <param name="Migrations">How many migrations were proved.</param>
/// <param name="Findings">What was found.</param>
/// <param name="Suppressed">What was found and judged already.</param>
/// <param name="Errors">How many findings are errors.</param>
/// <param name="Warnings">How many are warnings.</param>
/// <param name="Servers">What was seen on each server.</param>
sealed record VerifyReport(
    [property: JsonPropertyOrder(-1)] int FormatVersion, int Migrations, IReadOnlyList<FindingReport> Findings, IReadOnlyList<SuppressedReport> Suppressed, int Errors, int Warnings,
    IReadOnlyList<VerifiedServer> Servers)
{
    public static VerifyReport Of(VerifyResult result)
    {
        var found = LintReport.Of(result.Findings);
        return new(1, found.Migrations, found.Findings, found.Suppressed, found.Errors, found.Warnings, [.. result.Servers.Select(VerifiedServer.Of)]);
    }
}

/// <summary>A server and what was proved on it.</summary>
sealed record VerifiedServer(int Major, string Version, double Seconds, string? ReusedPrefix, IReadOnlyList<VerifiedRollout> Rollouts)
{
    public static VerifiedServer Of(Verification server) =>
        new(server.ServerMajor, server.ServerVersion, server.Elapsed.TotalSeconds, server.ReusedPrefix, [.. server.Rollouts.Select(VerifiedRollout.Of)]);
}

/// <summary>A rollout that was taken all the way.</summary>
sealed record VerifiedRollout(IReadOnlyList<string> Migrations, IReadOnlyList<VerifiedPhase> Phases, IReadOnlyList<ExercisedTable> Tables, IReadOnlyList<VerifiedGrowth> Growth)
{
    public static VerifiedRollout Of(ProvedRollout rollout) => new(
        rollout.Migrations,
        [.. rollout.Phases.Select(phase => new VerifiedPhase(phase.Name, phase.Elapsed.TotalSeconds, phase.Locks, [.. phase.Steps.Select(step => new VerifiedStep(step.Why, step.Elapsed.TotalSeconds))]))],
        rollout.Tables,
        [.. rollout.Growth.Select(time => new VerifiedGrowth(time.Rows, time.Start.TotalSeconds, time.Complete.TotalSeconds))]);
}

/// <summary>start, rollback or complete.</summary>
sealed record VerifiedPhase(string Name, double Seconds, IReadOnlyList<TakenLock> Locks, IReadOnlyList<VerifiedStep> Steps);

/// <summary>A step of one.</summary>
sealed record VerifiedStep(string Why, double Seconds);

/// <summary>The times with so many rows.</summary>
sealed record VerifiedGrowth(int Rows, double StartSeconds, double CompleteSeconds);
