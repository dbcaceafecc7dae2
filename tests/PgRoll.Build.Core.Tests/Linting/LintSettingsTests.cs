using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Core.Tests.Linting;

[TestClass]
public sealed class LintSettingsTests
{
    const string NoKey = """
        operations:
          - create_table:
              name: {0}
              columns:
                - { name: page, type: text }
        """;

    [TestMethod]
    [DataRow(null, "01_a 02_b 10_c")]
    [DataRow("01_a", "01_a 02_b 10_c")]
    [DataRow("02_b", "02_b 10_c")]
    [DataRow("10_c", "10_c")]
    [DataRow("11_d", "")]
    public void What_came_before_since_is_history(string? since, string told) => Assert.AreEqual(told, Names(Lint(since,
        ("01_a", NoKey.Replace("{0}", "a", StringComparison.Ordinal)),
        ("02_b", NoKey.Replace("{0}", "b", StringComparison.Ordinal)),
        ("10_c", NoKey.Replace("{0}", "c", StringComparison.Ordinal)))));

    [TestMethod]
    public void Errors_of_names_are_told_all_the_same()
    {
        var set = Lint("02_b", ("01_a", NoKey.Replace("{0}", "a", StringComparison.Ordinal) + "\n  - drop_table: { name: b }"), ("02_b", "operations: []"));
        Assert.AreEqual("01_a PGR0201 02_b PGR0103", string.Join(' ', set.Diagnostics.Select(d => $"{Path.GetFileNameWithoutExtension(d.Location.File)} {d.Rule.Id}")));
    }

    [TestMethod]
    public void What_ran_ran_whatever_is_thought_of_it_today()
    {
        const string Sql = "operations: [ { sql: { up: 'BEGIN; CREATE TABLE t (id int); COMMIT', down: 'DROP TABLE t' } } ]";
        Assert.AreEqual("01_a", Names(Lint("01_a", ("01_a", Sql))));
        Assert.AreEqual("", Names(Lint("02_b", ("01_a", Sql))));
    }

    [TestMethod]
    public void What_is_unused_in_history_is_not_told() => Assert.AreEqual("", Names(Lint("02_b",
        ("01_a", "# pgroll-disable-file PGR0401, PGR9999: long ago\n" + NoKey.Replace("{0}", "a", StringComparison.Ordinal)), ("02_b", """
        operations:
          - create_table: { name: b, columns: [{ name: id, type: bigint, pk: true }] }
        """))));

    static MigrationSet Lint(string? since, params (string Name, string Text)[] files) =>
        MigrationSet.Check([.. files.Select(file => new MigrationFile($"{file.Name}.yaml", file.Text))], Schema.Empty("public")).Lint(new LintSettings { Since = since });

    static string Names(MigrationSet set) =>
        string.Join(' ', set.Diagnostics.Where(d => d.Severity != Severity.Info).Select(d => Path.GetFileNameWithoutExtension(d.Location.File)));
}
