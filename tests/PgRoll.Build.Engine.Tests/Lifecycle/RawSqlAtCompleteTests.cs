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

    /// <summary>Else no command would ever get past it: each goes on with what complete left.</summary>
    [TestMethod]
    public async Task What_the_server_refuses_after_complete_is_told_once_and_stands_in_nobodys_way()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_tables", Tables));
        await rollout.Runner.StartAsync([Yaml.File("02_raw", "- sql: { onComplete: true, up: CREATE INDEX CONCURRENTLY i ON missing (id) }")]);

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync());

        Assert.AreEqual(ExitReason.NeedsAttention, error.Reason);
        StringAssert.Contains(error.Message, "CREATE INDEX CONCURRENTLY i ON missing (id)");
        StringAssert.Contains(error.Message, "relation \"missing\" does not exist");
        await rollout.ApplyAsync(Yaml.File("03_next", "- add_column: { table: changed, column: { name: more, type: int, nullable: true } }"));
        CollectionAssert.AreEqual((string[])["public_03_next"], (await rollout.AsAsync("public", "SELECT nspname FROM pg_namespace WHERE nspname ~ '^(public|_pgroll)_'")).ToArray());
    }

    [TestMethod]
    public async Task Rollback_of_raw_sql_drops_nobodys_view_of_the_version()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_tables", Tables));
        await rollout.Runner.StartAsync([Yaml.File("02_raw", "- sql: { up: CREATE TABLE made (id int), down: DROP TABLE made }")]);
        await rollout.Database.ExecuteAsync("CREATE VIEW public.report AS SELECT * FROM public_02_raw.changed");

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.RollbackAsync());

        Assert.AreEqual(ExitReason.NotNow, error.Reason);
        StringAssert.Contains(error.Message, "view report");
        await rollout.Database.ExecuteAsync("DROP VIEW public.report");
        await rollout.Runner.RollbackAsync();
    }
}
