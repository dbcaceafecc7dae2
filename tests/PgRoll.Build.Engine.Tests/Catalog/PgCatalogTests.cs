using PgRoll.Build.Linting.Names;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Catalog;

/// <summary>The names that lint takes for PostgreSQL's own, against the servers.</summary>
[TestClass]
public sealed class PgCatalogTests
{
    public static IEnumerable<object[]> Majors => TestDatabase.EveryMajor.Select(major => new object[] { major });

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Every_function_and_type_of_the_server_is_known(int major)
    {
        await using var database = await TestDatabase.CreateAsync(major);
        var functions = await NamesAsync(database, "SELECT DISTINCT proname::text FROM pg_catalog.pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind <> 'p'");
        var types = await NamesAsync(database, "SELECT typname::text FROM pg_catalog.pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typrelid = 0 AND typname NOT LIKE '\\_%'");

        Assert.IsGreaterThan(2_000, functions.Count);
        Assert.AreEqual("", string.Join(' ', functions.Except(PgCatalog.Functions)));
        Assert.AreEqual("", string.Join(' ', types.Except(PgCatalog.Types)));
    }

    [TestMethod]
    public async Task None_of_them_is_unheard_of()
    {
        HashSet<string> functions = [], types = [];
        foreach (var major in new[] { 14, 15, 16, 17, 18 })
        {
            await using var database = await TestDatabase.CreateAsync(major);
            functions.UnionWith(await NamesAsync(database, "SELECT DISTINCT proname::text FROM pg_catalog.pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"));
            types.UnionWith(await NamesAsync(database, "SELECT typname::text FROM pg_catalog.pg_type WHERE typnamespace = 'pg_catalog'::regnamespace"));
        }

        Assert.AreEqual("", string.Join(' ', PgCatalog.Functions.Except(functions)));
        Assert.AreEqual("", string.Join(' ', PgCatalog.Types.Except(types)));
    }

    static async Task<IReadOnlyList<string>> NamesAsync(TestDatabase database, string query) => [.. (await database.QueryAsync(query)).Select(row => (string)row[0]!)];
}
