using Microsoft.Build.Framework;

namespace PgRoll.Build.Tasks.Sets;

/// <summary>Finds the sets among a project's files: those of one folder are one, and what is set on one of them must hold for all.</summary>
static class ProjectSets
{
    static readonly string[] Settings = ["BaseSchema", "ClassName", "Namespace", "Accessibility"];

    /// <exception cref="SetException">The files do not say which sets they make.</exception>
    public static IReadOnlyList<ProjectSet> Of(IEnumerable<ITaskItem> files)
    {
        List<ProjectSet> sets = [.. files.GroupBy(file => Path.GetDirectoryName(file.GetMetadata("FullPath"))!).Select(Read)];
        foreach (var twins in sets.GroupBy(set => set.ClassName, StringComparer.OrdinalIgnoreCase))
            if (twins.Count() > 1)
                throw new SetException(
                    $"The migrations in {string.Join(" and ", twins.Select(set => $"'{set.Folder}'"))} would all be the class {twins.Key}. "
                    + "Give the items of one folder another ClassName: <PgRollMigration Include=\"folder/*.yaml\" ClassName=\"…\" />.");
        return sets;
    }

    static ProjectSet Read(IGrouping<string, ITaskItem> folder)
    {
        var values = Settings.ToDictionary(name => name, name => Value(folder, name));
        if (values["Accessibility"] is not ("internal" or "public"))
            throw new SetException(
                $"The accessibility of {values["ClassName"]} is '{values["Accessibility"]}'; set it to 'internal' or 'public' "
                + "(PgRollSchemaVersionAccessibility, or Accessibility of the PgRollMigration items).");
        return new(
            folder.Key, [.. folder.Select(file => file.GetMetadata("FullPath")).Distinct()],
            values["BaseSchema"], values["ClassName"], values["Namespace"], values["Accessibility"] == "public");
    }

    static string Value(IGrouping<string, ITaskItem> folder, string name) =>
        folder.Select(file => file.GetMetadata(name)).Distinct().ToList() is { Count: > 1 } values
            ? throw new SetException(
                $"The migrations in '{folder.Key}' are one set, but their items have several values of {name}: {string.Join(", ", values.Select(value => $"'{value}'"))}. "
                + "Set it on all of them, or move those that belong together into a folder of their own.")
            : folder.First().GetMetadata(name);
}
