using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>A runner that was sent for one rollout, by one owner, leaves others alone.</summary>
[TestClass]
public sealed class GuardTests
{
    static readonly MigrationFile First = Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }] }");
    static readonly MigrationFile Second = Yaml.File("02_change", "- add_column: { table: t, column: { name: d, type: text, nullable: true } }");
    static readonly MigrationFile Third = Yaml.File("03_more", "- add_column: { table: t, column: { name: e, type: text, nullable: true } }");

    [TestMethod]
    [DataRow("02_change", true)]
    [DataRow("public_02_change", true)]
    [DataRow("01_table", false)]
    [DataRow("change", false)]
    public async Task Complete_and_rollback_are_for_what_is_expected_alone(string expected, bool isIt)
    {
        await using var rollout = await ActiveAsync();
        var runner = new MigrationRunner(rollout.Options with { Expected = expected });
        if (isIt)
        {
            CollectionAssert.AreEqual(new[] { "02_change" }, (await runner.RollbackAsync()).ToArray());
            await rollout.Runner.StartAsync([First, Second]);
            CollectionAssert.AreEqual(new[] { "02_change" }, (await runner.CompleteAsync()).ToArray());
            await RefusedAsync(() => runner.CompleteAsync(), "neither is anything else");
            return;
        }
        await RefusedAsync(() => runner.CompleteAsync(), "'02_change'");
        await RefusedAsync(() => runner.RollbackAsync(), "'02_change'");
        Assert.AreEqual("Active", (await rollout.Runner.StatusAsync()).Phase);
    }

    [TestMethod]
    public async Task Another_owners_rollout_is_left_alone_until_it_is_taken_over()
    {
        await using var rollout = await ActiveAsync("shop/web");
        var other = Owned(rollout.Options, "shop/api");
        await RefusedAsync(() => new MigrationRunner(other).CompleteAsync(), "started by repository 'shop/web', not by 'shop/api'");
        await RefusedAsync(() => new MigrationRunner(other).RollbackAsync(), "shop/web");
        await RefusedAsync(() => new MigrationRunner(other with { IsRepeatable = true }).StartAsync([First, Second]), "shop/web");

        var taking = other with { OwnerKey = null, IsRepeatable = true };
        Assert.IsNotNull(await new MigrationRunner(taking).StartAsync([First, Second]));
        Assert.AreEqual("shop/api", (await rollout.Runner.StatusAsync()).Owner["repository"]);
        await RefusedAsync(() => new MigrationRunner(Owned(rollout.Options, "shop/web")).RollbackAsync(), "started by repository 'shop/api'");
        await new MigrationRunner(other).CompleteAsync();
    }

    [TestMethod]
    public async Task What_names_no_owner_is_everybodys()
    {
        await using var rollout = await ActiveAsync();
        await new MigrationRunner(Owned(rollout.Options, "shop/web")).CompleteAsync();
    }

    [TestMethod]
    public async Task A_start_that_is_repeated_changes_nothing_and_says_the_same()
    {
        await using var rollout = await ActiveAsync();
        var before = await rollout.CatalogAsync();
        var runner = new MigrationRunner(rollout.Options with { IsRepeatable = true });
        Assert.AreEqual("public_02_change", (await runner.StartAsync([First, Second]))!.VersionSchema);
        // What comes later does not hinder: the result says what is active.
        Assert.AreEqual("02_change", (await runner.StartAsync([First, Second, Third]))!.Migration);
        await RefusedAsync(() => runner.StartAsync([First, Yaml.File("02_change", "- drop_table: { name: t }")]), "its file has changed since");
        await RefusedAsync(() => rollout.Runner.StartAsync([First, Second]), "run `complete` or `rollback` first");
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    static async Task<Rollout> ActiveAsync(string? repository = null)
    {
        var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(First);
        await new MigrationRunner(repository is null ? rollout.Options : Owned(rollout.Options, repository)).StartAsync([First, Second]);
        return rollout;
    }

    static RunnerOptions Owned(RunnerOptions options, string repository) =>
        options with { OwnerKey = "repository", Owner = new Dictionary<string, string> { ["repository"] = repository } };

    static async Task RefusedAsync(Func<Task> command, string because)
    {
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(command);
        Assert.AreEqual(ExitReason.NotNow, error.Reason);
        StringAssert.Contains(error.Message, because);
    }
}
