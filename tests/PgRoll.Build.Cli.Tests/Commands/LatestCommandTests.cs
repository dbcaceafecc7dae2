using System.Text.Json;
using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class LatestCommandTests
{
    [TestMethod]
    [DataRow("latest", "email")]
    [DataRow("latest --with-schema", "app_email")]
    [DataRow("latest schema", "app_email")]
    [DataRow("latest migration", "02_name")]
    public async Task A_folder_tells_its_last_files_names(string command, string expected)
    {
        using var folder = new MigrationFolder()
            .With("01_users.yaml", "what it builds on is not asked for")
            .With("02_name.yaml", "version_schema: email\n" + MigrationFolder.RequireName);
        var result = await new Tool { Variables = { ["PGROLL_SCHEMA"] = "app" } }.RunAsync([.. command.Split(' '), "--local", folder.Path]);
        Assert.AreEqual($"{expected}{Environment.NewLine}", result.HasCode(0).Out);
    }

    [TestMethod]
    public async Task Programs_get_all_names_as_JSON()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        using var json = JsonDocument.Parse((await new Tool().RunAsync("latest", "schema", "-l", folder.Path, "--json")).HasCode(0).Out);
        Assert.AreEqual("01_users/01_users/public_01_users", string.Join('/', json.RootElement.EnumerateObject().Select(property => property.Value)));
    }

    [TestMethod]
    public async Task A_last_file_that_cannot_be_read_is_a_finding()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", "operations: [");
        StringAssert.Contains((await new Tool().RunAsync("latest", "schema", "--local", folder.Path)).HasCode(1).Error, "error PGR0101");
    }

    [TestMethod]
    public async Task A_folder_without_migrations_or_none_is_wrong_usage()
    {
        using var folder = new MigrationFolder().With("README.md", "");
        StringAssert.Contains((await new Tool().RunAsync("latest", "--local", folder.Path)).HasCode(2).Error, "There is no migration file in");
        StringAssert.Contains((await new Tool().RunAsync("latest", "--local", folder["README.md"])).HasCode(2).Error, "There is no folder");
    }

    [TestMethod]
    [DataRow("postgres://ann:hush@db/shop")]
    [DataRow("")]
    public async Task A_folder_tells_the_address_of_its_version_too(string address)
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = new Tool { Variables = { ["PGROLL_PG_URL"] = "postgres://bob@other/shop?sslmode=require" } };
        string[] given = address.Length > 0 ? [address] : [];
        Assert.AreEqual(address.Length > 0
                ? "postgres://ann:hush@db/shop?options=-c%20search_path%3Dpublic_01_users"
                : "postgres://bob@other/shop?sslmode=require&options=-c%20search_path%3Dpublic_01_users",
            await tool.DoAsync(["latest", "url", .. given, "--local", folder.Path]));
        StringAssert.Contains((await tool.RunAsync("latest", "url", "mysql://ann:hush@db", "--local", folder.Path)).HasCode(2).Error, "CONNSTR: a URL of a database begins with");
    }

    [TestMethod]
    public async Task The_address_that_is_printed_reaches_the_version()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        StringAssert.Contains((await tool.RunAsync("latest", "url")).HasCode(4).Error, "No migration was applied");
        await tool.DoAsync("start", folder.Path);
        await using var client = NpgsqlDataSource.Create(await tool.DoAsync("latest", "url"));
        await using var command = client.CreateCommand("SELECT current_schema()::text");
        Assert.AreEqual("public_01_users", await command.ExecuteScalarAsync());
        Assert.AreEqual("url", (await tool.RunAsync("latest", "url", "--json")).HasCode(0).Json.EnumerateObject().Last().Name);
    }
}
