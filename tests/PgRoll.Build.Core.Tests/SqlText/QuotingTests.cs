using PgRoll.Build.SqlText;

namespace PgRoll.Build.Core.Tests.SqlText;

[TestClass]
public sealed class QuotingTests
{
    [TestMethod]
    [DataRow("a", "\"a\"")]
    [DataRow("We\"ird Näme", "\"We\"\"ird Näme\"")]
    [DataRow("\"", "\"\"\"\"")]
    [DataRow("a\\b", "\"a\\b\"")]
    [DataRow("a\"; DROP TABLE t; --", "\"a\"\"; DROP TABLE t; --\"")]
    [DataRow("line\nbreak", "\"line\nbreak\"")]
    public void A_name_is_always_quoted(string name, string expected)
    {
        Assert.AreEqual(expected, Ident.Of(name).ToString());
        Assert.AreEqual(new Token(TokenKind.QuotedIdentifier, 0, expected.Length, name), SqlLexer.Tokenize(expected).Single());
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("a\0b")]
    public void What_is_no_name_is_refused(string? name) => Assert.ThrowsExactly<ArgumentException>(() => new Ident(name!));

    [TestMethod]
    public void A_qualified_name_quotes_both_parts() => Assert.AreEqual("\"a.b\".\"c\"", QualifiedName.Of("a.b", "c").ToString());

    [TestMethod]
    [DataRow("", "''")]
    [DataRow("it's", "'it''s'")]
    [DataRow("'; DROP TABLE t; --", "'''; DROP TABLE t; --'")]
    [DataRow("C:\\", "E'C:\\\\'")]
    [DataRow("\\'; DROP TABLE t; --", "E'\\\\''; DROP TABLE t; --'")]
    [DataRow("two\nlines", "'two\nlines'")]
    public void A_constant_cannot_leave_its_quotes(string value, string expected)
    {
        Assert.AreEqual(expected, Literal.Of(value).ToString());
        var token = SqlLexer.Tokenize(expected + " ").Single();
        Assert.AreEqual((TokenKind.String, expected.Length), (token.Kind, token.Length));
    }

    [TestMethod]
    public void A_constant_has_no_nul() => Assert.ThrowsExactly<ArgumentException>(() => new Literal("a\0b"));
}
