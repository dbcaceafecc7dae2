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

    static readonly Lazy<Task<string>> Unpacked = new(PackAsync);

    public static string Root { get; } = Directory.CreateTempSubdirectory("pgroll-build-tests-").FullName;

    /// <summary>The only source of packages that tests restore from.</summary>
    public static string Feed { get; } = Path.Combine(Root, "feed");

    public static string File => Path.Combine(Feed, $"PgRoll.Build.{Version}.nupkg");

    /// <summary>The package's content as a folder.</summary>
    public static Task<string> UnpackedAsync() => Unpacked.Value;

    [AssemblyCleanup]
    public static void DeleteRoot() => Directory.Delete(Root, recursive: true);

    static async Task<string> PackAsync()
    {
        var (exitCode, output) = await DotNet.RunAsync(
            Repository.Root, "pack", "src/PgRoll.Build.Tasks/PgRoll.Build.Tasks.csproj", "--no-build", "--nologo", "-nodeReuse:false",
            "-c", Configuration, "-o", Feed, $"-p:PackageVersion={Version}");
        Assert.AreEqual(0, exitCode, output);
        var folder = Path.Combine(Root, "package");
        ZipFile.ExtractToDirectory(File, folder);
        return folder;
    }
}
