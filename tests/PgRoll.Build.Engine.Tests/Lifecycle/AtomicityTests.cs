using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>complete and rollback are one transaction each: whatever fails in them, even at the very end, leaves everything as it was.</summary>
[TestClass]
public sealed class AtomicityTests
{
    /// <summary>One of each kind of contraction.</summary>
    public static IEnumerable<object[]> Cases => new[]
    {
        "alter_column/several_at_once", "alter_column/referenced_key", "create_index/plain", "create_table/constraints",
        "drop_table/and_create_again", "rename_table/then_alter_column", "several/split", "sql/at_start", "sql/on_complete",
    }.Select(name => new object[] { name });

    [SampledTestMethod(of: 4)]
    [DynamicData(nameof(Cases))]
    public async Task A_complete_whose_last_statement_fails_changes_nothing(string name)
    {
        await using var rollout = await StartAsync(name, "Completed");
        var catalog = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.CompleteAsync());

        Assert.AreEqual(ExitReason.DatabaseError, error.Reason);
        StringAssert.Contains(error.Message, "not today");
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        await rollout.Database.ExecuteAsync("DROP TRIGGER fail ON pgroll.rollouts");
        await rollout.Runner.CompleteAsync();
    }

    [SampledTestMethod(of: 4)]
    [DynamicData(nameof(Cases))]
    public async Task A_rollback_whose_last_statement_fails_changes_nothing(string name)
    {
        await using var rollout = await StartAsync(name, "RolledBack");
        var catalog = await rollout.CatalogAsync();

        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.RollbackAsync());

        Assert.AreEqual(ExitReason.DatabaseError, error.Reason);
        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        await rollout.Database.ExecuteAsync("DROP TRIGGER fail ON pgroll.rollouts");
        await rollout.Runner.RollbackAsync();
    }

    /// <summary>The phase is the last thing that either transaction writes.</summary>
    static async Task<Rollout> StartAsync(string name, string phase)
    {
        var @case = Case.Load(name);
        var rollout = await Rollout.PrepareAsync(@case);
        await rollout.Runner.StartAsync([@case.Change]);
        await rollout.Database.ExecuteAsync(
            $"""
             CREATE FUNCTION pgroll.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$;
             CREATE TRIGGER fail BEFORE UPDATE ON pgroll.rollouts FOR EACH ROW WHEN (NEW.phase = '{phase}') EXECUTE FUNCTION pgroll.fail();
             """);
        return rollout;
    }
}
