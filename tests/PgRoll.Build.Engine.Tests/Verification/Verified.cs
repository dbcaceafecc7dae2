using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Verification;

/// <summary>Verifies migrations that a test writes, on the tests' own server.</summary>
static class Verified
{
    public static async Task<Engine.Verification.Verification> Async(IReadOnlyList<MigrationFile> files, Func<VerifierOptions, VerifierOptions>? change = null, int? major = null)
    {
        var options = await OptionsAsync(major);
        return await new Verifier(change?.Invoke(options) ?? options).VerifyAsync(files);
    }

    public static async Task<VerifierOptions> OptionsAsync(int? major = null) => new(new((await TestDatabase.ServerAsync(major)).ConnectionString + ";Include Error Detail=true")) { MayChangeServer = true };

    /// <summary>Files named 01, 02 and so on.</summary>
    public static IReadOnlyList<MigrationFile> Files(params IReadOnlyList<string> texts) =>
        [.. texts.Select((text, i) => new MigrationFile($"{i + 1:00}_{"abcdefghijklmnop"[i]}.yaml", text))];

    /// <summary>Findings for a golden file. What was found by computing something again may be another value each time.</summary>
    public static string Told(IEnumerable<Diagnostic> findings) => string.Concat(findings
        .Select(f => f with { Location = f.Location with { File = Path.GetFileName(f.Location.File) } })
        .Select(f => f.Rule.Id is "PGR1105" or "PGR1106" ? $"{f.Location}: {f.Severity.ToString().ToLowerInvariant()} {f.Rule.Id}\n" : $"{f}\n"));
}
