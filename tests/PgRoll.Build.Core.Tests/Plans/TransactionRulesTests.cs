using PgRoll.Build.Plans;

namespace PgRoll.Build.Core.Tests.Plans;

[TestClass]
public sealed class TransactionRulesTests
{
    [TestMethod]
    [DataRow("CREATE INDEX CONCURRENTLY i ON t (a)")]
    [DataRow("-- why\ncreate unique index concurrently if not exists i on t (a);")]
    [DataRow("DROP INDEX CONCURRENTLY i")]
    [DataRow("REINDEX TABLE CONCURRENTLY t")]
    [DataRow("REINDEX SCHEMA s")]
    [DataRow("VACUUM FULL t")]
    [DataRow("CLUSTER")]
    [DataRow("ALTER TABLE p DETACH PARTITION q CONCURRENTLY")]
    [DataRow("ALTER SYSTEM SET work_mem = '1GB'")]
    [DataRow("CREATE DATABASE d")]
    [DataRow("DROP SUBSCRIPTION s")]
    [DataRow("CREATE INDEX CONCURRENTLY i ON t (a) WITH SOMETHING OF A LATER SERVER")]
    [DataRow("VACUUM SOMETHING OF A LATER SERVER")]
    public void Alone_it_is_run_outside_of_a_transaction(string sql)
    {
        Assert.IsTrue(TransactionRules.Leaves(sql));
        Assert.IsFalse(TransactionRules.Leaves($"{sql}; SELECT 1"));
    }

    [TestMethod]
    [DataRow("CREATE INDEX i ON t (a)")]
    [DataRow("CLUSTER t USING i")]
    [DataRow("REINDEX TABLE t")]
    [DataRow("ANALYZE t")]
    [DataRow("CREATE TABLE concurrently_made (id int)")]
    [DataRow("SELECT 'CREATE INDEX CONCURRENTLY'")]
    [DataRow("SOMETHING OF A LATER SERVER")]
    [DataRow("")]
    public void In_a_transaction_otherwise(string sql) => Assert.IsFalse(TransactionRules.Leaves(sql));
}
