using System.Reflection;
using System.Xml.Linq;
using System.Xml.XPath;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

/// <summary>samples/Minimal refers to the published package, so the solution cannot build it.</summary>
[TestClass]
public sealed class MinimalSampleTests
{
    [BuildTestMethod]
    public async Task It_builds_against_the_package_as_a_copy_of_a_user_would()
    {
        await PackageUnderTest.UnpackedAsync();
        var folder = Path.Combine(PackageUnderTest.Root, BuildLogger.Current.Name, "Minimal");
        foreach (var file in new[] { "Program.cs", "migrations/01_customers.yaml", "migrations/02_email_required.yaml" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Repository.Combine("samples/Minimal", file), Path.Combine(folder, file));
        }
        var project = XDocument.Load(Repository.Combine("samples/Minimal/Minimal.csproj"));
        VersionOf(project, "PgRoll.Build").Value = PackageUnderTest.Version;
        project.Save(Path.Combine(folder, "Minimal.csproj"));
        // Npgsql was restored with this repository: no source is needed for it.
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{PackageUnderTest.Feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="restored" value="{RestoredPackages}" /></fallbackPackageFolders>
            </configuration>
            """);

        var (exitCode, output) = await DotNet.RunAsync(folder, "build", "-nologo", "-nodeReuse:false", BuildLogger.Current.Option, "-warnaserror");

        Assert.AreEqual(0, exitCode, output);
        var generated = Directory.GetFiles(Path.Combine(folder, "obj"), "PgRoll.SchemaVersion.g.cs", SearchOption.AllDirectories).Single();
        Assert.Contains("Current = \"public_02_email_required\"", await File.ReadAllTextAsync(generated));
    }

    [TestMethod]
    [DataRow("PgRoll.Build", "src/Directory.Build.props", "//Version")]
    [DataRow("Npgsql", "src/Directory.Packages.props", "//PackageVersion[@Include='Npgsql']")]
    public void It_asks_for_the_versions_that_this_repository_has(string package, string file, string element)
    {
        var wanted = XDocument.Load(Repository.Combine(file)).XPathSelectElement(element)!;

        Assert.AreEqual(wanted.Attribute("Version")?.Value ?? wanted.Value, VersionOf(XDocument.Load(Repository.Combine("samples/Minimal/Minimal.csproj")), package).Value);
    }

    static string RestoredPackages { get; } = typeof(MinimalSampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "NuGetPackageRoot").Value!;

    static XAttribute VersionOf(XDocument project, string package) =>
        project.Descendants("PackageReference").Single(e => (string?)e.Attribute("Include") == package).Attribute("Version")!;
}
