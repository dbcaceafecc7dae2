namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>What raw SQL does at complete shows in the version that is published already.</summary>
[TestClass]
public sealed class RawSqlAtCompleteTests
{
    const string Tables =
        """
        - create_table: { name: changed, columns: [{ name: id, type: int, pk: true }] }
        - create_table: { name: dropped, columns: [{ name: id, type: int, pk: true }] }
        - create_table: { name: untouched, columns: [{ name: id, type: int, pk: true }] }
        """;

    [TestMethod]
    public async Task Only_the_views_of_what_changed_are_made_anew()
    {
        await using var rollout = await Rollout.CreateAsync();
        await using var role = await TestRole.CreateAsync(rollout.Database);
        await rollout.ApplyAsync(Yaml.File("01_tables", Tables));
        await rollout.Runner.StartAsync([Yaml.File("02_raw",
            "- sql: { onComplete: true, up: 'ALTER TABLE changed ADD COLUMN more int; DROP TABLE dropped CASCADE; CREATE TABLE made (id int)' }")]);
        await rollout.Database.ExecuteAsync($"GRANT SELECT ON public_02_raw.untouched TO {role.Name}");

        await rollout.Runner.CompleteAsync();

        CollectionAssert.AreEqual((string[])["changed|id,more", "made|id", "untouched|id"], (await rollout.AsAsync("public",
            "SELECT table_name, string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = 'public_02_raw' GROUP BY 1 ORDER BY 1")).ToArray());
        Assert.IsTrue(await rollout.Database.ScalarAsync<bool>($"SELECT has_table_privilege('{role.Name}', 'public_02_raw.untouched', 'SELECT')"));
    }
}
