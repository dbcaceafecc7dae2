using PgRoll.Build.SqlText;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.SqlText;

[TestClass]
public sealed class SqlLexerTests
{
    // Written as the tokens' texts, separated by ¦; errors as !text.
    static string Show(string sql) => string.Join("¦", SqlLexer.Tokenize(sql)
        .Select(token => $"{(token.Kind is TokenKind.Error ? "!" : "")}{sql.AsSpan(token.Start, token.Length)}"));

    [TestMethod]
    [DataRow("a+b", "a¦+¦b")]
    [DataRow("a=-1", "a¦=¦-¦1", DisplayName = "no sign at the end of an operator")]
    [DataRow("a<+-+1", "a¦<¦+¦-¦+¦1")]
    [DataRow("a@-1", "a¦@-¦1", DisplayName = "unless it holds an unusual character")]
    [DataRow("a+@+-b", "a¦+@+-¦b")]
    [DataRow("a*--b", "a¦*¦--b", DisplayName = "a comment ends an operator")]
    [DataRow("a*/*b*/c", "a¦*¦/*b*/¦c")]
    [DataRow("a<-/* */b", "a¦<¦-¦/* */¦b")]
    [DataRow("a->>'b'#>>c", "a¦->>¦'b'¦#>>¦c")]
    [DataRow("a::text", "a¦::¦text")]
    [DataRow("a:=1", "a¦:=¦1")]
    [DataRow("a[1:2]", "a¦[¦1¦:¦2¦]")]
    [DataRow("f(a=>1)", "f¦(¦a¦=>¦1¦)")]
    [DataRow("a<>b!=c", "a¦<>¦b¦!=¦c")]
    public void Operators_are_cut_as_the_server_cuts_them(string sql, string expected) => Assert.AreEqual(expected, Show(sql));

    [TestMethod]
    [DataRow("1e10 1.5e-3 .5 1. 1.e5", "1e10¦1.5e-3¦.5¦1.¦1.e5")]
    [DataRow("0x1F 0b10 0o17 1_000", "0x1F¦0b10¦0o17¦1_000")]
    [DataRow("1..2", "1¦..¦2")]
    [DataRow("1.5.6", "1.5¦.6")]
    [DataRow("12abc", "!12abc")]
    [DataRow("1e", "!1e")]
    [DataRow("0x", "!0x")]
    [DataRow("$1+$22", "$1¦+¦$22")]
    [DataRow("$1a", "!$1a")]
    public void Numbers_and_parameters(string sql, string expected) => Assert.AreEqual(expected, Show(sql));

    [TestMethod]
    [DataRow("'a''b'c", "'a''b'¦c")]
    [DataRow("'a\\'b", "'a\\'¦b", DisplayName = "a backslash means nothing in a plain string")]
    [DataRow("E'a\\'b'c", "E'a\\'b'¦c")]
    [DataRow("e'\\\\'c", "e'\\\\'¦c")]
    [DataRow("B'01'X'1F'N'a'", "B'01'¦X'1F'¦N'a'")]
    [DataRow("U&'\\0061'UESCAPE'!'c", "U&'\\0061'UESCAPE'!'¦c")]
    [DataRow("ae'b'", "ae¦'b'", DisplayName = "the e belongs to the word")]
    [DataRow("'a'\n'b'c", "'a'\n'b'¦c", DisplayName = "goes on in the next line")]
    [DataRow("'a' 'b'", "'a'¦'b'", DisplayName = "not in the same line")]
    [DataRow("'a' -- x\r'b'c", "'a' -- x\r'b'¦c", DisplayName = "a line comment may stand between")]
    [DataRow("'a' /*\n*/ 'b'", "'a'¦/*\n*/¦'b'", DisplayName = "no block comment may")]
    [DataRow("E'a'\n'\\'b'c", "E'a'\n'\\'b'¦c", DisplayName = "the next part keeps the escapes")]
    [DataRow("'a", "!'a")]
    [DataRow("E'a\\'", "!E'a\\'")]
    [DataRow("U&'a", "!U&'a")]
    public void Strings(string sql, string expected) => Assert.AreEqual(expected, Show(sql));

    [TestMethod]
    [DataRow("$$a'b$$c", "$$a'b$$¦c")]
    [DataRow("$x$a$$b$y$c$x$d", "$x$a$$b$y$c$x$¦d")]
    [DataRow("$x$a$X$b$x$", "$x$a$X$b$x$", DisplayName = "tags keep their case")]
    [DataRow("$é1$a$é1$", "$é1$a$é1$")]
    [DataRow("a$b$c", "a$b$c", DisplayName = "a name may hold dollars")]
    [DataRow("$x$a", "!$x$a")]
    [DataRow("$x a", "!$¦x¦a")]
    [DataRow("$", "!$")]
    public void Dollar_quotes(string sql, string expected) => Assert.AreEqual(expected, Show(sql));

    [TestMethod]
    [DataRow("a -- b ' c\nd", "a¦-- b ' c¦d")]
    [DataRow("a -- b\rd", "a¦-- b¦d", DisplayName = "a carriage return ends the line")]
    [DataRow("a /* b /* c */ ' */ d", "a¦/* b /* c */ ' */¦d")]
    [DataRow("/*/**/*/a", "/*/**/*/¦a")]
    [DataRow("/* a */*/", "/* a */¦*/")]
    [DataRow("a /* /* */", "a¦!/* /* */")]
    [DataRow("/*/", "!/*/")]
    public void Comments(string sql, string expected) => Assert.AreEqual(expected, Show(sql));

    [TestMethod]
    [DataRow("Foo", "foo")]
    [DataRow("ÄB", "Äb", DisplayName = "only ASCII is folded")]
    [DataRow("a\u00a0b", "a\u00a0b", DisplayName = "a no-break space is a letter")]
    [DataRow("a1$_", "a1$_")]
    [DataRow("\"Foo\"", "Foo")]
    [DataRow("\"a\"\"b\"", "a\"b")]
    [DataRow("U&\"d\\0061t\\+000061\"", "data")]
    [DataRow("U&\"d!0061t!!\" UESCAPE '!'", "dat!")]
    [DataRow("u&\"\\D83D\\DE00\"", "\ud83d\ude00")]
    public void The_value_of_a_name_is_the_name(string sql, string expected)
    {
        var token = SqlLexer.Tokenize(sql).Single();
        Assert.IsTrue(token.IsName);
        Assert.AreEqual(expected, token.Value);
        Assert.AreEqual(sql.Length, token.Length);
    }

    [TestMethod]
    [DataRow("\"a")]
    [DataRow("\"\"")]
    [DataRow("U&\"\"")]
    [DataRow("U&\"\\00\"")]
    [DataRow("U&\"\\0000\"")]
    [DataRow("U&\"a")]
    [DataRow("\\")]
    [DataRow("{")]
    [DataRow("\0")]
    public void What_no_server_reads_is_an_error(string sql)
    {
        var token = SqlLexer.Tokenize(sql).Single();
        Assert.AreEqual(TokenKind.Error, token.Kind);
        Assert.AreNotEqual("", token.Value);
    }

    [SampledTestMethod(of: 4)]
    [DataRow("+")]
    [DataRow("=+")]
    [DataRow("@-")]
    [DataRow("'' ")]
    [DataRow("''\n")]
    [DataRow("'a' --\n")]
    [DataRow("/*")]
    [DataRow("/* */")]
    [DataRow("$a$")]
    [DataRow("$a ")]
    [DataRow("$aaaaaaaa$ $aaaaaaab$ ")]
    [DataRow("U&\"a\" uescape ")]
    [DataRow("U&'a'\n")]
    [DataRow("1_")]
    [DataRow("1.")]
    [DataRow("a.")]
    [DataRow("\"")]
    [DataRow("\\")]
    [DataRow("-- ")]
    [DataRow("precision ")]
    [DataRow("interval day ")]
    [DataRow("f(a,")]
    [DataRow("(")]
    [DataRow("x is ")]
    [DataRow("x::")]
    [DataRow("collate a.")]
    // Quadratic time would be hours, linear time is a second.
    [Timeout(300_000)]
    public void A_megabyte_is_read_in_linear_time(string pattern)
    {
        var sql = string.Concat(Enumerable.Repeat(pattern, (1 << 20) / pattern.Length));
        var end = 0;
        foreach (var token in SqlStatements.Split(sql).SelectMany(statement => statement.Tokens))
        {
            Assert.IsGreaterThanOrEqualTo(end, token.Start);
            end = token.End;
        }
        var names = SqlExpression.FromCatalog(sql).ReferencedNames;
        Assert.IsTrue(names.All(name => name.Offset + name.Length <= sql.Length));
    }
}
