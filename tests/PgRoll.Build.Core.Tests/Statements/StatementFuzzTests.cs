using PgRoll.Build.Model;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Statements;

[TestClass]
public sealed class StatementFuzzTests
{
    static readonly string[] pieces =
        [" ", "\n", ";", "(", ")", ",", ".", "'", "\"", "$$", "$a$", "--", "/*", "*/", "E'", "\\", "::", "=", "[", "]", "$1", "\0", "é", "😀", "AS", "NOT", "NULL", "DEFAULT", "CASE", "BEGIN ATOMIC", "WITH"];

    [TestMethod]
    [Timeout(600_000)]
    public void Mutated_SQL_is_read_with_places_inside_the_text()
    {
        var script = File.ReadAllText(Repository.Combine("tests/PgRoll.Build.Core.Tests/Statements/statements.sql"));
        string[] seeds = [.. StatementParser.Parse(script).Select(s => script.Substring(s.Source.Start, s.Source.Length))];
        var random = new Random(11);
        var (known, unknown) = (0, 0);
        for (var i = 0; i < (LongRun.IsOn ? 100_000 : 5_000); i++)
        {
            var text = seeds[random.Next(seeds.Length)] + ";" + seeds[random.Next(seeds.Length)];
            for (var n = random.Next(1, 5); n > 0; n--)
                text = Mutate(text, random);
            var statements = StatementParser.Parse(text);
            foreach (var statement in statements)
            {
                AssertInside(text, new(statement.Source.Start, statement.Source.Length));
                if (statement is UnknownStatement { At: var at })
                    AssertInside(text, at);
                _ = StatementText.Of(statement);
            }
            unknown += statements.OfType<UnknownStatement>().Count();
            known += statements.Count(s => s is not UnknownStatement);
            SchemaReplay.Apply(Schema.Empty("public"), StatementParser.Parse("CREATE TABLE t (id int PRIMARY KEY, a int, b text);" + text));
        }
        Assert.IsTrue(known > 1000 && unknown > 1000, $"{known} known, {unknown} unknown: the mutations prove little.");
    }

    [SampledTestMethod(of: 4)]
    [DataRow("", "CREATE TABLE t (a int DEFAULT 1, b text);")]
    [DataRow("CREATE TABLE t (", "a int DEFAULT 1 CHECK (a > 0), ")]
    [DataRow("CREATE TABLE t (a int DEFAULT ", "CASE WHEN (")]
    [DataRow("ALTER TABLE t ", "ADD a int, ")]
    [DataRow("ALTER TABLE t ", "SET (a = (")]
    [DataRow("CREATE INDEX ON t (", "a, ")]
    [DataRow("DROP TABLE ", "a.b, ")]
    [DataRow("", "WITH a AS (")]
    [DataRow("", "WITH a AS (DELETE FROM ")]
    [DataRow("WITH ", "a AS (SELECT 1), ")]
    [DataRow("SELECT ", "f(")]
    [DataRow("COMMENT ON COLUMN ", "a.")]
    [DataRow("GRANT SELECT ON ", "a, ")]
    [DataRow("SET a = ", "b, ")]
    [DataRow("VACUUM (", "a b ")]
    [DataRow("CREATE TRIGGER x BEFORE UPDATE OF ", "a, ")]
    [DataRow("CREATE FUNCTION f() BEGIN ATOMIC ", "CASE ")]
    [DataRow("CREATE TYPE t AS ENUM (", "'a', ")]
    // Quadratic time would be hours, linear time is a second.
    [Timeout(300_000)]
    public void A_megabyte_is_read_in_linear_time(string start, string pattern)
    {
        var sql = start + string.Concat(Enumerable.Repeat(pattern, (1 << 20) / pattern.Length));

        Assert.IsNotEmpty(StatementParser.Parse(sql));
    }

    static string Mutate(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 12), text.Length - at);
        return random.Next(3) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, pieces[random.Next(pieces.Length)]),
            _ => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
        };
    }

    static void AssertInside(string text, SqlSpan span) => Assert.IsTrue(span.Start >= 0 && span.Length >= 0 && span.End <= text.Length, text);
}
