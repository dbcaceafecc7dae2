using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.LocalPostgres.Tests;

[TestClass]
public sealed class TestDatabaseTests
{
    public static IEnumerable<int> Majors => TestDatabase.SupportedMajors;

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Every_supported_major_gives_a_database_of_its_own(int major)
    {
        await using var one = await TestDatabase.CreateAsync(major);
        await using var other = await TestDatabase.CreateAsync(major);

        await one.ExecuteAsync("CREATE TABLE t (id int, name text); INSERT INTO t VALUES (1, 'a'), (2, NULL)");

        Assert.AreEqual(major, one.Major);
        Assert.AreEqual(2L, await one.ScalarAsync<long>("SELECT count(*) FROM t"));
        Assert.IsNull(await other.ScalarAsync<string>("SELECT to_regclass('t')::text"));
        Assert.AreSame(one.Server, other.Server);
    }

    [TestMethod]
    public async Task Rows_come_with_null_for_NULL_and_parameters_go_in_by_position()
    {
        await using var database = await TestDatabase.CreateAsync();

        var rows = await database.QueryAsync("SELECT $1::int, $2::text UNION ALL SELECT 2, 'b'", 1, null);

        Assert.HasCount(2, rows);
        CollectionAssert.AreEqual(new object?[] { 1, null }, rows[0]);
        CollectionAssert.AreEqual(new object?[] { 2, "b" }, rows[1]);
    }

    [TestMethod]
    public async Task A_database_from_a_template_holds_what_the_template_holds()
    {
        var template = await TestDatabase.CreateTemplateAsync("CREATE TABLE t AS SELECT generate_series(1, 10) AS id");
        await using var database = await TestDatabase.CreateAsync(template: template);

        Assert.AreEqual(10L, await database.ScalarAsync<long>("SELECT count(*) FROM t"));
    }

    [TestMethod]
    public async Task A_disposed_database_is_gone_though_somebody_is_still_connected()
    {
        var database = await TestDatabase.CreateAsync();
        await using var stranger = NpgsqlDataSource.Create(database.ConnectionString + ";Application Name=stranger");
        await using var connection = await stranger.OpenConnectionAsync();

        await database.DisposeAsync();

        await using var other = await TestDatabase.CreateAsync();
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        Assert.AreEqual(0L, await other.ScalarAsync<long>("SELECT count(*) FROM pg_database WHERE datname = $1", name));
    }
}
