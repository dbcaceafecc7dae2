// One deployment of a small shop. Both versions of the app write all the time, through a breaking change of their database, and in the
// end every single write is accounted for.
using System.Diagnostics;
using System.Runtime.InteropServices;
using PgRoll.Build.Engine;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Migrations;
using Rollout;

if (args is not ([] or ["--rollback"]))
{
    Console.Error.WriteLine("Usage: dotnet run --project samples/Rollout [-- --rollback]");
    return 2;
}
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return await DeployAsync(isRollback: args is ["--rollback"], stop.Token);
}
catch (Exception) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted; nothing is left behind.");
    return 130;
}
catch (Exception problem) when (problem is PostgresUnavailableException or PgRollException)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}

async Task<int> DeployAsync(bool isRollback, CancellationToken ct)
{
    await using var server = await PostgresServer.StartAsync(cancellationToken: ct);
    await using var database = await server.CreateDatabaseAsync(cancellationToken: ct);
    Console.WriteLine($"PostgreSQL {server.Major}: {server.Source}.");

    // The build wrote SchemaVersion from the folder 'migrations'. In life, each version of the app is a build of its own and uses Current.
    var migrations = SchemaVersion.Migrations
        .Select(name => MigrationFile.Read(Path.Combine(AppContext.BaseDirectory, "migrations", name + ".yaml"))).ToList();
    var runner = new MigrationRunner(new RunnerOptions(database.ConnectionString) { Progress = new Printer() });
    var proof = new Proof();
    await using var version1 = new ShopV1(database.ConnectionString, proof);
    await using var version2 = new ShopV2(database.ConnectionString, proof);

    Title($"Version 1 is in production, on schema {SchemaVersion.Previous}");
    await runner.InitializeAsync(ct);
    await runner.StartAsync([migrations[0]], ct);
    await runner.CompleteAsync(ct);
    await version1.SeedAsync(customers: 40_000);
    version1.Open();
    await WatchAsync(Task.Delay(500, ct), version1);

    Title($"start {SchemaVersion.Migration}: an email becomes mandatory, a name becomes two");
    await WatchAsync(runner.StartAsync(migrations, ct), version1);

    Title($"Version 2 is deployed beside it, on schema {SchemaVersion.Current}");
    version2.Open();
    await WatchAsync(Task.Delay(1500, ct), version1, version2);

    Title("Both pause, to compare what they read with what was written");
    await version1.CloseAsync();
    await version2.CloseAsync();
    PrintSideBySide(proof, await proof.CheckAsync(version1), await proof.CheckAsync(version2));

    Title(isRollback
        ? "Version 2 is taken back: rollback, while version 1 writes"
        : "Version 1 is out of use: complete, while version 2 writes");
    Shop survivor = isRollback ? version1 : version2;
    survivor.Open();
    await WatchAsync(isRollback ? runner.RollbackAsync(ct) : runner.CompleteAsync(ct), survivor);
    await WatchAsync(Task.Delay(500, ct), survivor);
    await survivor.CloseAsync();
    await proof.CheckAsync(survivor);

    Title(proof.Holds ? "Proved: no write was refused, none was lost" : "FAILED");
    foreach (var failure in proof.Failures)
        Console.WriteLine($"  {failure}");
    Console.WriteLine($"  {proof.Transactions:N0} transactions; {proof.Customers.Count:N0} customers and {proof.Orders:N0} orders were compared,");
    Console.WriteLine($"  as both versions read them side by side, and as {survivor.Name} reads them now.");
    return proof.Holds ? 0 : 1;
}

// What was begun is stopped on the way out.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static void Title(string text) => Console.WriteLine($"\n{text}");

static async Task WatchAsync(Task work, params Shop[] shops)
{
    var clock = Stopwatch.StartNew();
    await work;
    var seconds = clock.Elapsed.TotalSeconds;
    foreach (var shop in shops)
        Console.WriteLine($"  {seconds:N2} s: {shop.Account()}");
}

static void PrintSideBySide(Proof proof, Dictionary<long, string> old, Dictionary<long, string> @new)
{
    // Of each writer two customers, where the versions differ most and nobody else wrote.
    var customers =
        from customer in proof.Customers
        orderby customer.Email is null || customer.FirstName.Contains(' ') descending, customer.Id descending
        group customer by customer.Writer into written
        orderby written.Key
        from customer in written.Take(2)
        select customer;
    Console.WriteLine($"  {"written by",-12}{"version 1: name | email",-46}version 2: first_name | last_name | email");
    foreach (var (id, writer) in customers)
        Console.WriteLine($"  {writer,-12}{old.GetValueOrDefault(id),-46}{@new.GetValueOrDefault(id)}");
}

/// <summary>Shows what a user would wait for.</summary>
sealed class Printer : IProgress<RunnerProgress>
{
    public void Report(RunnerProgress value)
    {
        if (value is BackfillAdvanced { Fraction: 1 } backfill)
            Console.WriteLine($"  {backfill.Elapsed.TotalSeconds:N2} s: {backfill.Rows:N0} rows of {backfill.Table} brought to the new version");
        else if (value is LockWaited wait)
            Console.WriteLine($"  {wait.Why}: a lock is held by {wait.Blockers}; again in {wait.Pause.TotalMilliseconds:N0} ms");
    }
}
