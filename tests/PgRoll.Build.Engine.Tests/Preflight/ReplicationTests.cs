using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Preflight;

/// <summary>Subscribers are warned of new columns; a table that a subscription fills is left alone.</summary>
[TestClass]
public sealed class ReplicationTests
{
    const string Table = "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }";
    const string Copy = "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, '')\", down: d }";
    const string Add = "- add_column: { table: t, column: { name: e, type: int, nullable: true } }";
    const string Rename = "- rename_column: { table: t, from: d, to: e }";
    const string DropWithDown = "- drop_column: { table: t, column: d, down: \"''\" }";
    const string Index = "- create_index: { name: i, table: t, columns: [{ column: d }] }";

    public static IEnumerable<object[]> Majors => TestDatabase.SupportedMajors.Select(major => new object[] { major });

    public static IEnumerable<object[]> Publications =>
        from major in TestDatabase.SupportedMajors
        from publication in (string[])["CREATE PUBLICATION part FOR TABLE t", "CREATE PUBLICATION part FOR ALL TABLES", .. major < 15 ? (string[])[] : ["CREATE PUBLICATION part FOR TABLES IN SCHEMA public"]]
        from change in (string[])[Copy, Add, Rename, DropWithDown]
        where TestDatabase.IsUsual($"{major} {publication} {change}", 0, of: 2)
        select new object[] { major, publication, change };

    [TestMethod]
    [DynamicData(nameof(Publications))]
    public async Task A_publication_of_all_columns_is_warned_of(int major, string publication, string change)
    {
        Assert.AreEqual(
            "Publications send all columns of tables that get others: part 't'. A subscriber that lacks one of them stops. "
            + "Add them there first (`plan` shows them), or give the publication a list of columns (PostgreSQL 15 and newer).",
            (await WarningsAsync(major, publication, change)).Single());
    }

    [TestMethod]
    [DataRow(Index)]
    [DataRow("- drop_column: { table: t, column: d }")]
    [DataRow("- drop_table: { name: t }")]
    public async Task A_change_that_adds_no_column_concerns_no_subscriber(string change) =>
        Assert.IsEmpty(await WarningsAsync(null, "CREATE PUBLICATION part FOR ALL TABLES", change));

    public static IEnumerable<object[]> Unconcerned =>
        from major in TestDatabase.SupportedMajors
        from publication in (string[])["CREATE TABLE u (id int); CREATE PUBLICATION part FOR TABLE u", .. major < 15 ? (string[])[] : ["CREATE PUBLICATION part FOR TABLE t (id)"]]
        select new object[] { major, publication };

    [TestMethod]
    [DynamicData(nameof(Unconcerned))]
    public async Task A_publication_that_sends_no_new_column_is_no_concern(int major, string publication) =>
        Assert.IsEmpty(await WarningsAsync(major, publication, Copy));

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task A_table_that_a_subscription_fills_is_left_alone(int major)
    {
        await using var rollout = await PrepareAsync(major);
        await using var role = await TestRole.CreateAsync(rollout.Database);
        // A subscription does not go with its database: the drop must be sure.
        await rollout.Database.ExecuteAsync(
            "CREATE SUBSCRIPTION incoming CONNECTION 'host=nowhere.invalid' PUBLICATION p WITH (connect = false, enabled = false, create_slot = false, slot_name = NONE)");
        try
        {
            await rollout.Database.ExecuteAsync(
                $"""
                 INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate) SELECT oid, 't'::regclass, 'r' FROM pg_subscription WHERE subname = 'incoming';
                 DO $$ BEGIN EXECUTE format('GRANT %I TO {role.Name}', current_user); END $$;
                 GRANT USAGE ON SCHEMA pgroll TO {role.Name}; GRANT ALL ON ALL TABLES IN SCHEMA pgroll TO {role.Name};
                 """);
            var catalog = await rollout.CatalogAsync();
            foreach (var change in (string[])[Copy, Rename])
                // Who is no superuser may not read pg_subscription.
                foreach (var connection in (string[])[rollout.Options.ConnectionString, role.ConnectionString])
                {
                    var error = await Assert.ThrowsExactlyAsync<PgRollException>(() =>
                        new MigrationRunner(rollout.Options with { ConnectionString = connection }).StartAsync([Yaml.File("02_change", change)]));
                    Assert.AreEqual(ExitReason.NotNow, error.Reason, error.Message);
                    StringAssert.Contains(error.Message, "Subscriptions fill its tables: incoming 't'.");
                }
            Assert.AreEqual(catalog, await rollout.CatalogAsync());
            await rollout.Runner.StartAsync([Yaml.File("02_change", Index)]);
        }
        finally
        {
            await rollout.Database.ExecuteAsync("DROP SUBSCRIPTION incoming");
        }
    }

    static async Task<IReadOnlyList<string>> WarningsAsync(int? major, string publication, string change)
    {
        await using var rollout = await PrepareAsync(major);
        await rollout.Database.ExecuteAsync(publication);
        var warnings = new Warnings();
        await new MigrationRunner(rollout.Options with { Progress = warnings }).StartAsync([Yaml.File("02_change", change)]);
        await rollout.Runner.CompleteAsync();
        return warnings;
    }

    static async Task<Rollout> PrepareAsync(int? major)
    {
        var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_table", Table));
        return rollout;
    }
}
