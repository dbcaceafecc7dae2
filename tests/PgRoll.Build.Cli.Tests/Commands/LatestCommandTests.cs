using System.Text.Json;

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
}
