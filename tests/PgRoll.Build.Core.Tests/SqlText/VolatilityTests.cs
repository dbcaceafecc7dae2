using PgRoll.Build.SqlText;

namespace PgRoll.Build.Core.Tests.SqlText;

[TestClass]
public sealed class VolatilityTests
{
    [TestMethod]
    [DataRow("1")]
    [DataRow("-1.5e3")]
    [DataRow("'x'")]
    [DataRow("true")]
    [DataRow("NULL")]
    [DataRow("'x'::text")]
    [DataRow("'{}'::pg_catalog.jsonb")]
    [DataRow("'a'::character varying(3) COLLATE \"C\"")]
    [DataRow("CAST('1' AS int)")]
    [DataRow("CAST('1' AS numeric(10,2))")]
    [DataRow("date '2020-01-01'")]
    [DataRow("interval '1' day")]
    [DataRow("timestamp(3) with time zone '2020-01-01'")]
    [DataRow("ARRAY[1, 2]::int[]")]
    [DataRow("ARRAY[]::text[]")]
    [DataRow("(1 + 2) * 3")]
    [DataRow("'a' || $$b$$ || E'c'")]
    [DataRow("SELECT 1")]
    [DataRow("CASE WHEN true THEN 1 ELSE 2 END")]
    public void A_constant_is_constant(string text) => AssertVolatility(Volatility.Constant, text);

    [TestMethod]
    [DataRow("now()")]
    [DataRow("NOW ( )")]
    [DataRow("now() + interval '1 day'")]
    [DataRow("transaction_timestamp()::date")]
    [DataRow("current_timestamp")]
    [DataRow("CURRENT_TIMESTAMP(3)")]
    [DataRow("current_date + 1")]
    [DataRow("localtimestamp")]
    [DataRow("(now() AT TIME ZONE 'utc'::text)")]
    [DataRow("current_user || 'x'")]
    [DataRow("session_user")]
    public void The_transactions_time_and_user_are_stable(string text) => AssertVolatility(Volatility.Stable, text);

    [TestMethod]
    [DataRow("random()")]
    [DataRow("clock_timestamp()")]
    [DataRow("gen_random_uuid()")]
    [DataRow("nextval('s'::regclass)")]
    [DataRow("a")]
    [DataRow("now")]
    [DataRow("lower('A')")]
    [DataRow("my.now()")]
    [DataRow("\"NOW\"()")]
    [DataRow("now() + random() * interval '1 day'")]
    [DataRow("(SELECT 1)")]
    [DataRow("SELECT 1 FROM t")]
    [DataRow("\"current_user\"")]
    public void Anything_else_is_unknown(string text) => AssertVolatility(Volatility.Unknown, text);

    static void AssertVolatility(Volatility expected, string text) =>
        Assert.AreEqual(expected, SqlExpression.Parse(text, out _)!.Volatility);
}
