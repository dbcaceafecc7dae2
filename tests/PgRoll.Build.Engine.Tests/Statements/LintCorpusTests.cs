using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Statements;

/// <summary>The lists that the rules about raw SQL are tested with hold SQL, where the rule is not that it is none.</summary>
[TestClass]
public sealed class LintCorpusTests
{
    const int Newest = 18;

    [TestMethod]
    [DataRow("existing.sql")]
    [DataRow("safe.sql")]
    [DataRow("dangerous.sql")]
    public async Task The_server_takes_what_is_no_syntax_error_and_nothing_else(string file)
    {
        await using var database = await TestDatabase.CreateAsync(Newest);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        List<string> otherwise = [];
        foreach (var sql in File.ReadAllText(Repository.Combine("tests/PgRoll.Build.Core.Tests/Linting", file)).ReplaceLineEndings("\n").Split("\n\n"))
            if (await SyntaxTests.IsSqlAsync(connection, sql) == sql.StartsWith("-- PGR0701", StringComparison.Ordinal))
                otherwise.Add(sql);

        Assert.AreEqual("", string.Join("\n\n", otherwise));
    }
}
