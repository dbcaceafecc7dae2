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
        var report = new Report();
        foreach (var file in files)
            if (applied.TryGetValue(file.Name, out var row))
                Compare(file, row, report, options);
        if (report.HasErrors)
            throw HistoryFindings.Refusal(report);
    }

    /// <summary>Reports where the file says something else. Where pgroll's words are not to be read, nobody knows.</summary>
    static void Compare(MigrationFile file, HistoryRow row, Report report, RunnerOptions options)
    {
        if (NodeReader.Read(row.Name, row.Json, DocumentFormat.Json, new Report()) is not { } known)
            return;
        var reading = new Report();
        var document = NodeReader.Read(file.Path, file.Text, reading);
        if ((document is null ? reading.Diagnostics[0].Message : MigrationDifference.Find(known, document)) is not { } place)
            return;
        if (row.IsOurs)
            report.For(document ?? Document.Empty(file.Path)).Add(LiveRules.HistoryMismatch, document is null ? "" : place,
                $"Changed after it was applied: '{file.Path}' ({place}). Restore the file, and put the change into a new migration");
        else
            Log.DiffersFromApplied(options.Logger, file.Path, place);
    }
}
