using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Actions;

[TestClass]
public sealed class SecretStepTests
{
    const string Password = """p@ss:w/rd%25$'"\""";

    [TestMethod]
    [DataRow("url")]
    [DataRow("pairs")]
    [DataRow("npgsql")]
    [DataRow("token")]
    public async Task A_secret_is_masked_in_each_spelling_and_stands_nowhere(string form)
    {
        await using var database = await TestDatabase.CreateAsync();
        var address = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        using var step = new ActionStep();
        step.Variables[form == "token" ? "PGROLL_DATABASE_PASSWORD" : "OTHER"] = Password;
        step.Variables["PGROLL_PG_URL"] = form switch
        {
            "url" => $"postgres://{address.Username}:{Uri.EscapeDataString(Password)}@{Uri.EscapeDataString(address.Host!)}:{address.Port}/{address.Database}",
            "pairs" => $"host={address.Host} port={address.Port} user={address.Username} dbname={address.Database} password='{Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'",
            "npgsql" => new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = Password }.ConnectionString,
            _ => database.ConnectionString,
        };
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers);
        var result = (await step.RunAsync("start")).HasCode(0);
        foreach (var spelling in (string[])[Password, Uri.EscapeDataString(Password), step.Variables["PGROLL_PG_URL"]])
        {
            Assert.Contains(spelling, result.Log.Masks);
            Assert.DoesNotContain(spelling, result.Raw.Split('\n').Where(line => !line.StartsWith("::add-mask::", StringComparison.Ordinal)).Aggregate("", (all, line) => $"{all}{line}\n"));
            Assert.DoesNotContain(spelling, result.Summary + string.Join('\n', result.Outputs.Values));
            Assert.AreEqual(0L, await database.ScalarAsync<long>("SELECT count(*) FROM pgroll.rollouts r WHERE strpos(r::text, $1) > 0", spelling));
        }
        // What other jobs need must not be taken for a secret.
        foreach (var name in (string[])["public_01_users", address.Username!, address.Database!])
            Assert.IsFalse(result.Log.Masks.Any(mask => name.Contains(mask, StringComparison.Ordinal)), name);
    }

    [TestMethod]
    public async Task A_password_that_is_too_short_to_hide_is_warned_of()
    {
        using var step = new ActionStep("postgres://app:app@localhost:1/shop?sslmode=disable");
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers);
        var result = (await step.RunAsync("lint")).HasCode(0);
        StringAssert.Contains(result.Annotations("warning"), "fewer than 4 characters");
        Assert.DoesNotContain("app", result.Log.Masks);
    }

    [TestMethod]
    public async Task An_output_that_the_service_will_drop_is_warned_of()
    {
        using var step = new ActionStep("postgres://app:public@localhost:1/shop?sslmode=disable");
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers);
        StringAssert.Contains((await step.RunAsync("lint")).HasCode(0).Annotations("warning"), "occurs in output 'schema-version'");
    }

    [TestMethod]
    public async Task A_database_that_is_down_is_told_without_its_address()
    {
        using var step = new ActionStep("postgres://app:hidden-word@localhost:1/shop?sslmode=disable");
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers);
        var result = (await step.RunAsync("start")).HasCode(3);
        Assert.AreEqual(("", "", "false"), (result["state"], result["result"], result["started"]));
        Assert.DoesNotContain("hidden-word", result.Summary + result.Log.Text + result.Annotations("error"));
    }
}
