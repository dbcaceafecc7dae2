using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Preflight;

[TestClass]
public sealed class RowSecurityTests
{
    public static IEnumerable<object[]> Majors => TestDatabase.SupportedMajors.Select(major => new object[] { major });

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task Tables_whose_row_security_a_view_passes_by_are_named(int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_tables", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }] }\n- create_table: { name: secret, columns: [{ name: id, type: int, pk: true }] }"));
        await rollout.Database.ExecuteAsync("ALTER TABLE secret ENABLE ROW LEVEL SECURITY");
        var warnings = new Warnings();

        await new MigrationRunner(rollout.Options with { Progress = warnings }).StartAsync([Yaml.File("02_change", "- rename_table: { from: t, to: u }")]);

        Assert.AreEqual(
            major < 15 ? "Before PostgreSQL 15 a view reads with its owner's rights: row security of 'secret' is that of the owner for whoever uses 'public_02_change'." : "",
            string.Join('\n', warnings));
    }
}
