using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Several files as one rollout end where the same files end one after the other, and until then the old version sees nothing of it.</summary>
[TestClass]
public sealed class FileChainTests
{
    public static IEnumerable<object[]> Chains =>
        from chain in FileChain.All
        where TestDatabase.IsUsual(chain.Name, 0, of: 4)
        from major in TestDatabase.MajorsFor(chain.Name)
        select new object[] { chain.Name, major };

    [TestMethod]
    [DynamicData(nameof(Chains))]
    public async Task One_rollout_is_as_good_as_many(string name, int major)
    {
        var chain = FileChain.All.Single(c => c.Name == name);
        await using var apart = await PrepareAsync(chain, major);
        foreach (var file in chain.Files)
            await apart.ApplyAsync(file);
        await using var together = await PrepareAsync(chain, major);
        var (catalog, rows) = (await together.CatalogAsync(), await RowsAsync(together, "public_01_base"));

        await together.Runner.StartAsync([chain.First, .. chain.Files]);
        Assert.AreEqual(rows, await RowsAsync(together, "public_01_base"), "what the old version sees");
        await together.Runner.RollbackAsync();
        Assert.AreEqual(catalog, await together.CatalogAsync(), "rolled back");
        Assert.AreEqual(rows, await RowsAsync(together, "public_01_base"), "rolled back");

        var result = await together.Runner.StartAsync([chain.First, .. chain.Files]);
        Assert.AreEqual(await RowsAsync(apart, result!.VersionSchema!), await RowsAsync(together, result.VersionSchema!), "what the new version sees");
        await together.Runner.CompleteAsync();
        Assert.AreEqual(await RowsAsync(apart, result.VersionSchema!), await RowsAsync(together, result.VersionSchema!), "what is left");
        Assert.AreEqual(await SchemaAsync(apart, result.VersionSchema!), await SchemaAsync(together, result.VersionSchema!));
    }

    static async Task<Rollout> PrepareAsync(FileChain chain, int major)
    {
        var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(chain.First);
        await rollout.Database.ExecuteAsync(FileChain.Rows);
        return rollout;
    }

    /// <summary>Every row of every view.</summary>
    static async Task<string> RowsAsync(Rollout rollout, string version)
    {
        var rows = new List<string>();
        foreach (var view in await rollout.AsAsync("public", $"SELECT viewname FROM pg_views WHERE schemaname = {new Literal(version)} ORDER BY 1"))
            rows.AddRange((await rollout.AsAsync(version, $"SELECT t::text FROM {new Ident(view)} AS t ORDER BY 1")).Select(row => $"{view} {row}"));
        return string.Join('\n', rows);
    }

    static async Task<string> SchemaAsync(Rollout rollout, string version)
    {
        var schema = await rollout.SchemaAsync(version);
        return SchemaText.Of(schema with
        {
            // From 18 on a NOT NULL has a name, which the server makes of the names that the table and the column have at that moment.
            Tables = [.. schema.Tables.Select(t => t with { Columns = [.. t.Columns.Select(c => c.NotNull is { } notNull ? c with { NotNull = notNull with { Name = PostgresNames.Choose(t.Name, c.Name, "not_null") } } : c)], Constraints = [.. t.Constraints.OrderBy(c => c.Name, StringComparer.Ordinal)], Indexes = [.. t.Indexes.OrderBy(i => i.Name, StringComparer.Ordinal)] })],
        });
    }
}
