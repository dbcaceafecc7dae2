using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Preflight;

/// <summary>What a server is too old for is said before it meets it.</summary>
[TestClass]
public sealed class ServerSupportTests
{
    public static IEnumerable<object[]> Rows =>
        from major in TestDatabase.EveryMajor
        from change in (string[][])
        [
            ["- create_table: { name: u, columns: [{ name: id, type: int, pk: true }], constraints: [{ name: one, type: unique, columns: [id], nulls_not_distinct: true }] }", "'nulls_not_distinct' of 'one' on 'u'"],
            ["- create_constraint: { table: t, name: self, type: foreign_key, columns: [a], references: { table: t, columns: [id], on_delete: SET NULL, on_delete_set_columns: [a] }, up: { a: a }, down: { a: a } }", "'on_delete_set_columns' of 'self' on 't'"],
        ]
        select new object[] { major, change[0], change[1] };

    [SampledTestMethod(of: 5)]
    [DynamicData(nameof(Rows))]
    public async Task What_came_with_15_stops_start_on_14(int major, string change, string named)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_t", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: a, type: int, nullable: true }] }"));
        var catalog = await rollout.CatalogAsync();

        var start = rollout.Runner.StartAsync([Yaml.File("02_change", change)]);

        if (major >= 15)
        {
            await start;
            await rollout.Runner.RollbackAsync();
        }
        else
        {
            var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => start);
            Assert.AreEqual(
                $"Migration '02_change' cannot be started; nothing was changed. The server is PostgreSQL 14, and 15 is the first to know {named}. Leave it out, or upgrade the server.",
                error.Message);
        }
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
    }
}
