using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Preflight;

/// <summary>A trigger that keeps rows in a table of the same columns meets more of them during a rollout.</summary>
[TestClass]
public sealed class WholeRowsTests
{
    const string Alter = "- alter_column: { table: t, column: d, type: bigint, up: d, down: d }";

    [SampledTestMethod(of: 4)]
    [DataRow("INSERT INTO kept VALUES (NEW.*)", Alter, "keep of 't' (keep())")]
    [DataRow("INSERT INTO kept SELECT (new).*", "- add_column: { table: t, column: { name: f, type: int, nullable: true } }", "keep of 't' (keep())")]
    [DataRow("INSERT INTO kept VALUES (NEW.*)", "- drop_column: { table: t, column: e, down: '0' }", "keep of 't' (keep())")]
    [DataRow("INSERT INTO kept VALUES (NEW.id, NEW.d * 1)", Alter, null)]
    [DataRow("PERFORM NEW.\"d\"", "- rename_column: { table: t, from: d, to: f }", "keep of 't' (keep()) names 'd'")]
    [DataRow("PERFORM old . E", "- drop_column: { table: t, column: e, down: '0' }", "keep of 't' (keep()) names 'e'")]
    [DataRow("PERFORM NEW.data, NEW.due", "- rename_column: { table: t, from: d, to: f }", null)]
    [DataRow("INSERT INTO kept VALUES (NEW.*)", "- rename_column: { table: t, from: d, to: f }", null)]
    public async Task Is_warned_of(string body, string change, string? warning)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_table",
            "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: int, nullable: true }, { name: e, type: int, nullable: true }] }"));
        await rollout.Database.ExecuteAsync(
            $"""
             CREATE TABLE kept (id int, d int);
             CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$;
             CREATE TRIGGER keep AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION keep();
             """);
        var warnings = new Warnings();

        await new MigrationRunner(rollout.Options with { Progress = warnings }).StartAsync([Yaml.File("02_change", change)]);

        Assert.AreEqual(warning is null ? 0 : 1, warnings.Count);
        StringAssert.Contains(string.Concat(warnings), warning ?? "");
    }
}
