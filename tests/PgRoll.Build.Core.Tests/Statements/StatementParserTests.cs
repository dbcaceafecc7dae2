using PgRoll.Build.Statements;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Statements;

[TestClass]
public sealed class StatementParserTests
{
    /// <summary>One of each form; that the server takes them for SQL as well is tested with a server.</summary>
    [TestMethod]
    public void Statements_are_read_as_they_are_meant()
    {
        var text = File.ReadAllText(Repository.Combine("tests/PgRoll.Build.Core.Tests/Statements/statements.sql"));
        var statements = StatementParser.Parse(text);

        Golden.AssertMatches(
            string.Concat(statements.Select(s => $"{text.Substring(s.Source.Start, s.Source.Length)}\n    {StatementText.Of(s)}\n")), "statements.verified.txt");
        Assert.AreEqual("", string.Join("\n", statements.OfType<UnknownStatement>().Select(s => text.Substring(s.Source.Start, s.Source.Length))));
    }

    [TestMethod]
    [DataRow("REPACK orders", false)]
    [DataRow("CREATE PROPERTY GRAPH g", false)]
    [DataRow("WAIT FOR LSN '0/1'", false)]
    [DataRow("SELCT 1", true)]
    [DataRow("CREATE TABEL t (a int)", true)]
    [DataRow("\"SELCT\" 1", false, DisplayName = "a name in quotes is no slip")]
    public void A_slip_is_wrong_and_what_a_newer_server_may_know_is_not(string sql, bool isWrong) =>
        Assert.AreEqual(isWrong, ((UnknownStatement)StatementParser.Parse(sql)[0]).IsWrong);
}
