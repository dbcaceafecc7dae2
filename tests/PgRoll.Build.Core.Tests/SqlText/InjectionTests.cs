using PgRoll.Build.SqlText;

namespace PgRoll.Build.Core.Tests.SqlText;

/// <summary>Whatever a user writes, it stays in the place it was written for.</summary>
[TestClass]
public sealed class InjectionTests
{
    static readonly string[] pieces =
    [
        "'", "''", "\"", "\\", "\\'", "E'", "U&'", "U&\"", "$$", "$a$", "$pgroll$", "$pgroll", "/*", "*/", "--", "\n", "\r", ";", "(", ")", "[", "]",
        " ", "a", "1", ".", "+", "&", "SELECT ", ",", "DROP TABLE t", "é", "\u2028", "\u00a0", "\ud800", "UESCAPE '!'",
    ];

    // Deterministic noise: every run tries the same texts.
    static IEnumerable<string> Hostile()
    {
        var random = new Random(20);
        for (var i = 0; i < 20_000; i++)
            yield return string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    [TestMethod]
    public void A_name_is_one_token()
    {
        foreach (var text in Hostile())
        {
            var sql = Sql.Of($"a {new Ident(text)} b").Text;
            var tokens = SqlLexer.Tokenize(sql);
            Assert.HasCount(3, tokens, sql);
            Assert.AreEqual(text, tokens[1].Value);
        }
    }

    [TestMethod]
    public void A_constant_is_one_token()
    {
        foreach (var text in Hostile())
        {
            var sql = Sql.Of($"a {new Literal(text)} b").Text;
            var kinds = SqlLexer.Tokenize(sql).Select(token => token.Kind).ToArray();
            CollectionAssert.AreEqual(new[] { TokenKind.Identifier, TokenKind.String, TokenKind.Identifier }, kinds, sql);
        }
    }

    [TestMethod]
    public void A_body_is_one_token()
    {
        foreach (var text in Hostile())
        {
            var sql = Sql.Of($"a {Sql.DollarQuoted(Sql.Raw(text))} b").Text;
            var kinds = SqlLexer.Tokenize(sql).Select(token => token.Kind).ToArray();
            CollectionAssert.AreEqual(new[] { TokenKind.Identifier, TokenKind.DollarString, TokenKind.Identifier }, kinds, sql);
        }
    }

    [TestMethod]
    public void An_expression_stays_between_its_parentheses()
    {
        var accepted = 0;
        foreach (var text in Hostile())
        {
            if (SqlExpression.Parse(text, out _) is not { } expression)
                continue;
            accepted++;
            var renamed = expression.Rename(new Dictionary<string, string> { ["a"] = "\");'--" });
            AssertEnclosed(Sql.Of($"x {expression} y").Text);
            AssertEnclosed(Sql.Of($"x {renamed} y").Text);
        }
        Assert.IsGreaterThan(1_000, accepted);
    }

    static void AssertEnclosed(string sql)
    {
        var tokens = SqlLexer.Significant(sql);
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            depth += tokens[i].IsSymbol("(") ? 1 : tokens[i].IsSymbol(")") ? -1 : 0;
            Assert.AreEqual(i == 0 || i >= tokens.Count - 2, depth == 0, sql);
            Assert.IsFalse(tokens[i].Kind is TokenKind.Error || tokens[i].IsSymbol(";"), sql);
        }
        Assert.AreEqual("y", tokens[^1].Value);
    }

    [TestMethod]
    public void A_type_holds_nothing_that_could_end_it()
    {
        string[] words = ["int", "text", "\"a\"", "(", ")", "1", ",", "[", "]", ".", ";", "--", "/*", "'", "not", "null", "default", "-", "time", "with", "zone", "$$"];
        var random = new Random(20);
        var accepted = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => words[random.Next(words.Length)]));
            if (SqlType.Parse(text, out _) is null)
                continue;
            accepted++;
            var open = 0;
            Token previous = default;
            foreach (var token in SqlLexer.Tokenize(text))
            {
                open += token.IsSymbol("(") ? 1 : token.IsSymbol(")") ? -1 : 0;
                Assert.IsTrue(token.IsName || token.Kind is TokenKind.Number || token.Value is "(" or ")" or "[" or "]" or "." or "-" or ",", text);
                Assert.IsFalse(token.Value is "," or "-" && open != 1, text);
                Assert.IsFalse(token.IsReserved && token.Value != "with" && !previous.IsSymbol("."), text);
                previous = token;
            }
            Assert.AreEqual(0, open, text);
        }
        Assert.IsGreaterThan(500, accepted);
    }
}
