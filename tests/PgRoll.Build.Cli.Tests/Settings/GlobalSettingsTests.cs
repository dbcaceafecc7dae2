using Npgsql;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Tests.Settings;

[TestClass]
public sealed class GlobalSettingsTests
{
    [TestMethod]
    public void Without_anything_given_pgrolls_defaults_hold()
    {
        var options = Options([], "status");
        Assert.AreEqual("public", options.Schema);
        Assert.AreEqual("pgroll", options.StateSchema);
        Assert.AreEqual(TimeSpan.FromMilliseconds(500), options.LockTimeout);
        Assert.IsNull(options.Role);
        Assert.IsTrue(options.UseVersionSchema);
        Assert.IsNull(options.ExposeXmin);
        var address = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        Assert.AreEqual("localhost/postgres/postgres/postgres/Disable", $"{address.Host}/{address.Username}/{address.Password}/{address.Database}/{address.SslMode}");
    }

    [TestMethod]
    public void Variables_replace_defaults()
    {
        var options = Options(
            new()
            {
                ["PGROLL_PG_URL"] = "postgres://ann@db/shop", ["PGROLL_SCHEMA"] = "app", ["PGROLL_STATE_SCHEMA"] = "state",
                ["PGROLL_LOCK_TIMEOUT"] = "2s", ["PGROLL_ROLE"] = "owner", ["PGROLL_USE_VERSION_SCHEMA"] = "false",
            },
            "status");
        Assert.AreEqual("app/state/2000/owner/False", $"{options.Schema}/{options.StateSchema}/{options.LockTimeout.TotalMilliseconds}/{options.Role}/{options.UseVersionSchema}");
        Assert.AreEqual("db", new NpgsqlConnectionStringBuilder(options.ConnectionString).Host);
    }

    [TestMethod]
    [DataRow("start", "m", "--expose-xmin")]
    [DataRow("start", "m", "--expose-xmin=true")]
    public void A_switch_alone_is_on(params string[] arguments)
    {
        Assert.IsTrue(Options([], arguments).ExposeXmin);
        Assert.IsTrue(Options(new() { ["PGROLL_EXPOSE_XMIN"] = "true" }, "start", "m").ExposeXmin);
        Assert.IsFalse(Options(new() { ["PGROLL_EXPOSE_XMIN"] = "true" }, "start", "m", "--expose-xmin=false").ExposeXmin);
    }

    [TestMethod]
    public void Flags_replace_variables_wherever_they_stand()
    {
        var options = Options(
            new()
            {
                ["PGROLL_PG_URL"] = "postgres://ann@db/shop", ["PGROLL_SCHEMA"] = "app", ["PGROLL_STATE_SCHEMA"] = "state",
                ["PGROLL_LOCK_TIMEOUT"] = "nonsense", ["PGROLL_ROLE"] = "owner", ["PGROLL_USE_VERSION_SCHEMA"] = "false",
            },
            "--schema", "flag", "status", "--postgres-url", "postgres://bob@other/shop", "--pgroll-schema=tool", "--lock-timeout", "7", "--role", "deployer", "--use-version-schema");
        Assert.AreEqual("flag/tool/7/deployer/True", $"{options.Schema}/{options.StateSchema}/{options.LockTimeout.TotalMilliseconds}/{options.Role}/{options.UseVersionSchema}");
        Assert.AreEqual("other", new NpgsqlConnectionStringBuilder(options.ConnectionString).Host);
    }

    [TestMethod]
    [DataRow("No database is named (--postgres-url, PGROLL_PG_URL, PGROLL_DATABASE_URL or PGHOST), so the default is used: server localhost:5432, database 'postgres', user 'postgres'.", "", "")]
    [DataRow(null, "PGROLL_PG_URL", "postgres://ann:hush@db/shop")]
    [DataRow(null, "PGDATABASE", "shop")]
    [DataRow("Using server db:5432, database 'shop', user 'ann', as PGROLL_PG_URL says.", "PGROLL_PG_URL", "postgres://ann:hush@db/shop", "--verbose")]
    [DataRow("Using server db:5432, database 'ann', user 'ann', as --postgres-url says.", "", "", "--verbose", "--postgres-url", "postgres://ann:hush@db")]
    public void Which_server_is_used_is_said_where_nobody_named_it_or_details_are_wanted(string? expected, string variable, string value, params string[] flags)
    {
        var global = new GlobalSettings();
        var parse = Program.Tree(global).Parse(["status", .. flags]);
        Assert.AreEqual(expected, global.AddressNotice(parse, new(TextWriter.Null, TextWriter.Null, name => name == variable ? value : null, canDraw: false)));
    }

    [TestMethod]
    public void The_environment_goes_before_a_projects_user_secrets_and_they_before_libpqs_variables()
    {
        var home = Directory.CreateTempSubdirectory("pgroll-home-").FullName;
        var secrets = Path.Combine(home, ".microsoft", "usersecrets", "shop", "secrets.json");
        Directory.CreateDirectory(Path.GetDirectoryName(secrets)!);
        File.WriteAllText(secrets, """{ "PgRoll:PostgresUrl": "postgres://ann@secret/shop" }""");
        string? Host(params (string, string)[] variables) => new NpgsqlConnectionStringBuilder(Options(
            variables.Append(("HOME", home)).ToDictionary(v => v.Item1, v => v.Item2), "status", "--user-secrets", "shop").ConnectionString).Host;

        Assert.AreEqual("secret", Host(("PGHOST", "libpq")));
        Assert.AreEqual("variable", Host(("PGROLL_PG_URL", "postgres://ann@variable/shop")));
        Directory.Delete(home, recursive: true);
    }

    [TestMethod]
    public void An_empty_variable_is_an_unset_one() => Assert.AreEqual("public", Options(new() { ["PGROLL_SCHEMA"] = "" }, "status").Schema);

    [TestMethod]
    public void The_address_has_an_alias_that_must_agree()
    {
        var alias = Options(new() { ["PGROLL_DATABASE_URL"] = "postgres://ann@db/shop" }, "status");
        Assert.AreEqual("db", new NpgsqlConnectionStringBuilder(alias.ConnectionString).Host);
        _ = Options(new() { ["PGROLL_DATABASE_URL"] = "postgres://ann@db/shop", ["PGROLL_PG_URL"] = "postgres://ann@db/shop" }, "status");
        var error = Assert.ThrowsExactly<PgRollException>(() =>
            Options(new() { ["PGROLL_DATABASE_URL"] = "postgres://ann@db/shop", ["PGROLL_PG_URL"] = "postgres://ann@other/shop" }, "status"));
        Assert.AreEqual(ExitReason.Usage, error.Reason);
        StringAssert.Contains(error.Message, "PGROLL_PG_URL and PGROLL_DATABASE_URL");
    }

    [TestMethod]
    [DataRow("PGROLL_PG_URL", "mysql://x")]
    [DataRow("PGROLL_DATABASE_URL", "postgres://h:port/db")]
    [DataRow("PGROLL_LOCK_TIMEOUT", "soon")]
    [DataRow("PGROLL_USE_VERSION_SCHEMA", "maybe")]
    [DataRow("PGROLL_EXPOSE_XMIN", "maybe")]
    [DataRow("PGPORT", "many")]
    [DataRow("PGSSLMODE", "on")]
    public void A_variable_that_cannot_be_read_is_named(string variable, string text)
    {
        var error = Assert.ThrowsExactly<PgRollException>(() => Options(new() { [variable] = text }, "status"));
        Assert.AreEqual(ExitReason.Usage, error.Reason);
        StringAssert.StartsWith(error.Message, variable);
    }

    static RunnerOptions Options(Dictionary<string, string> variables, params string[] arguments)
    {
        var global = new GlobalSettings();
        var parse = Program.Tree(global).Parse(arguments);
        Assert.IsEmpty(parse.Errors);
        return global.RunnerOptions(parse, new(TextWriter.Null, TextWriter.Null, variables.GetValueOrDefault, canDraw: false));
    }
}
