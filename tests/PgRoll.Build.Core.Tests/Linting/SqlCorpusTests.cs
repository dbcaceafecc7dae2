using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Linting;

/// <summary>
/// What is told of raw SQL, over two reviewed lists: <c>dangerous.sql</c>, each with the rule that must tell, and <c>safe.sql</c>, of which
/// nothing may be told. Both meet the tables of <c>existing.sql</c>, the migration before theirs.
/// </summary>
[TestClass]
public sealed class SqlCorpusTests
{
    static readonly string existing = Text("existing.sql");

    public static IEnumerable<object[]> Dangerous => Cases("dangerous.sql");

    public static IEnumerable<object[]> Safe => Cases("safe.sql");

    [TestMethod]
    [DynamicData(nameof(Dangerous))]
    public void The_danger_is_told_by_its_rule_alone(string header, string sql)
    {
        var codes = header.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("PGR", StringComparison.Ordinal)).ToArray();

        Assert.AreNotEqual(0, codes.Length, "no rule is named");
        Assert.AreEqual(string.Join(' ', codes), string.Join(' ', Lint(header, sql).Select(finding => finding.Rule.Id).Distinct().Order()));
    }

    [TestMethod]
    [DynamicData(nameof(Safe))]
    public void Nothing_is_told_of_what_is_safe(string header, string sql) => Assert.AreEqual("", string.Join('\n', Lint(header, sql)));

    [TestMethod]
    public void The_lists_are_long()
    {
        Assert.IsGreaterThanOrEqualTo(150, Dangerous.Count());
        Assert.IsGreaterThanOrEqualTo(150, Safe.Count());
    }

    [TestMethod]
    public void Nothing_is_told_of_what_everything_begins_with() =>
        Assert.AreEqual("", string.Join('\n', MigrationSet.Check([File("01_existing", Sql("up", existing))], Schema.Empty("public")).Lint().Diagnostics));

    /// <summary>What is not known is said of some of them, rightly.</summary>
    static IEnumerable<Diagnostic> Lint(string header, string sql)
    {
        var operation = header.Contains("onComplete") ? Sql("up", sql) + "      onComplete: true\n"
            : header.Contains("without down") ? Sql("up", sql)
            : header.Contains("down") ? Sql("up", "SELECT 1") + Field("down", sql)
            : Sql("up", sql) + Field("down", "SELECT 1");
        return MigrationSet.Check([File("01_existing", Sql("up", existing)), File("02_case", operation)], Schema.Empty("public"))
            .Lint().Diagnostics.Where(finding => finding.Rule.Id != "PGR0003");
    }

    static MigrationFile File(string name, string text) => new($"{name}.yaml", text);

    static string Sql(string field, string sql) => "operations:\n  - sql:\n" + Field(field, sql);

    static string Field(string name, string sql) => $"      {name}: |\n{string.Concat(sql.Split('\n').Select(line => $"        {line}\n"))}";

    /// <summary>An empty line parts them; a comment that says where it stands, and which rule must tell, is not of the SQL.</summary>
    static IEnumerable<object[]> Cases(string file) =>
        from block in Text(file).Split("\n\n").Skip(1)
        let lines = block.Trim().Split('\n')
        let hasHeader = lines[0].StartsWith("-- PGR", StringComparison.Ordinal) || lines[0] is "-- onComplete" or "-- without down" or "-- down"
        select new object[] { hasHeader ? lines[0] : "", string.Join('\n', lines.Skip(hasHeader ? 1 : 0)) };

    static string Text(string file) => System.IO.File.ReadAllText(Repository.Combine("tests/PgRoll.Build.Core.Tests/Linting", file)).ReplaceLineEndings("\n");
}
