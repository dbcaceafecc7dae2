using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Linting.Configuration;

/// <summary>
/// The severities that <c>.editorconfig</c> files give to rules: <c>dotnet_diagnostic.PGR0601.severity = error</c>, in sections for the
/// paths of migration files. The files above a migration count as they do for a compiler: nearer ones win over those further up, later
/// lines over earlier ones, and <c>root = true</c> ends the search.
/// </summary>
public sealed class EditorConfig
{
    readonly Dictionary<string, IReadOnlyList<EditorConfigFile>> above = [];
    readonly SortedDictionary<string, EditorConfigFile?> read = new(StringComparer.Ordinal);

    /// <summary>Reads the files above the given ones.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static EditorConfig For(IEnumerable<string> migrations)
    {
        var all = new EditorConfig();
        foreach (var folder in migrations.Select(FolderOf).Distinct())
            all.above[folder] = all.ReadAbove(folder);
        return all;
    }

    /// <summary>The files that were read.</summary>
    public IReadOnlyList<string> Files => [.. read.Where(file => file.Value is not null).Select(file => file.Key)];

    /// <summary>What is wrong with them, where they speak of our rules.</summary>
    internal IEnumerable<Diagnostic> Problems => read.Values.OfType<EditorConfigFile>().SelectMany(file => file.Problems);

    /// <summary>The severity that they give to a finding, its own where they give none; null where they want none of it.</summary>
    internal Severity? SeverityOf(Diagnostic finding)
    {
        var path = Path.GetFullPath(finding.Location.File);
        if (above.TryGetValue(FolderOf(path), out var files))
            foreach (var file in files)
                if (file.Find(path, finding.Rule.Id) is { } level)
                    return level.Severity;
        return finding.Severity;
    }

    static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    List<EditorConfigFile> ReadAbove(string folder)
    {
        List<EditorConfigFile> files = [];
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            var path = Path.Combine(at, ".editorconfig");
            if (!read.TryGetValue(path, out var file))
                read[path] = file = File.Exists(path) ? EditorConfigFile.Read(path, File.ReadAllText(path)) : null;
            if (file is null)
                continue;
            files.Add(file);
            if (file.IsRoot)
                break;
        }
        return files;
    }
}
