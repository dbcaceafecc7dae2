using System.Diagnostics;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification.Databases;
using PgRoll.Build.Linting;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Verification;

/// <summary>
/// Proves migrations on databases of its own: each of them starts, is written to through both versions, is rolled back, started again and
/// completed, and whatever is not as the files say is a finding.
/// </summary>
public sealed class Verifier(VerifierOptions options)
{
    /// <summary>Proves the migrations that the options name.</summary>
    /// <param name="files">All migrations, in the order in which they are applied.</param>
    /// <param name="ct">Cancels; the databases are dropped all the same.</param>
    /// <exception cref="PgRollException">The files have errors, the history does not replay, or the server cannot be reached, or refuses what is needed.</exception>
    public async Task<Verification> VerifyAsync(IReadOnlyList<MigrationFile> files, CancellationToken ct = default)
    {
        var watch = Stopwatch.StartNew();
        var set = MigrationSet.Check(files, Schema.Empty(options.Runner.Schema));
        if (set.HasErrors)
            throw new PgRollException([.. set.Diagnostics.Where(d => d.Severity == Severity.Error)]);
        try
        {
            await using var server = await VerifyServer.OpenAsync(options.Runner, ct);
            using var run = new VerifyRun(options, server, set, files);
            var rollouts = await run.RunAsync(ct);
            var found = rollouts.SelectMany(r => r.Findings).DistinctBy(f => (f.Rule, f.Location, f.Severity)).ToList();
            var (inForce, suppressed) = Suppressions.Of(set.Migrations, needsReason: false, new()).Divide(MigrationSet.InOrder(found, files));
            return new(server.Major, server.Version, rollouts) { Findings = inForce, Suppressed = suppressed, Elapsed = watch.Elapsed, ReusedPrefix = run.ReusedPrefix };
        }
        catch (Exception error) when (ServerError.Of("verify", error) is { } failure)
        {
            throw failure;
        }
    }
}
