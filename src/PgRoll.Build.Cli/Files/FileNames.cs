using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Files;

/// <summary>The files that migrations of some name are in.</summary>
static class FileNames
{
    /// <summary>A name becomes a file's, and must not lead elsewhere.</summary>
    public static string In(string folder, string name, bool asJson) =>
        name.Length > 0 && name == Path.GetFileName(name) && name is not ("." or "..") && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0
            ? Path.Combine(folder, name + MigrationText.Extension(asJson))
            : throw new PgRollException(ExitReason.Usage, $"'{name}' cannot be the name of a file, which a migration's name is.");
}
