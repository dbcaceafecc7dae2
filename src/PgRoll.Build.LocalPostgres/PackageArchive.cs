using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json;

namespace PgRoll.Build.LocalPostgres;

/// <summary>Checks and unpacks an npm archive.</summary>
[UnsupportedOSPlatform("windows")]
internal static class PackageArchive
{
    const string Prefix = "package/";
    const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static async Task RequireIntegrityAsync(string archive, string integrity, string specification, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(archive);
        var actual = Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        if (actual != integrity)
            throw new PostgresUnavailableException($"{specification} is not the archive it should be: its SHA-512 is {actual}, expected {integrity}.");
    }

    public static async Task ExtractAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        CreateFolder(folder);
        await using var packed = File.OpenRead(archive);
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await using var tar = new TarReader(unpacked);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            await ExtractAsync(entry, folder, cancellationToken);
        CreateLinks(folder);
    }

    static async Task ExtractAsync(TarEntry entry, string folder, CancellationToken cancellationToken)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            throw new InvalidDataException($"The archive holds '{entry.Name}', a {entry.EntryType}; an npm package holds regular files only.");
        if (!entry.Name.StartsWith(Prefix, StringComparison.Ordinal))
            throw new InvalidDataException($"The archive holds '{entry.Name}' outside of '{Prefix}'.");
        var file = Inside(folder, entry.Name[Prefix.Length..]);
        CreateFolder(Path.GetDirectoryName(file)!);
        await entry.ExtractToFileAsync(file, overwrite: false, cancellationToken);
        File.SetUnixFileMode(file, entry.Mode.HasFlag(UnixFileMode.UserExecute) ? Executable : Readable);
    }

    // npm archives carry no links; this package lists its own for an install script.
    static void CreateLinks(string folder)
    {
        var list = Path.Combine(folder, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        foreach (var link in JsonDocument.Parse(File.ReadAllText(list)).RootElement.EnumerateArray())
        {
            var existing = Inside(folder, link.GetProperty("source").GetString()!);
            var created = Inside(folder, link.GetProperty("target").GetString()!);
            File.CreateSymbolicLink(created, Path.GetRelativePath(Path.GetDirectoryName(created)!, existing));
        }
    }

    static string Inside(string folder, string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        return full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new InvalidDataException($"The archive's path '{path}' leads outside of the folder it is unpacked into.");
    }

    // The umask applies to what is created, so the mode is set afterwards.
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        CreateFolder(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, Executable);
    }
}
