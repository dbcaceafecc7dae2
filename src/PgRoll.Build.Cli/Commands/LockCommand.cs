using System.CommandLine;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>lock</c>: notes which migrations are applied, so that a change of them is found without a database.</summary>
sealed class LockCommand : Verb
{
    readonly FolderArgument _folder = new("The folder of migrations.");

    readonly Option<string?> _upTo = new("--up-to") { Description = "The last migration that is applied; all of the folder otherwise.", HelpName = "NAME" };

    readonly Option<bool> _acceptChanges = new("--accept-changes") { Description = "Note migrations that changed since they were noted, or are gone, as they are now." };

    public LockCommand(GlobalSettings global) : base("lock", global,
        $"Write {MigrationLock.FileName} beside the migrations: which of them are applied, and what they say. From then on `lint` and the build refuse "
        + "changes of them and migrations that would come before them, and tell no risks of them. Commit the file. It needs no database.")
    {
        Add(_folder);
        Add(_upTo);
        Add(_acceptChanges);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll lock                         # all migrations of the folder are applied",
        "dotnet pgroll lock --up-to 0042_orders     # those up to this one",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var folder = run.Value(_folder)!;
        var files = run.MigrationsIn(folder);
        var set = MigrationSet.Check(files, Schema.Empty(run.Schema));
        // What a database has was valid there; only what cannot be read has no checksum.
        if (set.Diagnostics.Where(finding => finding.Severity == Severity.Error && !finding.Rule.IsConfigurable).ToList() is { Count: > 0 } errors)
            throw new PgRollException(errors);
        if (!run.Value(_acceptChanges) && Changed(set, folder) is { Count: > 0 } changes)
        {
            await run.Error.WriteLineAsync("What is noted stays noted. If every database has these migrations as they are now, run it again with --accept-changes.");
            throw new PgRollException(changes);
        }
        IReadOnlyList<Migration> applied = [.. set.Migrations];
        if (run.Value(_upTo) is { } last)
            applied = applied.Any(migration => migration.Name == last)
                ? [.. applied.TakeWhile(migration => migration.Name != last), applied.Single(migration => migration.Name == last)]
                : throw new PgRollException(ExitReason.Usage, $"--up-to: there is no migration '{last}' in '{folder}'.");
        var path = Path.Combine(folder, MigrationLock.FileName);
        await MigrationPath.WriteAsync(path, MigrationLock.Write(applied), ct);
        await run.Out.WriteLineAsync($"{path}: {applied.Count} of {files.Count} migrations.");
        return ExitReason.Done;
    }

    /// <summary>To note a change over what was noted would forget the very thing that the file is there to find.</summary>
    static IReadOnlyList<Diagnostic> Changed(MigrationSet set, string folder) => MigrationLock.Read(folder) is not { } known ? [] :
        [.. set.Lint(new(Lock: known)).Diagnostics.Where(finding => finding.Rule.Id == "PGR0107")];
}
