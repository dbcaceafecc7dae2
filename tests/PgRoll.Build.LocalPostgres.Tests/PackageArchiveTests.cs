using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace PgRoll.Build.LocalPostgres.Tests;

[TestClass]
public sealed class PackageArchiveTests : IDisposable
{
    const UnixFileMode Restricted = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly TemporaryFolder _folder = new();

    string Target => _folder.Combine("target");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task Files_and_folders_are_readable_for_all_and_programs_can_be_run_by_all()
    {
        await ExtractAsync(File("package/native/bin/postgres", "", Restricted | UnixFileMode.UserExecute), File("package/native/lib/a.so", "", Restricted));

        Assert.AreEqual((UnixFileMode)0b111_101_101, Mode("native"));
        Assert.AreEqual((UnixFileMode)0b111_101_101, Mode("native/bin/postgres"));
        Assert.AreEqual((UnixFileMode)0b110_100_100, Mode("native/lib/a.so"));
    }

    [TestMethod]
    public async Task The_links_of_its_list_are_made()
    {
        await ExtractAsync(
            File("package/native/lib/libicui18n.so.60.2", "icu"),
            File("package/native/pg-symlinks.json", """[{ "source": "native/lib/libicui18n.so.60.2", "target": "native/lib/libicui18n.so.60" }]"""));

        var link = new FileInfo(Path.Combine(Target, "native/lib/libicui18n.so.60"));
        Assert.AreEqual("libicui18n.so.60.2", link.LinkTarget);
        Assert.AreEqual("icu", await System.IO.File.ReadAllTextAsync(link.FullName));
    }

    [TestMethod]
    [DataRow("package/../../evil")]
    [DataRow("package/native/../../../evil")]
    [DataRow("package//evil")]
    [DataRow("package/../target-evil")]
    [DataRow("/evil")]
    [DataRow("../evil")]
    public async Task A_file_that_would_lie_outside_is_refused(string path)
    {
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => ExtractAsync(File(path, "")));

        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(_folder.Path, "*evil", SearchOption.AllDirectories));
    }

    [TestMethod]
    [DataRow("native/a", "../evil")]
    [DataRow("../archive.tgz", "native/evil")]
    [DataRow("/etc/passwd", "native/evil")]
    public async Task A_listed_link_with_an_end_outside_is_refused(string source, string target)
    {
        var list = $$"""[{ "source": "{{source}}", "target": "{{target}}" }]""";

        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => ExtractAsync(File("package/native/a", ""), File("package/native/pg-symlinks.json", list)));

        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(_folder.Path, "*evil", SearchOption.AllDirectories));
    }

    [TestMethod]
    [DataRow(TarEntryType.SymbolicLink)]
    [DataRow(TarEntryType.HardLink)]
    public async Task A_link_inside_the_archive_is_refused(TarEntryType type) =>
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => ExtractAsync(new PaxTarEntry(type, "package/evil") { LinkName = "/etc/passwd" }));

    async Task ExtractAsync(params TarEntry[] entries)
    {
        var archive = _folder.Combine("archive.tgz");
        await using (var file = System.IO.File.Create(archive))
        await using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        await using (var tar = new TarWriter(packed))
            foreach (var entry in entries)
                await tar.WriteEntryAsync(entry);
        await PackageArchive.ExtractAsync(archive, Target, CancellationToken.None);
    }

    UnixFileMode Mode(string path) => System.IO.File.GetUnixFileMode(Path.Combine(Target, path));

    static PaxTarEntry File(string name, string content, UnixFileMode mode = Restricted) =>
        new(TarEntryType.RegularFile, name) { Mode = mode, DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };
}
