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
    // Without schemas of their own two versions cannot be told apart, whatever the application does.
    readonly VerifierOptions _options = options with { Runner = options.Runner with { UseVersionSchema = true } };

    /// <summary>Proves the migrations that the options name.</summary>
    /// <param name="files">All migrations, in the order in which they are applied.</param>
    /// <param name="ct">Cancels; the databases are dropped all the same.</param>
    /// <exception cref="PgRollException">The files have errors, the history does not replay, or the server cannot be reached, or refuses what is needed.</exception>
    public async Task<Verification> VerifyAsync(IReadOnlyList<MigrationFile> files, CancellationToken ct = default)
    {
        var watch = Stopwatch.StartNew();
        var set = MigrationSet.Check(files, Schema.Empty(_options.Runner.Schema));
        if (set.HasErrors)
            throw new PgRollException([.. set.Diagnostics.Where(d => d.Severity == Severity.Error)]);
        if (!_options.MayChangeServer && SharedObjects.Find(set.Migrations, _options.Setup) is { } shared)
            throw new PgRollException(ExitReason.Usage,
                $"{shared} would change what all databases of the server share, and a proof runs it several times. Let verify start a server of its own, without --postgres-url.");
        try
        {
            await using var server = await VerifyServer.OpenAsync(_options.Runner, ct);
            using var run = new VerifyRun(_options, server, set, files);
            var rollouts = await run.RunAsync(ct);
            var found = rollouts.SelectMany(r => r.Findings).DistinctBy(f => (f.Rule, f.Location, f.Severity)).ToList();
            var (inForce, suppressed) = Suppressions.Of(set.Migrations, needsReason: false, new()).Divide(MigrationSet.InOrder(found, files));
            return new(server.Major, server.Version, rollouts) { Findings = inForce, Suppressed = suppressed, Elapsed = watch.Elapsed, ReusedPrefix = run.ReusedPrefix };
        }
        catch (Exception error) when (ct.IsCancellationRequested && error is OperationCanceledException or PgRollException { Reason: ExitReason.Interrupted })
        {
            throw new PgRollException(ExitReason.Interrupted, "verify was interrupted. Run it again.", error);
        }
        catch (Exception error) when (ServerError.Of("verify", error) is { } failure)
        {
            throw failure;
        }
    }
}
