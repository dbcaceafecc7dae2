using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class DriftCommandTests
{
    [TestMethod]
    public async Task What_somebody_changed_by_hand_is_listed()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        StringAssert.Contains((await tool.RunAsync("drift")).HasCode(4).Error, "There is no record to compare schema 'public' with");
        await tool.DoAsync("start", folder.Path);
        (await tool.RunAsync("drift")).HasCode(4);
        await tool.DoAsync("complete");
        Assert.AreEqual("No drift: schema 'public' is as it was after 01_users.", await tool.DoAsync("drift"));

        await database.ExecuteAsync(
            """
            ALTER TABLE users ADD COLUMN born date DEFAULT now(), ALTER COLUMN name SET DEFAULT 'x', ADD CONSTRAINT named CHECK (name <> ''), ADD UNIQUE (name);
            CREATE INDEX by_birth ON users (born);
            CREATE TABLE orders (id int PRIMARY KEY);
            """);
        Assert.AreEqual(
            """
            Schema 'public' is not as it was after 01_users:
              column 'users.born' is new
              check 'users.named' is new
              unique constraint 'users.users_name_key' is new
              index 'users.by_birth' is new
              table 'orders' is new
              column 'users.name': default was none, is 'x'::text
            """, (await tool.RunAsync("drift")).HasCode(1).Out.TrimEnd());

        var json = (await tool.RunAsync("drift", "--json")).HasCode(1);
        Assert.AreEqual(6, json.Json.GetProperty("differences").GetArrayLength());
        Assert.AreEqual("'x'::text", json.Json.GetProperty("differences")[5].GetProperty("live").GetString());
        StringAssert.Contains(json.Error, "table 'orders' is new");
    }
}
