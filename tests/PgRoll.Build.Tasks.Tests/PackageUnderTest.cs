using System.IO.Compression;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

/// <summary>The package as it is published, packed once for all tests, and the folder that holds all they write.</summary>
[TestClass]
public static class PackageUnderTest
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif
    public const string Version = "9.9.9-test";

    static readonly Lazy<Task<string>> Unpacked = new(UnpackAsync);

    public static string Root { get; } = Directory.CreateTempSubdirectory("pgroll-build-tests-").FullName;

    /// <summary>The only source of packages that tests restore from.</summary>
    public static string Feed { get; } = Path.Combine(Root, "feed");

    public static string File => Path.Combine(Feed, $"PgRoll.Build.{Version}.nupkg");

    /// <summary>The package's content as a folder.</summary>
    public static Task<string> UnpackedAsync() => Unpacked.Value;

    [AssemblyCleanup]
    public static async Task CleanUpAsync()
    {
        await CompilerServer.StopAsync(Root);
        Directory.Delete(Root, recursive: true);
    }

    /// <summary>Packs a project as it is built; the package's file.</summary>
    public static async Task<string> PackAsync(string project, string folder)
    {
        var (exitCode, output) = await DotNet.RunAsync(
            Repository.Root, "pack", $"src/{project}/{project}.csproj", "--no-build", "--nologo", "-nodeReuse:false",
            "-c", Configuration, "-o", folder, $"-p:PackageVersion={Version}");
        Assert.AreEqual(0, exitCode, output);
        Assert.DoesNotContain("warning", output);
        return Directory.GetFiles(folder, $"*{Version}.nupkg").Single();
    }

    static async Task<string> UnpackAsync()
    {
        var folder = Path.Combine(Root, "package");
        ZipFile.ExtractToDirectory(await PackAsync("PgRoll.Build.Tasks", Feed), folder);
        return folder;
    }
}
