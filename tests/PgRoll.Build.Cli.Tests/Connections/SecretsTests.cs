using PgRoll.Build.Cli.Connections;

namespace PgRoll.Build.Cli.Tests.Connections;

[TestClass]
public sealed class SecretsTests
{
    [TestMethod]
    [DataRow("no file 'postgres://ann:hu@sh@db/shop'")]
    [DataRow("postgresql://ann:hush@db and postgres://ann:hush@db")]
    [DataRow("password=hush host=db")]
    [DataRow("Host=db;Password='hush;hush';Port=1")]
    [DataRow(@"PASSWORD = 'hu\'hush'")]
    [DataRow("Pwd=\"hush hush\"")]
    [DataRow("postgres://db?password=hush&user=ann")]
    public void A_password_in_a_connection_string_is_hidden(string text) => Assert.DoesNotContain("hush", Secrets.Hide(text));

    [TestMethod]
    [DataRow("28P01: password authentication failed for user \"ann\"")]
    [DataRow("There is no file or folder 'a@b'.")]
    [DataRow("read https://example.org/a@b")]
    public void Other_text_stays(string text) => Assert.AreEqual(text, Secrets.Hide(text));
}
