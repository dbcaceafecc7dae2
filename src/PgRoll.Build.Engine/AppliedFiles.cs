using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine;

/// <summary>
/// Compares the files with what was applied under their names. A file that changed since is an error: no other database would get to this
/// one's schema by it. Of what pgroll applied only a warning is given, since it keeps a migration in its own words.
/// </summary>
static class AppliedFiles
{
    public static void Check(IReadOnlyList<MigrationFile> files, IReadOnlyList<HistoryRow> history, RunnerOptions options)
    {
        var applied = history.Reverse().TakeWhile(h => !h.IsBaseline).Where(h => h.IsDone && !h.IsInferred).ToDictionary(h => h.Name);
        if (options.FilesAreAll && applied.Keys.Except(files.Select(f => f.Name)).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
            options.Report(new Warned(
                $"The database has what no file is there of: {string.Join(", ", missing)}. Files that were deleted or renamed come back from version control; what others applied, `pull` writes."));
        List<string> changed = [];
        foreach (var file in files)
            if (applied.TryGetValue(file.Name, out var row) && Difference(file, row) is { } place)
                if (row.IsOurs)
                    changed.Add($"'{file.Path}' ({place})");
                else
                    Log.DiffersFromApplied(options.Logger, file.Path, place);
        if (changed.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"Changed after it was applied: {string.Join(", ", changed)}. Restore {(changed.Count == 1 ? "the file" : "the files")}, and put the change into a new migration.");
    }

    /// <summary>Where the file says something else; null where it says the same, or where pgroll's words are not to be read.</summary>
    static string? Difference(MigrationFile file, HistoryRow row)
    {
        if (NodeReader.Read(row.Name, row.Json, DocumentFormat.Json, new Report()) is not { } known)
            return null;
        var report = new Report();
        return NodeReader.Read(file.Path, file.Text, report) is { } document ? MigrationDifference.Find(known, document) : report.Diagnostics[0].Message;
    }
}
