using System.Reflection;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Core.Tests.SqlText;

[TestClass]
public sealed class SqlTests
{
    static readonly Ident name = new("na\"me");

    [TestMethod]
    public void Each_kind_of_hole_is_written_by_its_own_rule()
    {
        var expression = SqlExpression.Parse("a || 'x'", out _)!;
        var type = SqlType.Parse("varchar(20)", out _)!;
        var sql = Sql.Of($"{name} {QualifiedName.Of("S s", "t")} {new Literal("it's")} {type} {expression} {Sql.Raw("now()")} {7} {-8L}");
        Assert.AreEqual("""
            "na""me" "S s"."t" 'it''s' varchar(20) (a || 'x') now() 7 -8
            """, sql.Text);
    }

    [TestMethod]
    public void Lists_are_separated_by_commas()
    {
        Ident[] names = [new("a"), new("b")];
        Assert.AreEqual("(\"a\", \"b\") (1, 2)", Sql.Of($"({names}) ({new[] { Sql.Raw("1"), Sql.Raw("2") }})").Text);
    }

    [TestMethod]
    [DataRow(typeof(string))]
    [DataRow(typeof(char))]
    public void A_hole_without_a_meaning_in_sql_does_not_compile(Type type)
    {
        var overload = typeof(SqlBuilder).GetMethod(nameof(SqlBuilder.AppendFormatted), [type])!;
        var obsolete = overload.GetCustomAttribute<ObsoleteAttribute>()!;
        Assert.IsTrue(obsolete.IsError);
        StringAssert.Contains(obsolete.Message, "use ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void No_hole_takes_just_anything()
    {
        var overloads = typeof(SqlBuilder).GetMethods().Where(method => method.Name == nameof(SqlBuilder.AppendFormatted)).ToList();
        Assert.IsFalse(overloads.Any(overload => overload.IsGenericMethod || overload.GetParameters()[0].ParameterType == typeof(object)));
    }

    [TestMethod]
    public void Line_breaks_are_kept() =>
        Assert.AreEqual("CREATE TABLE \"na\"\"me\"\n  (id int)", Sql.Of($"""
            CREATE TABLE {name}
              (id int)
            """).Text);

    [TestMethod]
    public void Further_lines_of_a_fragment_are_indented_to_the_hole()
    {
        var columns = Sql.Join(",\n", [Sql.Raw("a"), Sql.Raw("b")]);
        Assert.AreEqual("CREATE VIEW v AS\n  SELECT a,\n         b\n  FROM t", Sql.Of($"""
            CREATE VIEW v AS
              SELECT {columns}
              FROM t
            """).Text);
    }

    [TestMethod]
    public void A_fragment_at_the_start_of_a_line_stays_as_it_is() =>
        Assert.AreEqual("x\na\nb", Sql.Of($"x\n{Sql.Raw("a\nb")}").Text);

    [TestMethod]
    public void Empty_lines_get_no_blanks() =>
        Assert.AreEqual("(a\n\n b)", Sql.Of($"({Sql.Raw("a\n\nb")})").Text);

    [TestMethod]
    [DataRow("f('a\nb',\nc)", "  f('a\nb',\n  c)", DisplayName = "string")]
    [DataRow("f(E'\\'a\nb',\nc)", "  f(E'\\'a\nb',\n  c)", DisplayName = "string with escapes")]
    [DataRow("f($x$a\nb$x$,\nc)", "  f($x$a\nb$x$,\n  c)", DisplayName = "dollar quotes")]
    [DataRow("f(\"a\nb\",\nc)", "  f(\"a\nb\",\n  c)", DisplayName = "name")]
    [DataRow("f(\n'a\nb", "  f(\n  'a\nb", DisplayName = "never closed")]
    public void Indentation_does_not_change_what_is_quoted(string fragment, string expected) =>
        Assert.AreEqual(expected, Sql.Of($"  {Sql.Raw(fragment)}").Text);

    [TestMethod]
    public void Expressions_of_several_lines_are_indented() =>
        Assert.AreEqual("SET x = (CASE\n         WHEN a THEN b END)",
            Sql.Of($"SET x = {SqlExpression.Parse("CASE\n WHEN a THEN b END\n", out _)!}").Text);

    [TestMethod]
    [DataRow("SELECT 1", "$pgroll$SELECT 1$pgroll$")]
    [DataRow("a\nb", "$pgroll$\na\nb\n$pgroll$")]
    [DataRow("a $pgroll$ b", "$pgroll1$a $pgroll$ b$pgroll1$")]
    [DataRow("a $pgroll$ $pgroll1$ b", "$pgroll2$a $pgroll$ $pgroll1$ b$pgroll2$")]
    [DataRow("a $pgroll", "$pgroll1$a $pgroll$pgroll1$")]
    [DataRow("a $", "$pgroll$a $$pgroll$")]
    [DataRow("", "$pgroll$$pgroll$")]
    public void Dollar_quotes_do_not_occur_in_what_they_quote(string body, string expected)
    {
        var quoted = Sql.DollarQuoted(Sql.Raw(body)).Text;
        Assert.AreEqual(expected, quoted);
        var token = SqlLexer.Tokenize(quoted).Single();
        Assert.AreEqual(TokenKind.DollarString, token.Kind);
    }

    [TestMethod]
    public void Fragments_are_joined() =>
        Assert.AreEqual("a;\nb", Sql.Join(";\n", [Sql.Raw("a"), Sql.Raw("b")]).Text);

    [TestMethod]
    public void Equal_texts_are_equal_sql() => Assert.AreEqual(Sql.Raw("a"), Sql.Of($"a"));

    [TestMethod]
    public void Empty_sql_is_empty() => Assert.AreEqual("", Sql.Of($"{Sql.Empty}").ToString());

    [TestMethod]
    public void Raw_sql_has_no_nul() => Assert.ThrowsExactly<ArgumentException>(() => Sql.Raw("a\0b"));
}
