using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class VerifyCommandTests
{
    /// <summary>One after the other: both look at whose databases are on the server.</summary>
    [TestMethod]
    public async Task On_a_server_that_is_named_nothing_is_left_whether_it_ends_or_is_interrupted()
    {
        var server = (await TestDatabase.ServerAsync()).ConnectionString;
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers)
            .With("02_number.yaml",
                """
                operations:
                  - alter_column:
                      table: users
                      column: name
                      type: integer
                      up: name::integer
                      down: name::text
                """);

        using var interruption = new CancellationTokenSource();
        var interrupted = new Tool { Cancellation = interruption.Token, OnError = line => { if (line.StartsWith("01_users", StringComparison.Ordinal)) interruption.Cancel(); } };
        StringAssert.Contains((await interrupted.RunAsync("verify", folder.Path, "--postgres-url", server)).HasCode(5).Error, "verify was interrupted. Run it again.");
        Assert.AreEqual(0L, await DatabasesAsync(server));

        var result = (await new Tool().RunAsync("verify", folder.Path, "--postgres-url", server, "--since", "02_number", "--fail-on", "warning", "--rows", "12")).HasCode(1);
        Assert.MatchesRegex(@"02_number\.yaml\(6,11\): (error|warning) PGR1102: ", result.Out);
        Assert.AreEqual(0L, await DatabasesAsync(server));
    }

    [TestMethod]
    public async Task What_is_noted_as_applied_must_be_what_it_was()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName);
        (await new Tool().RunAsync("lock", folder.Path)).HasCode(0);
        StringAssert.Contains((await new Tool().RunAsync("verify", folder.Path)).HasCode(0).Error, "Nothing to verify");
        folder.With("02_name.yaml", MigrationFolder.RequireName.Replace("none", "nobody", StringComparison.Ordinal));

        StringAssert.Contains((await new Tool().RunAsync("verify", folder.Path)).HasCode(1).Error, "02_name.yaml(1,1): error PGR0107");
        StringAssert.Contains((await new Tool().RunAsync("verify", folder.Path, "--format", "json")).HasCode(1).Out, "PGR0107");
    }

    static async Task<long> DatabasesAsync(string server)
    {
        await using var source = NpgsqlDataSource.Create(server);
        return (long)(await source.CreateCommand("SELECT count(*) FROM pg_database WHERE starts_with(datname, 'pgroll_verify_')").ExecuteScalarAsync())!;
    }
}
