using System.Text;

namespace PgRoll.Build.Migrations;

/// <summary>A migration file's text.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Text">Its content.</param>
public sealed record MigrationFile(string Path, string Text)
{
    static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>The migration's name: the file's, without extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Whether a file is one by its extension, in whatever case it is written.</summary>
    public static bool IsMigration(string path) => Extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static MigrationFile Read(string path) => new(path, File.ReadAllText(path, Encoding.UTF8));

    /// <summary>The migration files of a folder, not of those below it, in the order in which they are applied: that of their names, byte by byte.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> In(string folder) => InOrder(Directory.EnumerateFiles(folder).Where(IsMigration));

    /// <summary>Files in the order in which they are applied.</summary>
    public static IReadOnlyList<string> InOrder(IEnumerable<string> paths) =>
        [.. paths.OrderBy(p => System.IO.Path.GetFileName(p), Utf8Order.Instance).ThenBy(p => p, StringComparer.Ordinal)];
}
