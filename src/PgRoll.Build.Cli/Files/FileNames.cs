using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Files;

/// <summary>The files that migrations of some name are in.</summary>
static class FileNames
{
    /// <summary>The migration that is meant where a file's name is given for its.</summary>
    public static string WithoutExtension(string name, bool asJson) =>
        (asJson ? (string[])[".json"] : [".yaml", ".yml"]).FirstOrDefault(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) is { } extension
            ? name[..^extension.Length]
            : name;

    /// <summary>A name becomes a file's, and must not lead elsewhere.</summary>
    public static string In(string folder, string name, bool asJson) =>
        name.Length > 0 && name == Path.GetFileName(name) && name is not ("." or "..") && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0
            ? Path.Combine(folder, name + MigrationText.Extension(asJson))
            : throw new PgRollException(ExitReason.Usage, $"'{name}' cannot be the name of a file, which a migration's name is.");
}
