using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Linting;

/// <summary>Long scripts cost as much as they are long. What is allocated tells the work, whatever else the machine does.</summary>
[TestClass]
public sealed class LongScriptTests
{
    const string Base = "CREATE TABLE b{0} (id int PRIMARY KEY, a int, b text, CONSTRAINT b{0}_a CHECK (a > 0));";

    [TestMethod]
    public void A_dump_four_times_as_long_is_four_times_the_work()
    {
        AssertGrowsAs(length => [("01_base", LongScript.Dump(length))], 100_000);
        AssertGrowsAs(length => [("01_base", Bases), ("02_more", LongScript.Dump(length))], 100_000);
    }

    [TestMethod]
    [DataRow("CREATE TABLE t{0} (id int, a text);")]
    [DataRow("ALTER TABLE b{1} ALTER COLUMN a SET NOT NULL;")]
    [DataRow("ALTER TABLE b{1} ALTER COLUMN a TYPE bigint;")]
    [DataRow("ALTER TABLE b{1} DROP COLUMN IF EXISTS c{0};")]
    [DataRow("ALTER TABLE b{1} ADD CONSTRAINT f{0} FOREIGN KEY (a) REFERENCES b0;")]
    [DataRow("ALTER TABLE b{1} VALIDATE CONSTRAINT b{1}_a;")]
    [DataRow("ALTER TYPE e ADD VALUE 'v{0}';")]
    [DataRow("CREATE INDEX i{0} ON b{1} (a);")]
    [DataRow("CREATE DOMAIN d{0} AS int CHECK (VALUE > 0);")]
    [DataRow("CREATE FUNCTION f{0}() RETURNS int LANGUAGE sql AS 'SELECT 1';")]
    [DataRow("COMMENT ON COLUMN b{1}.a IS '{0}';")]
    [DataRow("DO 'BEGIN END';")]
    [DataRow("DROP FUNCTION f{0}();")]
    [DataRow("DROP INDEX i{0};")]
    [DataRow("INSERT INTO b{1} VALUES ({0}, 1, 'x');")]
    [DataRow("UPDATE b{1} SET a = {0};")]
    [DataRow("REINDEX INDEX i{0};")]
    [DataRow("SET search_path = s{0};")]
    [DataRow("VACUUM b{1};")]
    [DataRow("FROBNICATE {0};")]
    public void Statements_four_times_as_many_are_four_times_the_work(string statement) =>
        AssertGrowsAs(count => [("01_base", Bases), ("02_more", string.Join('\n', Enumerable.Range(0, count).Select(i => Filled(statement, i))))], 500);

    static string Bases { get; } = string.Join('\n', Enumerable.Range(0, 50).Select(i => Filled(Base, i)));

    static string Filled(string statement, int i) => statement.Replace("{0}", $"{i}", StringComparison.Ordinal).Replace("{1}", $"{i % 50}", StringComparison.Ordinal);

    static void AssertGrowsAs(Func<int, (string Name, string Sql)[]> scripts, int size)
    {
        Work(1);
        var (once, fourTimes) = (Work(size), Work(size * 4));
        Assert.IsLessThan(once * 4.6, fourTimes, $"{once} bytes, and {fourTimes} of four times as much");

        long Work(int length)
        {
            MigrationFile[] files = [.. scripts(length).Select(script => new MigrationFile($"{script.Name}.yaml", LongScript.Migration(script.Sql)))];
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = MigrationSet.Check(files, Schema.Empty("public")).Lint();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
