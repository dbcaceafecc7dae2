using PgRoll.Build.SqlText;

namespace PgRoll.Build.Core.Tests.SqlText;

[TestClass]
public sealed class ExpressionNamesTests
{
    static string Show(IReadOnlyList<NameReference> names) => string.Join(' ', names.Select(name => name.Name));

    static SqlExpression Parse(string text) => SqlExpression.Parse(text, out var problem) ?? throw new AssertFailedException($"{text}: {problem}");

    // What is definitely a column, and where it differs, what may be one.
    [TestMethod]
    [DataRow("a + B * \"C\" - U&\"\\0064\"", "a b C d")]
    [DataRow("t.a || s.t.b || (r).c || d.*", "r")]
    [DataRow("lower(a) || pg_catalog.upper(b) || \"F\"(c)", "a b c")]
    [DataRow("'a' || $$b$$ || E'c' -- d\n/* e */", "")]
    [DataRow("a::text || b::pg_catalog.varchar(3) || c::double precision || d::timestamp(3) with time zone || e::my[]", "a b c d e")]
    [DataRow("CAST(a AS text) || CAST(b AS numeric(10, 2)) || CAST(c AS public.mood)", "a b c")]
    [DataRow("a COLLATE \"C\" || b COLLATE pg_catalog.de", "a b")]
    [DataRow("date '2020-01-01' + interval '1' day + interval '2' hour to minute + a", "a")]
    [DataRow("interval(3) '1' second(3) + a::interval day to second", "a")]
    [DataRow("timestamp with time zone '2020-01-01' + time(3) '10:00' + double precision '1' + a", "a")]
    [DataRow("mood 'happy' = a", "a")]
    [DataRow("EXTRACT(year FROM a) + extract('month' from b)", "a b")]
    [DataRow("a AT TIME ZONE 'utc'", "a")]
    [DataRow("a AT TIME ZONE b", "a b")]
    [DataRow("(a, b) OVERLAPS (c, d)", "a b c d")]
    [DataRow("now() + current_date + current_timestamp(3) + localtime + a", "a")]
    [DataRow("current_user || session_user || user || current_schema", "")]
    [DataRow("CASE WHEN a IS NULL THEN b WHEN c THEN 'x' ELSE d END", "a b c d")]
    [DataRow("CASE a WHEN b THEN c END", "a b c")]
    [DataRow("a IS DISTINCT FROM b AND NOT c ISNULL AND d IS NOT TRUE AND e IS UNKNOWN", "a b c d e")]
    [DataRow("a IS JSON ARRAY WITH UNIQUE KEYS AND b IS NOT NFKC NORMALIZED AND c IS DOCUMENT", "a b c")]
    [DataRow("a BETWEEN b AND c", "a b c")]
    [DataRow("(a) BETWEEN b AND c", "a b c", "a between b c")]
    [DataRow("a LIKE b ESCAPE '!' AND c NOT ILIKE 'x' AND d SIMILAR TO e", "a b c d e")]
    [DataRow("a IN (b, 'x', 3)", "a b")]
    [DataRow("a = ANY (b) OR a = ANY(ARRAY[c, d])", "a b a c d")]
    [DataRow("f(x => a, y := b)", "a b")]
    [DataRow("a[b] + c[d:e] + f[1]", "a b c d e f")]
    [DataRow("trim(both a from b) || substring(c from d for e) || position(f in g) || overlay(h placing i from 1)", "a b c d e f g h i")]
    [DataRow("coalesce(a, nullif(b, ''), greatest(c, 1))", "a b c")]
    [DataRow("a OPERATOR(pg_catalog.+) 1", "a")]
    [DataRow("a->>'b' || c #>> '{d}' || e", "a c e")]
    [DataRow("true AND false OR null", "")]
    [DataRow("SELECT CASE WHEN x IS NULL THEN product || ' is good' ELSE x END", "x product x")]
    public void Columns_are_found(string text, string expected, string? referenced = null)
    {
        Assert.AreEqual(expected, Show(Parse(text).DefiniteColumnNames));
        Assert.AreEqual(referenced ?? expected, Show(Parse(text).ReferencedNames));
    }

    [TestMethod]
    [DataRow("sum(a) FILTER (WHERE b) OVER (PARTITION BY c ORDER BY d DESC NULLS LAST ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)")]
    [DataRow("normalize(a, NFC) || xmin::text || ctid::text")]
    [DataRow("json_query(a, '$.x' RETURNING text WITH WRAPPER NULL ON EMPTY ERROR ON ERROR)")]
    [DataRow("json_object('k' VALUE b, 'l' : c RETURNING jsonb)")]
    [DataRow("json_value(a, '$' PASSING b AS x RETURNING int DEFAULT 0 ON EMPTY)")]
    [DataRow("xmlelement(NAME foo, xmlattributes(a AS bar), b) || xmlserialize(CONTENT c AS text)")]
    [DataRow("string_agg(a, ',' ORDER BY b) || percentile_cont(0.5) WITHIN GROUP (ORDER BY c)")]
    [DataRow("position || interval || values || time")]
    [DataRow("a OPERATOR(pg_catalog.+) b")]
    [DataRow("a AT LOCAL")]
    public void What_is_definitely_a_column_is_one(string text)
    {
        string[] columns = ["a", "b", "c", "d"];
        var wrong = Parse(text).DefiniteColumnNames.Where(name => !columns.Contains(name.Name)).ToList();
        Assert.AreEqual("", Show(wrong));
    }

    [TestMethod]
    [DataRow("sum(a) FILTER (WHERE b) OVER (PARTITION BY c ORDER BY d ROWS 1 PRECEDING)", "a b c d")]
    [DataRow("(SELECT max(l.x) FROM lookup l WHERE l.id = a AND y = b)", "a b")]
    [DataRow("SELECT x FROM lookup WHERE id = a", "x a")]
    [DataRow("position || interval || date || time", "position interval date time")]
    [DataRow("a OPERATOR(pg_catalog.+) b", "a b")]
    [DataRow("SELECT DISTINCT ON (a) b", "a b")]
    [DataRow("CASE WHEN EXISTS (WITH q AS MATERIALIZED (SELECT a FROM t) SELECT b FROM q) THEN c END", "a b c")]
    public void No_column_is_missed(string text, string columns)
    {
        var names = Parse(text).ReferencedNames.Select(name => name.Name).ToList();
        CollectionAssert.IsSubsetOf(columns.Split(' '), names);
    }

    [TestMethod]
    [DataRow("(SELECT x FROM t)")]
    [DataRow("EXISTS (TABLE t) AND a")]
    [DataRow("a IN (VALUES (b))")]
    [DataRow("(WITH q AS (SELECT 1) SELECT a FROM q)")]
    public void Nothing_is_definite_around_a_subquery(string text) => Assert.IsEmpty(Parse(text).DefiniteColumnNames);

    [TestMethod]
    public void A_name_has_its_place_in_the_text()
    {
        const string Text = "SELECT -- a\n  lower(\"We\"\"ird\") || B";
        var expression = Parse(Text);
        CollectionAssert.AreEqual(
            new[] { new NameReference("We\"ird", 20, 9), new NameReference("b", 34, 1) }, expression.DefiniteColumnNames.ToList());
        Assert.AreEqual("\"We\"\"ird\"", Text.Substring(20, 9));
    }
}
