using PgRoll.Build.Engine.Tests.Lifecycle;

namespace PgRoll.Build.Engine.Tests;

/// <summary>What start stored is what complete and rollback do, whichever version of the tool they are.</summary>
[TestClass]
public sealed class StoredPlanTests
{
    [TestMethod]
    public async Task A_plan_of_a_newer_version_is_left_to_it()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }"));
        var change = Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, '')\", down: d }");
        await rollout.Runner.StartAsync([change]);
        await rollout.Database.ExecuteAsync("UPDATE pgroll.rollouts SET plan = plan || '{\"format\": 999}'");
        var before = await rollout.CatalogAsync();

        foreach (var command in (Func<Task>[])[() => rollout.Runner.CompleteAsync(), () => rollout.Runner.RollbackAsync(), () => rollout.Runner.StartAsync([change])])
        {
            var error = await Assert.ThrowsExactlyAsync<PgRollException>(command);

            Assert.AreEqual(ExitReason.NeedsAttention, error.Reason);
            StringAssert.Contains(error.Message, "Use the version that started it");
        }
        Assert.AreEqual(before, await rollout.CatalogAsync());
        await rollout.Database.ExecuteAsync("UPDATE pgroll.rollouts SET plan = plan - 'format'");
        await rollout.Runner.CompleteAsync();
    }
}
