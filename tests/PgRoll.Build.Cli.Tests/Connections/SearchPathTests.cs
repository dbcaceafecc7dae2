using Npgsql;
using PgRoll.Build.Cli.Connections;

namespace PgRoll.Build.Cli.Tests.Connections;

[TestClass]
public sealed class SearchPathTests
{
    [TestMethod]
    [DataRow("postgres://ann:s%40t@db:6543/shop", "v1", "postgres://ann:s%40t@db:6543/shop?options=-c%20search_path%3Dv1")]
    [DataRow("postgres://ann@db/shop?sslmode=require&application_name=till", "v1", "postgres://ann@db/shop?sslmode=require&application_name=till&options=-c%20search_path%3Dv1")]
    [DataRow("postgres://ann@db/shop?options=-c%20statement_timeout%3D5s&sslmode=require", "v1",
        "postgres://ann@db/shop?sslmode=require&options=-c%20statement_timeout%3D5s%20-c%20search_path%3Dv1")]
    [DataRow("postgres://", "v1", "postgres://?options=-c%20search_path%3Dv1")]
    [DataRow("host=db user=ann password='it\\'s a'", "v1", "host=db user=ann password='it\\'s a' options='-c search_path=v1'")]
    [DataRow("Host=db;Database=shop;Username=ann;Password='a;b'", "v1", "Host=db;Database=shop;Username=ann;Password=\"a;b\";Search Path=v1")]
    [DataRow("Host=db;SearchPath=old;Timeout=3", "v1", "Host=db;Search Path=v1;Timeout=3")]
    [DataRow("postgres://db", "App_1 x\"", "postgres://db?options=-c%20search_path%3D%22App_1%5C%20x%22%22%22")]
    public void It_is_put_into_an_address_in_the_addresss_own_spelling(string address, string schema, string expected)
    {
        var actual = SearchPath.Into(address, schema);
        Assert.AreEqual(expected.ToLowerInvariant(), actual.ToLowerInvariant());
        _ = ConnectionStrings.Complete(ConnectionText.Read(actual), static _ => null);
    }

    [TestMethod]
    [DataRow("postgres://ann@/shop")]
    [DataRow("host=/tmp user=ann")]
    public void Where_it_is_read_again_it_is_the_servers_option(string address) =>
        Assert.AreEqual("-c search_path=v1", new NpgsqlConnectionStringBuilder(ConnectionStrings.Complete(ConnectionText.Read(SearchPath.Into(address, "v1")), static _ => null)).Options);
}
