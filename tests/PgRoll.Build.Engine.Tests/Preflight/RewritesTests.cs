using PgRoll.Build.Engine.Tests.Lifecycle;

namespace PgRoll.Build.Engine.Tests.Preflight;

/// <summary>A new column that the server rewrites the table for is no surprise.</summary>
[TestClass]
public sealed class RewritesTests
{
    [TestMethod]
    [DataRow("- add_column: { table: t, column: { name: p, type: positive, nullable: true } }", "'t.p' (positive; the table has ")]
    [DataRow("- add_column: { table: t, column: { name: p, type: small, nullable: true } }", "'t.p' (small; the table has ")]
    [DataRow("- alter_column: { table: t, column: d, check: { name: c, constraint: d < 9 }, up: d, down: d }", "'t.d' (positive; the table has ")]
    [DataRow("- add_column: { table: t, column: { name: p, type: plain, nullable: true } }", null)]
    [DataRow("- drop_column: { table: t, column: d }", null)]
    public async Task A_domain_with_constraints_is_warned_of(string change, string? warning)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table",
            "- sql: { up: 'CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN small AS positive; CREATE DOMAIN plain AS int; CREATE TABLE t (id int PRIMARY KEY, d positive)' }"));
        var warnings = new Warnings();

        await new MigrationRunner(rollout.Options with { Progress = warnings }).StartAsync([Yaml.File("02_change", change)]);

        Assert.AreEqual(warning is null ? 0 : 1, warnings.Count);
        StringAssert.Contains(string.Concat(warnings), warning ?? "");
    }
}
