using PgRoll.Build.SqlText;

namespace PgRoll.Build.Core.Tests.SqlText;

[TestClass]
public sealed class SqlStatementsTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow(" ; -- nothing\n ;; /* ; */", "")]
    [DataRow("a; b ;c", "a|b|c")]
    [DataRow("-- why\n a -- ; how\n b /* end */;", "a -- ; how\n b")]
    [DataRow("SELECT ';', \";\", $$;$$, E'\\';'; x", "SELECT ';', \";\", $$;$$, E'\\';'|x")]
    [DataRow("CREATE RULE r AS ON UPDATE TO t DO (a; b); c", "CREATE RULE r AS ON UPDATE TO t DO (a; b)|c")]
    [DataRow("DO $$ BEGIN a; END $$; b", "DO $$ BEGIN a; END $$|b")]
    [DataRow("BEGIN; a; END; b", "BEGIN|a|END|b")]
    [DataRow("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN b END; SELECT 2; END; c",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN b END; SELECT 2; END|c")]
    [DataRow("create or replace procedure p() begin atomic end; c", "create or replace procedure p() begin atomic end|c")]
    [DataRow("SELECT begin atomic; b", "SELECT begin atomic|b")]
    [DataRow("a ); b", "a )|b")]
    [DataRow("a 'b; c", "a 'b; c")]
    public void Scripts_are_cut_into_statements(string script, string expected)
    {
        var statements = SqlStatements.Split(script).Select(statement => script.Substring(statement.Start, statement.Length));
        Assert.AreEqual(expected, string.Join('|', statements));
    }

    [TestMethod]
    public void A_statement_has_its_tokens_without_comments()
    {
        var statement = SqlStatements.Split("a; DROP /* the */ TABLE t")[1];
        CollectionAssert.AreEqual(new[] { "drop", "table", "t" }, statement.Tokens.Select(token => token.Value).ToList());
        Assert.AreEqual(3, statement.Tokens[0].Start);
    }
}
