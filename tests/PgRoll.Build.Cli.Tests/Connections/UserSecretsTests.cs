using PgRoll.Build.Cli.Connections;

namespace PgRoll.Build.Cli.Tests.Connections;

[TestClass]
public sealed class UserSecretsTests
{
    readonly string _home = Directory.CreateTempSubdirectory("pgroll-secrets-").FullName;

    [TestCleanup]
    public void Delete() => Directory.Delete(_home, recursive: true);

    [TestMethod]
    [DataRow("""{ "PgRoll:PostgresUrl": "postgres://ann@db/shop" }""")]
    [DataRow("""{ "pgroll": { "postgresurl": "postgres://ann@db/shop" } }""")]
    [DataRow("""{ "PgRoll": { "Other": 1 }, /* kept by hand */ "PgRoll:PostgresUrl": "postgres://ann@db/shop", }""")]
    public void The_address_is_found_as_configuration_finds_it(string secrets)
    {
        Write(".microsoft/usersecrets", secrets);
        Assert.AreEqual("postgres://ann@db/shop", UserSecrets.Address("shop", Variable("HOME")));
    }

    [TestMethod]
    public void On_Windows_they_lie_elsewhere()
    {
        Write("Microsoft/UserSecrets", """{ "PgRoll:PostgresUrl": "postgres://ann@db/shop" }""");
        Assert.AreEqual("postgres://ann@db/shop", UserSecrets.Address("shop", Variable("APPDATA")));
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("[]")]
    [DataRow("""{ "PgRoll:PostgresUrl": "" }""")]
    [DataRow("""{ "PgRoll:PostgresUrl": 1 }""")]
    public void Others_are_none(string secrets)
    {
        Write(".microsoft/usersecrets", secrets);
        Assert.IsNull(UserSecrets.Address("shop", Variable("HOME")));
        Assert.IsNull(UserSecrets.Address("another", Variable("HOME")));
        Assert.IsNull(UserSecrets.Address("shop", _ => null));
    }

    [TestMethod]
    public async Task What_is_wrong_with_them_is_said_without_them()
    {
        var tool = new Tool { Variables = { ["HOME"] = _home } };
        Write(".microsoft/usersecrets", "{\n  \"PgRoll:PostgresUrl\": hush\n}");
        var outcome = (await tool.RunAsync("status", "--user-secrets", "shop")).HasCode(2);
        Assert.Contains("are no JSON from line 2 on", outcome.Error);
        Assert.DoesNotContain("hush", outcome.Error);

        Write(".microsoft/usersecrets", """{ "PgRoll:PostgresUrl": "mysql://hush" }""");
        outcome = (await tool.RunAsync("status", "--user-secrets", "shop")).HasCode(2);
        Assert.Contains("PgRoll:PostgresUrl of the user secrets: a URL of a database begins with postgres://", outcome.Error);
        Assert.DoesNotContain("hush", outcome.Error);

        Assert.Contains("is no id of user secrets", (await tool.RunAsync("status", "--user-secrets", "../shop")).HasCode(2).Error);
    }

    Func<string, string?> Variable(string name) => asked => asked == name ? _home : null;

    void Write(string folder, string secrets)
    {
        var path = Path.Combine(_home, folder, "shop", "secrets.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, secrets);
    }
}
