using Npgsql;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Statements;

/// <summary>
/// The parser against the server's own: what the server takes for SQL, it knows. A function's body is read by the server without being
/// run, so nothing of it happens.
/// </summary>
[TestClass]
public sealed class SyntaxTests
{
    const int Newest = 18;

    static string Script { get; } = File.ReadAllText(Repository.Combine("tests/PgRoll.Build.Core.Tests/Statements/statements.sql"));

    static string[] Statements { get; } = [.. StatementParser.Parse(Script).Select(s => Script.Substring(s.Source.Start, s.Source.Length))];

    [TestMethod]
    public async Task What_is_tested_to_be_read_is_SQL()
    {
        await using var database = await TestDatabase.CreateAsync(Newest);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        List<string> refused = [];
        foreach (var sql in Statements)
            if (!await IsSqlAsync(connection, sql))
                refused.Add(sql);

        Assert.AreEqual("", string.Join("\n", refused));
    }

    /// <summary>What the grammar takes and the server refuses as soon as it runs, whatever is there: the parser says so at once.</summary>
    static readonly string[] refusedWhenRun =
        ["a column with its table before it", "a column and nothing else", "the constraint that this belongs to", "a type whose modifiers are constants"];

    [TestMethod]
    [DataRow("COMMENT ON COLUMN a IS 'x'")]
    [DataRow("CREATE SEQUENCE s OWNED BY id")]
    [DataRow("CREATE INDEX ON u (id) INCLUDE (a text_ops)")]
    [DataRow("CREATE INDEX ON u (id) INCLUDE (lower(a))")]
    [DataRow("CREATE TABLE v (a int REFERENCES u NULL DEFERRABLE)")]
    [DataRow("CREATE TABLE v (a varbit(b '1'))")]
    public async Task What_no_server_runs_is_told_though_its_grammar_takes_it(string sql)
    {
        await using var database = await TestDatabase.CreateAsync(Newest);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await database.ExecuteAsync("CREATE TABLE u (id int PRIMARY KEY, a text)");

        Assert.IsTrue(await IsSqlAsync(connection, sql));
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(sql));
        Assert.IsInstanceOfType<UnknownStatement>(StatementParser.Parse(sql).Single(), refusal.Message);
        Assert.Contains(reason => ((UnknownStatement)StatementParser.Parse(sql)[0]).Problem.Contains(reason), refusedWhenRun);
    }

    /// <summary>Words left out, doubled, exchanged for those of other statements: most is no SQL any more; what is, must be known.</summary>
    [TestMethod]
    public async Task Whatever_the_server_takes_is_known()
    {
        await using var database = await TestDatabase.CreateAsync(Newest);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        var random = new Random(20261122);
        List<string> unknown = [];
        var taken = 0;
        for (var i = 0; i < (TestDatabase.IsLong ? 100_000 : 3_000); i++)
        {
            var sql = Mutate(Statements[random.Next(Statements.Length)], random);
            if (StatementParser.Parse(sql) is not [var statement] || !await IsSqlAsync(connection, sql))
                continue;
            taken++;
            if (statement is UnknownStatement { Problem: var problem } && !refusedWhenRun.Any(problem.Contains))
                unknown.Add($"{sql}\n    {problem}");
        }

        Assert.IsGreaterThan(100, taken);
        Assert.AreEqual("", string.Join("\n", unknown));
    }

    static string Mutate(string sql, Random random)
    {
        var words = Words(sql);
        for (var changes = random.Next(1, 4); changes > 0 && words.Count > 0; changes--)
        {
            var at = random.Next(words.Count);
            var others = Words(Statements[random.Next(Statements.Length)]);
            var other = others[random.Next(others.Count)];
            switch (random.Next(4))
            {
                case 0: words.RemoveAt(at); break;
                case 1: words.Insert(at, words[at]); break;
                case 2: words[at] = other; break;
                default: words.Insert(at, other); break;
            }
        }
        return string.Join(' ', words);
    }

    static List<string> Words(string sql) => [.. SqlLexer.Significant(sql).Select(token => sql.Substring(token.Start, token.Length))];

    internal static async Task<bool> IsSqlAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE FUNCTION pg_temp.f{Guid.NewGuid():n}() RETURNS void LANGUAGE sql AS {new Literal(sql)}";
        try
        {
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException error)
        {
            return error.SqlState is not (PostgresErrorCodes.SyntaxError or PostgresErrorCodes.InvalidName or PostgresErrorCodes.ReservedName or PostgresErrorCodes.NameTooLong);
        }
    }
}
