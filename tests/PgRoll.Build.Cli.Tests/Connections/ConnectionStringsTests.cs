using Npgsql;
using PgRoll.Build.Cli.Connections;

namespace PgRoll.Build.Cli.Tests.Connections;

[TestClass]
public sealed class ConnectionStringsTests
{
    static string Me => Environment.UserName;

    [TestMethod]
    [DataRow("postgres://ann:secret@db:6543/shop", "Host=db;Port=6543;Database=shop;Username=ann;Password=secret")]
    [DataRow("postgresql://ann@db/shop", "Host=db;Database=shop;Username=ann")]
    [DataRow("POSTGRES://ann@db/shop", "Host=db;Database=shop;Username=ann")]
    [DataRow("postgres://ann@db", "Host=db;Database=ann;Username=ann")]
    [DataRow("postgres://ann@db/", "Host=db;Database=ann;Username=ann")]
    [DataRow("postgres://ann@/shop", "Host=localhost;Database=shop;Username=ann")]
    [DataRow("postgres://ann:@db/shop", "Host=db;Database=shop;Username=ann")]
    [DataRow("postgres://a%6En:s%40%2F%3A%25%3Fe@db/my%20shop", "Host=db;Database=my shop;Username=ann;Password=s@/:%?e")]
    [DataRow("postgres://ann:p@ss:w#rd@db/shop", "Host=db;Database=shop;Username=ann;Password=p@ss:w#rd")]
    [DataRow("postgres://ann@[::1]:6543/shop", "Host=::1;Port=6543;Database=shop;Username=ann")]
    [DataRow("postgres://ann@[2001:db8::7]/shop", "Host=2001:db8::7;Database=shop;Username=ann")]
    [DataRow("postgres://ann@%2Fvar%2Frun%2Fpostgresql/shop", "Host=/var/run/postgresql;Database=shop;Username=ann")]
    [DataRow("postgres://ann@/shop?host=/var/run/postgresql&port=6543", "Host=/var/run/postgresql;Port=6543;Database=shop;Username=ann")]
    [DataRow("postgres://db/shop?user=ann&password=s%26t", "Host=db;Database=shop;Username=ann;Password=s&t")]
    [DataRow("postgres://ann@db/shop?host=other&dbname=till", "Host=other;Database=till;Username=ann")]
    [DataRow("postgres://ann@db?sslmode=require", "Host=db;Database=ann;Username=ann;SSL Mode=Require")]
    [DataRow("postgres://ann@db/shop?sslmode=verify-full&sslrootcert=/ca.pem", "Host=db;Database=shop;Username=ann;SSL Mode=VerifyFull;Root Certificate=/ca.pem")]
    [DataRow("postgres://ann@db/shop?sslmode=verify-full&sslrootcert=system", "Host=db;Database=shop;Username=ann;SSL Mode=VerifyFull")]
    [DataRow("postgres://ann@db/shop?ssl=true", "Host=db;Database=shop;Username=ann;SSL Mode=Require")]
    [DataRow("postgres://ann@db/shop?sslmode=", "Host=db;Database=shop;Username=ann")]
    [DataRow("postgres://ann@db/shop?options=-c%20statement_timeout%3D5s&connect_timeout=7&application_name=till%20one",
        "Host=db;Database=shop;Username=ann;Options=-c statement_timeout=5s;Timeout=7;Application Name=till one")]
    [DataRow("postgres://ann@db/shop?channel_binding=require&target_session_attrs=read-write&keepalives=1&keepalives_idle=30",
        "Host=db;Database=shop;Username=ann;Channel Binding=Require;TCP KeepAlive=True;TCP KeepAlive Time=30")]
    public void A_url_is_read_as_libpq_reads_it(string url, string expected) => AssertSame(expected, Complete(url));

    [TestMethod]
    [DataRow("host=db port=6543 dbname=shop user=ann password=secret", "Host=db;Port=6543;Database=shop;Username=ann;Password=secret")]
    [DataRow(" host = db  dbname='my shop' user=ann ", "Host=db;Database=my shop;Username=ann")]
    [DataRow(@"host=db user=ann password='it\'s a \\ secret;'", @"Host=db;Database=ann;Username=ann;Password=""it's a \ secret;""")]
    [DataRow("host=db user=ann password=a;b dbname=shop", "Host=db;Database=shop;Username=ann;Password='a;b'")]
    [DataRow(@"host=db user=ann password=a\ b", "Host=db;Database=ann;Username=ann;Password=a b")]
    [DataRow("host=/tmp user=ann password='' sslmode=verify-ca", "Host=/tmp;Database=ann;Username=ann;SSL Mode=VerifyCA")]
    public void Pairs_are_read_as_libpq_reads_them(string pairs, string expected) => AssertSame(expected, Complete(pairs));

    [TestMethod]
    [DataRow("Host=db;Port=6543;Database=shop;Username=ann;Password=secret;SSL Mode=Require")]
    [DataRow("host=db;port=6543;database=shop;username=ann")]
    [DataRow("Server=db;User Id=ann;Database=shop;Password='a;b'")]
    [DataRow("Host=db;Username=ann;Database=shop;Search Path=x;Timeout=3")]
    public void An_Npgsql_string_keeps_its_meaning(string text) => AssertSame(text, Complete(text));

    [TestMethod]
    public void Variables_fill_what_the_address_leaves_out_and_nothing_else()
    {
        Dictionary<string, string> variables = new()
        {
            ["PGHOST"] = "db", ["PGPORT"] = "6543", ["PGUSER"] = "ann", ["PGPASSWORD"] = "secret", ["PGDATABASE"] = "shop", ["PGSSLMODE"] = "require",
        };
        AssertSame("Host=db;Port=6543;Database=shop;Username=ann;Password=secret;SSL Mode=Require", Complete(null, variables));
        AssertSame("Host=db;Port=6543;Database=shop;Username=ann;Password=secret;SSL Mode=Require", Complete("postgres://", variables));
        AssertSame("Host=other;Port=1;Database=till;Username=bob;Password=mine;SSL Mode=Disable", Complete("postgres://bob:mine@other:1/till?sslmode=disable", variables));
        AssertSame("Host=other;Port=6543;Database=shop;Username=bob;Password=secret;SSL Mode=Require", Complete("host=other user=bob", variables));
        AssertSame("Host=other;Port=6543;Database=shop;Username=bob;Password=secret;SSL Mode=Require", Complete("Host=other;Username=bob", variables));
    }

    [TestMethod]
    public void Where_only_some_is_known_the_rest_is_libpqs_default()
    {
        AssertSame($"Host=db;Username={Me};Database={Me}", Complete(null, new() { ["PGHOST"] = "db" }));
        AssertSame($"Host=localhost;Username={Me};Database=shop", Complete("postgres:///shop"));
        AssertSame("Host=localhost;Username=postgres;Password=postgres;Database=postgres;SSL Mode=Disable", Complete(null));
    }

    [TestMethod]
    [DataRow("postgres://ann:hush/hush@db/shop", "'/'")]
    [DataRow("postgres://ann:12/hush@db/shop", "'/' or '@'")]
    [DataRow("postgres://ann:hush?hush@db/shop", "without a value")]
    [DataRow("postgres://ann:hush%zz@db/shop", "'%'")]
    [DataRow("postgres://ann:hush@db:hush/shop", "'port'")]
    [DataRow("postgres://ann:hush@db:99999/shop", "'port'")]
    [DataRow("postgres://ann:hush@[::1/shop", "bracket")]
    [DataRow("postgres://ann:hush@one,two/shop", "several hosts")]
    [DataRow("postgres://ann:hush@db/shop?sslmode=on", "'sslmode'")]
    [DataRow("postgres://ann:hush@db/shop?sslmod=disable", "'sslmod'")]
    [DataRow("postgres://ann:hush@db/shop?search_path=app", "'search_path'")]
    [DataRow("postgres://ann:hush@db/shop?connect_timeout=hush", "'connect_timeout'")]
    [DataRow("postgres://ann:hush@db/shop?gssencmode=7", "'gssencmode'")]
    [DataRow("mysql://ann:hush@db/shop", "postgres://")]
    [DataRow("host=db password=hush hush", "key=value")]
    [DataRow("host=db password='hush", "closing quote")]
    [DataRow("host=db passwd=hush", "'passwd'")]
    [DataRow("host=db,other password=hush", "'host'")]
    [DataRow("Host=db;Password=hush;hush", "Key=Value;")]
    [DataRow("Host=db;Password=hush;Sprache=de", "'sprache'")]
    [DataRow("Host=db;Password=hush;Port=hush", "'port'")]
    [DataRow("Host=db;Password=hush;SSL Mode=hush", "'ssl mode'")]
    public void What_cannot_be_read_is_named_without_its_value(string text, string expected)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => Complete(text));
        StringAssert.Contains(error.Message, expected);
        Assert.DoesNotContain("hush", error.Message);
    }

    static string Complete(string? text, Dictionary<string, string>? variables = null) =>
        ConnectionStrings.Complete(text is null ? null : ConnectionText.Read(text), name => (variables ?? []).GetValueOrDefault(name));

    static void AssertSame(string expected, string actual)
    {
        var (left, right) = (new NpgsqlConnectionStringBuilder(expected), new NpgsqlConnectionStringBuilder(actual));
        Assert.AreEqual(Sorted(left), Sorted(right));

        static string Sorted(NpgsqlConnectionStringBuilder builder) => string.Join("; ", builder.Keys.Order().Select(key => $"{key}={builder[key]}"));
    }
}
