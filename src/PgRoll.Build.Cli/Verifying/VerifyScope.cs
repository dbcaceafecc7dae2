using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Verifying;

/// <summary>Which migrations are to be proved; the others are history, which is only replayed.</summary>
static class VerifyScope
{
    /// <summary>A file that is named; else those from one on; else those that no database has yet, as far as is noted; else those that changed; else all.</summary>
    /// <param name="files">The migrations.</param>
    /// <param name="path">Where they were asked for.</param>
    /// <param name="since">The first one; null for none.</param>
    /// <param name="changed">The full paths of files that changed; null where nobody looked.</param>
    /// <exception cref="PgRollException">What is noted as applied is not what it was: no database has such a history.</exception>
    public static IReadOnlySet<string> Of(IReadOnlyList<MigrationFile> files, string path, string? since, IReadOnlySet<string>? changed = null)
    {
        var known = MigrationPath.LockOf(path);
        if (known is not null && BreaksWith(known, files) is { Count: > 0 } broken)
            throw new PgRollException(broken);
        if (files.Count > 0 && !Directory.Exists(path))
            return new HashSet<string> { files[^1].Name };
        if (since is not null && !files.Any(file => file.Name == since))
            throw new PgRollException(ExitReason.Usage, $"--since: there is no migration '{since}' in '{path}'.");
        return (since is not null ? files.SkipWhile(file => file.Name != since)
            : known is not null ? files.Where(file => !known.Names.Contains(file.Name))
            : changed is not null ? files.Where(file => changed.Contains(Path.GetFullPath(file.Path)))
            : files).Select(file => file.Name).ToHashSet();
    }

    static IReadOnlyList<Diagnostic> BreaksWith(MigrationLock notes, IReadOnlyList<MigrationFile> files) =>
        [.. MigrationSet.Check(files, Schema.Empty("public")).Lint(new(Lock: notes)).Diagnostics
            .Where(finding => finding.Rule.Id is "PGR0106" or "PGR0107" || finding.Severity == Severity.Error && Path.GetFileName(finding.Location.File) == MigrationLock.FileName)];

    /// <summary>What is said where there is nothing to prove.</summary>
    public static string Nothing(IReadOnlyList<MigrationFile> files) => files.Count == 0
        ? "Nothing to verify: there are no migrations."
        : $"Nothing to verify: none of these migrations is new. What {MigrationLock.FileName} notes is proved again with --since NAME.";
}
