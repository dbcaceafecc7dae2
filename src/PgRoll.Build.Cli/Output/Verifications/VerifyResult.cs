using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification;
using PgRoll.Build.Linting.Configuration;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Output.Verifications;

/// <summary>What was proved, on one server or several.</summary>
/// <param name="Servers">What became of the migrations on each.</param>
/// <param name="Findings">What was found on any, once, as the settings beside the migrations have it.</param>
sealed record VerifyResult(IReadOnlyList<Verification> Servers, LintResult Findings)
{
    public static VerifyResult Of(IReadOnlyList<MigrationFile> files, IReadOnlySet<string> proved, string schema, IReadOnlyList<Verification> servers)
    {
        var found = servers.SelectMany(server => server.Findings.Concat(server.Suppressed.Select(suppressed => suppressed.Finding)).Select(finding => (server.ServerMajor, Finding: finding)))
            .GroupBy(each => each.Finding, Same.Instance).Select(each => Worst([.. each], servers.Count)).ToHashSet(Same.Instance);
        var set = MigrationSet.Check(files, Schema.Empty(schema)).With([.. found]).Lint(new(EditorConfig.For(files.Select(file => file.Path))));
        return new(servers, new(
            [.. files.Where(file => proved.Contains(file.Name))],
            [.. set.Diagnostics.Where(found.Contains)],
            [.. set.Suppressed.Where(suppressed => found.Contains(suppressed.Finding))]));
    }

    /// <summary>The most severe of what is found at one place, and where not everywhere.</summary>
    static Diagnostic Worst(IReadOnlyList<(int Major, Diagnostic Finding)> same, int servers)
    {
        var worst = same.MaxBy(each => each.Finding.Severity).Finding;
        var majors = same.Select(each => each.Major).Distinct().ToList();
        return majors.Count == servers ? worst : worst with { Message = $"On PostgreSQL {string.Join(" and ", majors)}: {worst.Message}" };
    }

    /// <summary>What a rollout has of it.</summary>
    public IEnumerable<Diagnostic> Of(ProvedRollout rollout) => Findings.Findings.Where(finding => rollout.Findings.Contains(finding, Same.Instance));

    /// <summary>Another server or rollout meets the same with another row, and a setting may have changed the severity.</summary>
    sealed class Same : IEqualityComparer<Diagnostic>
    {
        public static readonly Same Instance = new();

        public bool Equals(Diagnostic? one, Diagnostic? other) => one?.Rule == other?.Rule && one?.Location == other?.Location;

        public int GetHashCode(Diagnostic finding) => HashCode.Combine(finding.Rule.Id, finding.Location);
    }
}
