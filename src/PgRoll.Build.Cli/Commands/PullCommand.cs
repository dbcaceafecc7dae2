using PgRoll.Build.Cli.Files;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>pull</c>: makes files of what the database has and the folder has not.</summary>
sealed class PullCommand : Verb
{
    readonly FolderArgument _folder = new("The folder of migrations; it is made if it is not there.");

    readonly NotationOption _json = new();

    public PullCommand(GlobalSettings global) : base("pull", global,
        "Write a file for each migration that the database has since its latest baseline, the active one included, and that the folder has not. "
        + "Files that are there are left as they are.")
    {
        Add(_folder);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["dotnet pgroll pull migrations  # what others applied, and what was changed by hand if pgroll recorded it"];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var (folder, asJson) = (run.Value(_folder)!, run.Value(_json));
        var there = Directory.Exists(folder) ? MigrationPath.NamesIn(folder) : [];
        var (history, newest) = await run.WithRunnerAsync(async runner => (await runner.HistoryAsync(ct), (await runner.StatusAsync(ct)).Migration));
        var missing = history.Where(migration => !there.Contains(migration.Name))
            .Select(migration => (Path: FileNames.In(folder, migration.Name, asJson), Text: MigrationText.Of(migration.Name, migration.Json, asJson), migration.IsDone)).ToList();
        foreach (var (path, text, isDone) in missing)
        {
            await MigrationPath.WriteNewAsync(path, text, ct);
            await run.Out.WriteLineAsync(isDone ? path : $"{path} (active: it may still be rolled back)");
        }
        if (missing.Count == 0)
            await run.Out.WriteLineAsync((history.Count, newest) switch
            {
                (0, null) => "There is nothing to pull: the database has no migrations.",
                (0, var baseline) => $"There is nothing to pull: the database has no migrations since the baseline {baseline}.",
                (1, _) => $"There is nothing to pull: '{folder}' has the one migration of the database.",
                _ => $"There is nothing to pull: '{folder}' has all {history.Count} migrations of the database.",
            });
        return ExitReason.Done;
    }
}
