using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests;

/// <summary>What can be wrong with a command line, its files and its database: each has its exit code, and one message that says what.</summary>
[TestClass]
public sealed class BadInputTests
{
    [TestMethod]
    [DataRow(2, "Unrecognized command or argument 'strat'", "strat")]
    [DataRow(2, "Unrecognized flag '--fast'", "start", "--fast")]
    [DataRow(2, "Unrecognized command or argument '--fast'", "complete", "--fast")]
    [DataRow(2, "Unrecognized command or argument 'more'", "start", "one", "more")]
    [DataRow(2, "'postgres://***@db'", "status", "postgres://ann:hush@db")]
    [DataRow(2, "'postgres://***@db'", "start", "postgres://ann:hush@db")]
    [DataRow(2, "--lock-timeout: 'soon' is not a duration", "status", "--lock-timeout", "soon")]
    [DataRow(2, "--backfill-batch-size: '0' is not a whole number above 0", "start", "--backfill-batch-size", "0")]
    [DataRow(2, "--max-replica-lag: 'soon' is not a duration", "start", "--max-replica-lag", "soon")]
    [DataRow(2, "--max-replica-lag: '-1s' is negative", "migrate", "--max-replica-lag=-1s")]
    [DataRow(2, "--backfill-workers: '0' is not a whole number above 0", "start", "--backfill-workers", "0")]
    [DataRow(2, "--backfill-workers: 'many' is not a whole number above 0", "migrate", "--backfill-workers", "many")]
    [DataRow(2, "--index-wait: '-1s' is negative", "start", "--index-wait=-1s")]
    [DataRow(2, "--use-version-schema: 'maybe' is neither true nor false", "status", "--use-version-schema=maybe")]
    [DataRow(2, "--schema: a name is needed", "status", "--schema", "")]
    [DataRow(2, "--postgres-url: the connection parameter 'sslmod' is unknown", "status", "--postgres-url", "postgres://ann:hush@db/?sslmod=x")]
    [DataRow(2, "Required argument missing for option: '--postgres-url'", "status", "--postgres-url")]
    [DataRow(2, "There is no file or folder 'nowhere'", "start", "nowhere")]
    [DataRow(2, "There is no file or folder 'nowhere'", "validate", "nowhere")]
    [DataRow(2, "There is no file or folder 'nowhere'", "plan", "nowhere", "--online")]
    [DataRow(2, "There is no file or folder 'nowhere'", "verify", "nowhere")]
    [DataRow(2, "--server-version: '13' is no major version of PostgreSQL from 14 on", "verify", "--server-version", "15,13")]
    [DataRow(2, "--server-version chooses a server to start, --postgres-url one that runs", "verify", "--server-version", "17", "--postgres-url", "postgres://ann:hush@db/")]
    [DataRow(2, "--growth: 'many' is not a whole number above 0", "verify", "--growth", "10000,many")]
    [DataRow(2, "--rows: '0' is not a whole number above 0", "verify", "--rows", "0")]
    [DataRow(2, "--since: there is no migration 'nothing'", "verify", "{folder}/named", "--since", "nothing")]
    [DataRow(2, "There is no file 'nowhere.sql'", "verify", "{folder}/named", "--data", "nowhere.sql")]
    [DataRow(1, "error PGR0101", "verify", "{folder}/broken")]
    [DataRow(3, "Cannot connect to 127.0.0.1:1, database 'shop', user 'ann': Connection refused", "verify", "{folder}/named", "--postgres-url", "postgres://ann:hush@127.0.0.1:1/shop")]
    [DataRow(2, "There is no folder 'nowhere'", "migrate", "nowhere")]
    [DataRow(2, "There is no folder 'nowhere'", "update", "nowhere")]
    [DataRow(2, "Required argument missing for command: 'baseline'", "baseline")]
    [DataRow(2, "Argument 'perhaps' not recognized", "migrate", "--multiple-pending", "perhaps")]
    [DataRow(2, "it must end in .yaml, .yml or .json", "start", "{folder}/notes.txt")]
    [DataRow(2, "There is no migration file in", "plan", "{folder}/empty")]
    [DataRow(1, "error PGR0101", "plan", "{folder}/broken/broken.yaml")]
    [DataRow(3, "Cannot connect to 127.0.0.1:1, database 'shop', user 'ann': Connection refused", "status", "--postgres-url", "postgres://ann:hush@127.0.0.1:1/shop")]
    [DataRow(3, "Cannot connect to nowhere.invalid:5432", "status", "--postgres-url", "postgres://ann:hush@nowhere.invalid/shop")]
    [DataRow(3, "Cannot connect to /nowhere:5432", "status", "--postgres-url", "postgres://ann:hush@/shop?host=/nowhere")]
    public async Task Without_a_database(int code, string message, params string[] arguments)
    {
        using var folder = new MigrationFolder().With("notes.txt", "").With("broken/broken.yaml", "operations: [").With("named/01_users.yaml", MigrationFolder.CreateUsers);
        Directory.CreateDirectory(folder["empty"]);
        AssertFailed(await new Tool().RunAsync(In(folder, arguments)), code, message);
    }

    [SampledTestMethod(of: 2)]
    [DataRow(4, "Run `init` first", "", "status")]
    [DataRow(4, "Run `init` first", "", "start", "{folder}/01_users.yaml")]
    [DataRow(4, "Run `init` first", "", "complete")]
    [DataRow(4, "Run `init` first", "", "latest", "schema")]
    [DataRow(4, "Run `init` first", "", "migrate", "{folder}/empty")]
    [DataRow(4, "Run `init` first", "", "rollback")]
    [DataRow(4, "Run `init` first", "", "drift")]
    [DataRow(4, "Run `init` first", "", "pull", "{folder}/empty")]
    [DataRow(4, "Run `init` first", "", "baseline", "01", "{folder}/empty", "--yes", "--pg-dump", "none")]
    [DataRow(4, "Migration '01_users' is active", "init; start", "plan", "{folder}/02_name.yaml", "--online")]
    [DataRow(4, "Migration '01_users' is active", "init; start", "validate", "{folder}/02_name.yaml", "--online")]
    [DataRow(3, "complete failed: 22012: division by zero", "init; start {folder}/05_fails/05_fails.yaml", "complete")]
    [DataRow(3, "rollback failed: 22012: division by zero", "init; start {folder}/06_fails/06_fails.yaml", "rollback")]
    [DataRow(3, "role \"nobody\" does not exist", "", "init", "--role", "nobody")]
    [DataRow(6, "migration '01_users' cannot be read", "init; start; complete; broken", "pull", "{folder}/empty")]
    [DataRow(4, "No migration is active", "init", "complete")]
    [DataRow(4, "No migration is active", "init", "rollback")]
    [DataRow(4, "No migration was applied", "init", "latest", "schema")]
    [DataRow(4, "has tables but no migration history", "init; table", "start", "{folder}/01_users.yaml")]
    [DataRow(4, "Migration '01_users' is active", "init; start", "start", "{folder}/02_name.yaml")]
    [DataRow(1, "error PGR0101", "init", "start", "{folder}/broken/broken.yaml")]
    [DataRow(1, "(3,14): error PGR02", "init", "start", "{folder}/03_orders/03_orders.yaml")]
    [DataRow(3, "role \"nobody\" does not exist", "init", "status", "--role", "nobody")]
    [DataRow(1, "error PGR1004", "init; start; complete; rows", "start", "{folder}/04_division/04_division.yaml")]
    [DataRow(1, "error PGR1004", "init; start; complete; rows", "migrate", "{folder}/04_division")]
    [DataRow(3, "everything was taken back", "init; start; complete; rows", "start", "{folder}/04_division/04_division.yaml", "--row-check-time", "0")]
    public async Task With_a_database(int code, string message, string before, params string[] arguments)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder()
            .With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName).With("03_orders/03_orders.yaml", MigrationFolder.UnknownTable)
            .With("04_division/04_division.yaml", MigrationFolder.RequireName.Replace("coalesce(name, 'none')", "(1 / (id - 1))::text", StringComparison.Ordinal))
            .With("05_fails/05_fails.yaml", "operations: [ { sql: { up: SELECT 1 / 0, onComplete: true } } ]").With("06_fails/06_fails.yaml", "operations: [ { sql: { up: SELECT 1, down: SELECT 1 / 0 } } ]")
            .With("broken/broken.yaml", "operations: [");
        Directory.CreateDirectory(folder["empty"]);
        var tool = new Tool { Variables = { ["PGROLL_PG_URL"] = database.ConnectionString } };
        foreach (var step in before.Split("; ", StringSplitOptions.RemoveEmptyEntries))
            await (step switch
            {
                "table" => database.ExecuteAsync("CREATE TABLE users (id int)"),
                "rows" => database.ExecuteAsync("INSERT INTO users VALUES (1, 'ann')"),
                "start" => tool.RunAsync("start", folder["01_users.yaml"]),
                "broken" => database.ExecuteAsync("UPDATE pgroll.migrations SET migration = '[]'"),
                var command => tool.RunAsync(In(folder, command.Split(' '))),
            });
        AssertFailed(await tool.RunAsync(In(folder, arguments)), code, message);
    }

    [TestMethod]
    public async Task A_database_that_is_not_there()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tool = new Tool { Variables = { ["PGROLL_PG_URL"] = database.ConnectionString + ";Database=nowhere" } };
        AssertFailed(await tool.RunAsync("status"), 3, "database \"nowhere\" does not exist");
    }

    [TestMethod]
    public async Task A_server_that_is_too_old()
    {
        await using var server = MockServer.OfVersion("13.9");
        AssertFailed(await new Tool().RunAsync("status", "--postgres-url", server.ConnectionString), 2, "The server is PostgreSQL 13.9; 14 or newer is needed.");
    }

    [TestMethod]
    [DataRow("status")]
    [DataRow("init")]
    [DataRow("start")]
    [DataRow("status", "--verbose")]
    public async Task A_wrong_password_which_is_not_repeated(params string[] arguments)
    {
        await using var server = MockServer.Refusing("28P01", "password authentication failed for user \"ann\"");
        using var folder = new MigrationFolder();
        var result = await new Tool().RunAsync([.. arguments, .. arguments[0] == "start" ? (string[])[folder.Path] : [], "--postgres-url", server.ConnectionString]);
        result.HasCode(3);
        StringAssert.Contains(result.Error, "28P01: password authentication failed for user \"ann\"");
        Assert.DoesNotContain("hush", result.Out + result.Error);
    }

    [TestMethod]
    public async Task Details_are_for_who_asks_for_them()
    {
        var tool = new Tool { Variables = { ["PGROLL_PG_URL"] = "postgres://ann:hush@127.0.0.1:1/shop", ["PGROLL_VERBOSE"] = "1" } };
        var result = (await tool.RunAsync("status")).HasCode(3);
        StringAssert.Contains(result.Error, "   at ");
        Assert.DoesNotContain("hush", result.Error);
    }

    static string[] In(MigrationFolder folder, string[] arguments) => [.. arguments.Select(argument => argument.Replace("{folder}", folder.Path, StringComparison.Ordinal))];

    static void AssertFailed(Outcome result, int code, string message)
    {
        result.HasCode(code);
        StringAssert.Contains(result.Error, message);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.DoesNotContain("hush", result.Out + result.Error);
        if (!result.Error.Contains("error PGR", StringComparison.Ordinal))
            StringAssert.Contains(result.Error, "Error: ");
    }
}
