using Microsoft.Build.Framework;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Tasks.Sets;

/// <summary>The sets that a command is run for.</summary>
static class SetChoice
{
    /// <param name="files">The project's migrations.</param>
    /// <param name="className">The set that is meant; empty for each in turn.</param>
    /// <param name="areFoldersRead">Whether the runner reads the folders: then they must hold what the project has.</param>
    /// <exception cref="SetException">There is no such set, or its folder is not what the project has.</exception>
    public static IReadOnlyList<ProjectSet> Of(IEnumerable<ITaskItem> files, string className, bool areFoldersRead)
    {
        var all = ProjectSets.Of(files);
        if (all.Count == 0)
            throw new SetException("The project has no migrations (PgRollMigration items): there is nothing to run this for.", BuildErrors.Folder);
        List<ProjectSet> chosen = className.Length == 0 ? [.. all] : [.. all.Where(set => string.Equals(set.ClassName, className, StringComparison.OrdinalIgnoreCase))];
        if (chosen.Count == 0)
            throw new SetException($"PgRollSet is '{className}', and the project has no such set. It has: {string.Join(", ", all.Select(set => set.ClassName))}.");
        foreach (var set in chosen)
            if (areFoldersRead)
                Check(set);
        return chosen;
    }

    static void Check(ProjectSet set)
    {
        var own = new HashSet<string>(set.Files.Select(file => Path.GetFileName(file)!));
        if (MigrationFile.In(set.Folder).FirstOrDefault(file => !own.Contains(Path.GetFileName(file))) is { } stranger)
            throw new SetException(
                $"'{stranger}' is no PgRollMigration item of the project, and would be run with the others of its folder. Add it to the items, or move it elsewhere.",
                BuildErrors.Folder);
    }
}
