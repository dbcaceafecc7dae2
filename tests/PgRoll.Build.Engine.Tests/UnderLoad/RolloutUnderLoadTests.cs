using PgRoll.Build.Engine.Tests.Lifecycle;

namespace PgRoll.Build.Engine.Tests.UnderLoad;

/// <summary>While a rollout starts, completes or rolls back, clients of both versions write; none is refused, nothing is lost.</summary>
[TestClass]
public sealed class RolloutUnderLoadTests
{
    const string Old = "public_01_users", New = "public_02_names";

    [TestMethod]
    public async Task Not_null_and_unique_on_200000_rows_start_roll_back_start_and_complete_under_writers_of_both_versions()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_users",
            "- create_table: { name: users, columns: [{ name: id, type: int, pk: true }, { name: name, type: text, nullable: true }, { name: note, type: text, default: \"'-'\" }] }"));
        await rollout.Database.ExecuteAsync("INSERT INTO users SELECT i, CASE WHEN i % 3 > 0 THEN 'user ' || i END, repeat('x', 60) FROM generate_series(1, 200000) AS i");
        var change = Yaml.File("02_names",
            "- alter_column: { table: users, column: name, nullable: false, unique: { name: users_name_key }, up: \"coalesce(name, 'nobody ' || id)\", down: name }");
        using var old = new Writer(rollout.Database.DataSource, Old, 1_000_000, i => $"old {i}");
        await old.WritesAsync(100);

        await rollout.Runner.StartAsync([change]);
        using var @new = new Writer(rollout.Database.DataSource, New, 2_000_000, i => $"new {i}");
        await @new.WritesAsync(200);
        await old.WritesAsync(200);

        await @new.StopAsync();
        Assert.IsEmpty(await @new.LostAsync(New));
        Assert.IsEmpty(await @new.LostAsync(Old));
        await rollout.Runner.RollbackAsync();
        await old.WritesAsync(100);
        // Its writes came through down, and the old version still has them.
        Assert.IsEmpty(await @new.LostAsync(Old));

        await rollout.Runner.StartAsync([change]);
        using var next = new Writer(rollout.Database.DataSource, New, 4_000_000, i => $"next {i}");
        await next.WritesAsync(100);
        await old.StopAsync();
        await rollout.Runner.CompleteAsync();
        await next.WritesAsync(100);
        await next.StopAsync();

        Assert.IsEmpty(await old.LostAsync(New));
        Assert.IsEmpty(await @new.LostAsync(New));
        Assert.IsEmpty(await next.LostAsync(New));
        Assert.AreEqual(0L, await rollout.Database.ScalarAsync<long>("SELECT count(*) FROM users WHERE name IS NULL"));
    }
}
