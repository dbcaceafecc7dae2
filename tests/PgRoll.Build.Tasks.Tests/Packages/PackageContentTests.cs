using System.IO.Compression;
using System.Xml.Linq;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests.Packages;

/// <summary>What the packages hold.</summary>
[TestClass]
public sealed class PackageContentTests
{
    [TestMethod]
    public async Task The_package_of_the_build_holds_the_tasks_and_the_runner_with_all_they_need_and_asks_for_nothing()
    {
        await PackageUnderTest.UnpackedAsync();
        Golden.AssertMatches(Describe(PackageUnderTest.File), "PgRoll.Build.verified.txt");
        Assert.StartsWith("# Changes", Metadata(PackageUnderTest.File).Single(element => element.Name.LocalName == "releaseNotes").Value);
        Assert.IsLessThan(8_000_000, new FileInfo(PackageUnderTest.File).Length);
    }

    [TestMethod]
    public async Task Packed_twice_it_is_the_same_bytes()
    {
        await PackageUnderTest.UnpackedAsync();
        var again = await PackageUnderTest.PackAsync("PgRoll.Build.Tasks", Path.Combine(PackageUnderTest.Root, "again"));
        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(PackageUnderTest.File), await File.ReadAllBytesAsync(again));
    }

    [TestMethod]
    [LongRun]
    public async Task The_package_of_the_tool_is_installed_and_runs()
    {
        var folder = Directory.CreateDirectory(Path.Combine(PackageUnderTest.Root, "tool")).FullName;
        var package = await PackageUnderTest.PackAsync("PgRoll.Build.Cli", folder);
        Golden.AssertMatches(Describe(package), "PgRoll.Build.Cli.verified.txt");
        Assert.IsLessThan(6_000_000, new FileInfo(package).Length);

        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""<configuration><packageSources><clear /><add key="local" value="{folder}" /></packageSources></configuration>""");
        var (exitCode, output) = await DotNet.RunAsync(folder, "tool", "install", "PgRoll.Build.Cli", "--version", PackageUnderTest.Version, "--tool-path", "bin");
        Assert.AreEqual(0, exitCode, output);
        (exitCode, output) = await DotNet.RunAsync(folder, Directory.GetFiles(Path.Combine(folder, "bin"), "dotnet-pgroll.dll", SearchOption.AllDirectories).Single(), "--version");
        Assert.AreEqual(0, exitCode, output);
        Assert.MatchesRegex(@"^\d+\.\d+\.\d+", output);
    }

    /// <summary>What the gallery shows, and the files; without the container's own.</summary>
    static string Describe(string file)
    {
        using var package = ZipFile.OpenRead(file);
        var metadata = Metadata(file)
            .Where(element => element.Name.LocalName is not ("version" or "releaseNotes"))
            .Select(element => $"{element.Name.LocalName}: {(element.HasElements ? string.Join(", ", element.Elements().Select(inner => inner.Attribute("name")?.Value)) : element.Attribute("url")?.Value ?? element.Value)}");
        var files = package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.EndsWith(".psmdcp", StringComparison.Ordinal) && name is not ("[Content_Types].xml" or "_rels/.rels")).Order(StringComparer.Ordinal);
        return string.Join('\n', [.. metadata, "", .. files, ""]);
    }

    static IEnumerable<XElement> Metadata(string file)
    {
        using var package = ZipFile.OpenRead(file);
        using var nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single().Elements();
    }
}
