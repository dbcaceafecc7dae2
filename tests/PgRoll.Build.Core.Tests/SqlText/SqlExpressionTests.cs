using PgRoll.Build.SqlText;

namespace PgRoll.Build.Core.Tests.SqlText;

[TestClass]
public sealed class SqlExpressionTests
{
    static SqlExpression Parse(string text)
    {
        var expression = SqlExpression.Parse(text, out var problem);
        Assert.IsNull(problem);
        return expression!;
    }

    [TestMethod]
    [DataRow("a", "(a)")]
    [DataRow("  a || 'x'\n", "(a || 'x')")]
    [DataRow("a -- why", "(a -- why\n)")]
    [DataRow("-- why\na", "(-- why\na)")]
    [DataRow("a /* why */", "(a /* why */)")]
    [DataRow("f(a, b)", "(f(a, b))")]
    [DataRow("a; ", null)]
    [DataRow("ARRAY[1, 2]", "(ARRAY[1, 2])")]
    [DataRow("a IS NOT DISTINCT FROM b", "(a IS NOT DISTINCT FROM b)")]
    [DataRow("a = ALL (b)", "(a = ALL (b))")]
    [DataRow("(SELECT a FROM t)", "((SELECT a FROM t))")]
    [DataRow("(WITH q AS (SELECT 1 AS x) SELECT x FROM q)", "((WITH q AS (SELECT 1 AS x) SELECT x FROM q))")]
    [DataRow("comment || '!'", "(comment || '!')", DisplayName = "a column named like a statement")]
    [DataRow("set IS NULL OR lock > 1", "(set IS NULL OR lock > 1)")]
    [DataRow("update", "(update)")]
    [DataRow("truncate(a, 2)", "(truncate(a, 2))")]
    public void An_expression_is_written_in_parentheses(string text, string? expected) =>
        Assert.AreEqual(expected, SqlExpression.Parse(text, out _)?.ToSql().Text);

    [TestMethod]
    [DataRow("SELECT CASE WHEN x IS NULL THEN product || ' is good' ELSE x END", "(CASE WHEN x IS NULL THEN product || ' is good' ELSE x END)")]
    [DataRow("/* a */ select /* b */ x -- c", "(x -- c\n)")]
    [DataRow("SELECT a IS DISTINCT FROM b", "(a IS DISTINCT FROM b)")]
    [DataRow("SELECT EXTRACT(year FROM a)", "(EXTRACT(year FROM a))")]
    [DataRow("SELECT f(a, b)", "(f(a, b))")]
    [DataRow("SELECT(a)", "((a))")]
    [DataRow("SELECT (SELECT x FROM t)", "((SELECT x FROM t))")]
    [DataRow("SELECT max(x) FROM t, u", "(SELECT max(x) FROM t, u)")]
    [DataRow("SELECT x FROM t ORDER BY a, b LIMIT 1", "(SELECT x FROM t ORDER BY a, b LIMIT 1)")]
    [DataRow("SELECT DISTINCT x", "(SELECT DISTINCT x)")]
    [DataRow("SELECT 1 UNION SELECT 1", "(SELECT 1 UNION SELECT 1)")]
    [DataRow("SELECT x AS y", "(SELECT x AS y)")]
    [DataRow("SELECT CASE WHEN a THEN b END y", "(SELECT CASE WHEN a THEN b END y)")]
    public void A_single_select_is_a_scalar(string text, string expected) => Assert.AreEqual(expected, Parse(text).ToSql().Text);

    [TestMethod]
    [DataRow("", "empty")]
    [DataRow(" -- nothing\n", "empty")]
    [DataRow("a;", "';'")]
    [DataRow("a; DROP TABLE t", "';'")]
    [DataRow("f(a;b)", "';'")]
    [DataRow("'a", "string is not closed")]
    [DataRow("a /* b", "comment is not closed")]
    [DataRow("$$ a", "$$ is missing")]
    [DataRow("\"a", "name is not closed")]
    [DataRow("(a", "'(' is not closed, at '(a'")]
    [DataRow("a)", "')' closes nothing, at ')'")]
    [DataRow("a) OR (b", "')' closes nothing, at ') OR (b'")]
    [DataRow("f(a]", "']' closes nothing")]
    [DataRow("a[1", "'[' is not closed")]
    [DataRow("a, b", "2 columns")]
    [DataRow("SELECT a, b FROM t", "2 columns")]
    [DataRow("SELECT * FROM t", "SELECT *")]
    [DataRow("SELECT", "no expression")]
    [DataRow("SELECT a INTO b", "INTO")]
    [DataRow("SELECT a FROM t INTO b", "INTO")]
    [DataRow("a FROM t", "FROM")]
    [DataRow("a AS b", "AS")]
    [DataRow("a + $1", "$1")]
    [DataRow("'a\0b'", "NUL")]
    [DataRow("INSERT INTO t VALUES (1)", "INSERT")]
    [DataRow("update t set a = 1", "UPDATE")]
    [DataRow("DELETE FROM t", "DELETE")]
    [DataRow("WITH q AS (INSERT INTO t VALUES (1) RETURNING 1) SELECT 1", "WITH")]
    [DataRow("CREATE TABLE t ()", "CREATE")]
    [DataRow("(DROP TABLE t)", "DROP")]
    [DataRow("ALTER TABLE t ADD c int", "ALTER")]
    [DataRow("ALTER DEFAULT PRIVILEGES", "ALTER")]
    [DataRow("TRUNCATE t", "TRUNCATE")]
    [DataRow("TRUNCATE \"t\"", "TRUNCATE")]
    [DataRow("VALUES (1)", "VALUES")]
    [DataRow("TABLE t", "TABLE")]
    [DataRow("DO 'x'", "DO")]
    [DataRow("CALL p()", "CALL")]
    [DataRow("COMMENT ON TABLE t IS 'x'", "COMMENT")]
    [DataRow("SET LOCAL x = 1", "SET")]
    [DataRow("SHOW ALL", "SHOW")]
    [DataRow("a \\ b", "\\")]
    public void What_is_no_scalar_expression_is_a_problem(string text, string inProblem)
    {
        Assert.IsNull(SqlExpression.Parse(text, out var problem));
        StringAssert.Contains(problem, inProblem, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("(a)")]
    [DataRow(" ( ( \"a\" ) ) -- same")]
    [DataRow("A")]
    [DataRow("SELECT a")]
    [DataRow("SELECT (a)")]
    [DataRow("U&\"\\0061\"")]
    public void The_column_alone_is_the_same_column(string text) => Assert.IsTrue(Parse(text).IsSameColumn("a"));

    [TestMethod]
    [DataRow("\"A\"")]
    [DataRow("b")]
    [DataRow("t.a")]
    [DataRow("a()")]
    [DataRow("a + 1")]
    [DataRow("-a")]
    [DataRow("a::text")]
    [DataRow("'a'")]
    [DataRow("(SELECT a)")]
    [DataRow("SELECT a FROM t")]
    public void Anything_more_is_not_the_same_column(string text) => Assert.IsFalse(Parse(text).IsSameColumn("a"));

    [TestMethod]
    public void A_keyword_is_not_the_column_of_that_name()
    {
        Assert.IsFalse(Parse("user").IsSameColumn("user"));
        Assert.IsTrue(Parse("\"user\"").IsSameColumn("user"));
    }

    [TestMethod]
    [DataRow("id + paid + 'id' + x.id + id.x + id(1)", "\"new \"\"id\" + paid + 'id' + x.id + id.x + id(1)")]
    [DataRow("ID || \"id\" || \"ID\"", "\"new \"\"id\" || \"new \"\"id\" || \"ID\"")]
    [DataRow("x::id COLLATE id", "x::id COLLATE id")]
    [DataRow("CAST(id AS id)", "CAST(\"new \"\"id\" AS id)")]
    [DataRow("id '1' || id", "id '1' || \"new \"\"id\"")]
    [DataRow("f(id => id)", "f(id => \"new \"\"id\")")]
    [DataRow("u&id", "u& \"new \"\"id\"")]
    [DataRow("-- id\nid/* id */", "-- id\n\"new \"\"id\"/* id */")]
    [DataRow("SELECT id", "SELECT \"new \"\"id\"")]
    [DataRow("$$id$$ || id", "$$id$$ || \"new \"\"id\"")]
    public void Renaming_touches_columns_alone(string text, string expected)
    {
        var renamed = Parse(text).Rename(new Dictionary<string, string> { ["id"] = "new \"id" });
        Assert.AreEqual(expected, renamed.Text);
    }

    [TestMethod]
    public void Columns_can_trade_names()
    {
        var renamed = Parse("SELECT a - b").Rename(new Dictionary<string, string> { ["a"] = "b", ["b"] = "a" });
        Assert.AreEqual("(\"b\" - \"a\")", renamed.ToSql().Text);
    }

    [TestMethod]
    public void The_servers_own_text_is_taken_as_it_is() =>
        Assert.AreEqual("('x'::text)", SqlExpression.FromCatalog("'x'::text").ToSql().Text);

    [TestMethod]
    public void Equal_texts_are_equal_expressions() => Assert.AreEqual(Parse("a + 1"), SqlExpression.FromCatalog("a + 1"));
}
