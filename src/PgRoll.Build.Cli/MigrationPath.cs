using System.Text;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Linting.Configuration;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli;

/// <summary>The migration files that a user means by a path: one file, or those of a folder.</summary>
static class MigrationPath
{
    public const string Default = "migrations";

    /// <summary>The file and those of its folder that come before it, or the files of the folder.</summary>
    public static IReadOnlyList<MigrationFile> ReadHistory(string path) => Guard(path, () =>
    {
        if (Directory.Exists(path))
            return Files(path);
        var file = Files(path)[0];
        var earlier = MigrationFile.In(Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".")
            .TakeWhile(other => Path.GetFileName(other) != Path.GetFileName(path));
        return [.. earlier.Select(MigrationFile.Read), file];
    });

    /// <summary>The files of a folder in their order.</summary>
    public static IReadOnlyList<MigrationFile> ReadFolder(string folder) => Guard(folder, () => Files(Folder(folder)));

    /// <summary>The last file of a folder.</summary>
    public static MigrationFile ReadLast(string folder) => Guard(folder, () =>
        MigrationFile.In(Folder(folder)) is [.., var last] ? MigrationFile.Read(last) : throw NoFile(folder));

    /// <summary>What is noted as applied beside the migrations; null where nothing is.</summary>
    public static MigrationLock? LockOf(string path) => Guard(path, () => Directory.Exists(path) ? MigrationLock.Read(path)
        : MigrationLock.Read(Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".")?.UpTo(Path.GetFileNameWithoutExtension(path)));

    /// <summary>Migrations with the risks that they bear, as the settings beside them have it.</summary>
    public static MigrationSet Lint(IReadOnlyList<MigrationFile> files, string path, Schema before, string? since = null, bool needsReasons = false, IReadOnlyList<Diagnostic>? live = null) =>
        Guard(path, () => MigrationSet.Check(files, before).With(live ?? []).Lint(new(EditorConfig.For(files.Select(file => file.Path)), LockOf(path), since, needsReasons)));

    /// <summary>The text of a file that is no migration.</summary>
    public static string ReadText(string path) => Guard(path, () =>
        File.Exists(path) ? File.ReadAllText(path) : throw new PgRollException(ExitReason.Usage, $"There is no file '{path}'."));

    /// <summary>The names of a folder's migrations, in order.</summary>
    public static IReadOnlyList<string> NamesIn(string folder) =>
        Guard(folder, () => (IReadOnlyList<string>)[.. MigrationFile.In(folder).Select(path => Path.GetFileNameWithoutExtension(path))]);

    /// <summary>Writes a file where none was.</summary>
    public static Task WriteNewAsync(string path, string text, CancellationToken ct) => WriteAsync(path, text, FileMode.CreateNew, ct);

    /// <summary>Writes a file, over one that is there.</summary>
    public static Task WriteAsync(string path, string text, CancellationToken ct) => WriteAsync(path, text, FileMode.Create, ct);

    static async Task WriteAsync(string path, string text, FileMode mode, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using var file = new FileStream(path, mode, FileAccess.Write);
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PgRollException(ExitReason.Usage, $"'{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>
    /// A folder holds all that there is. A file is meant alone: what is pending before it would be shut out for good by its name.
    /// </summary>
    public static RunnerOptions Means(string path, RunnerOptions options) =>
        Directory.Exists(path) ? options with { FilesAreAll = true } : options with { MultiplePending = MultiplePending.Fail };

    /// <summary>A folder that is there.</summary>
    public static string Folder(string folder) =>
        Directory.Exists(folder) ? folder : throw new PgRollException(ExitReason.Usage, $"There is no folder '{folder}'.");

    public static PgRollException NoFile(string folder) => new(ExitReason.Usage, $"There is no migration file in '{folder}'.");

    static IReadOnlyList<MigrationFile> Files(string path)
    {
        if (Directory.Exists(path))
            return [.. MigrationFile.In(path).Select(MigrationFile.Read)];
        if (!File.Exists(path))
            throw new PgRollException(ExitReason.Usage, $"There is no file or folder '{path}'.");
        if (!MigrationFile.IsMigration(path))
            throw new PgRollException(ExitReason.Usage, $"'{path}' is not a migration file by its name: it must end in .yaml, .yml or .json.");
        return [MigrationFile.Read(path)];
    }

    static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PgRollException(ExitReason.Usage, $"'{path}' cannot be read: {error.Message}", error);
        }
    }
}
