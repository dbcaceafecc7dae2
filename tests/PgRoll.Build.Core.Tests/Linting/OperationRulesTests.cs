using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Core.Tests.Linting;

/// <summary>Where the rules about operations speak, and where they are silent: beyond what the samples show.</summary>
[TestClass]
public sealed class OperationRulesTests
{
    const string Table = """
        operations:
          - create_table:
              name: t
              columns:
                - { name: id, type: bigint, pk: true }
                - { name: a, type: text }
                - { name: b, type: text, nullable: true }
                - { name: k, type: bigint }
                - { name: m, type: bigint, nullable: true }
                - { name: p, type: "numeric(10,2)" }
                - { name: at, type: timestamptz }
                - { name: list, type: "text[]", nullable: true }
                - { name: v, type: varchar(10) }
                - { name: code, type: text, unique: true }
        """;

    [TestMethod]
    [DataRow("lower(a) || random()", "PGR0304")]
    [DataRow("(SELECT a || gen_random_uuid())", "PGR0304")]
    [DataRow("a || pg_catalog.random()", "", DisplayName = "with its schema nobody writes it")]
    [DataRow("gen_random_uuid()", "", DisplayName = "once for each row")]
    [DataRow("a || now()", "", DisplayName = "now() is one moment")]
    [DataRow("a || ' random()'", "")]
    public void What_is_never_the_same_twice(string up, string told) => Assert.AreEqual(told, Added(up));

    [TestMethod]
    [DataRow("a", "")]
    [DataRow("b", "PGR0305")]
    [DataRow("(b)", "PGR0305")]
    [DataRow("b::text", "PGR0305")]
    [DataRow("a || b", "PGR0305")]
    [DataRow("SELECT b", "PGR0305")]
    [DataRow("coalesce(b, '')", "")]
    [DataRow("CASE WHEN b IS NULL THEN '' ELSE b END", "")]
    [DataRow("concat(a, b)", "")]
    [DataRow("list || b", "", DisplayName = "an array takes NULL")]
    [DataRow("'b'", "")]
    public void What_may_be_NULL(string up, string told) => Assert.AreEqual(told, Added(up));

    [TestMethod]
    [DataRow("a", "comment: x, up: b, down: a", "PGR0305")]
    [DataRow("a", "comment: x, up: \"''\", down: a", "PGR0307")]
    [DataRow("k", "type: text, up: \"k::text\", down: \"'0'\"", "PGR0307")]
    [DataRow("k", "type: text, up: \"k::text\", down: (SELECT max(k) FROM t)", "", DisplayName = "a query is not looked into")]
    [DataRow("p", "type: int, up: p, down: p", "PGR0307")]
    [DataRow("p", "type: \"numeric(10,1)\", up: p, down: p", "PGR0307")]
    [DataRow("p", "type: \"numeric(12,3)\", up: p, down: p", "")]
    [DataRow("p", "type: \"numeric(8,2)\", up: p, down: p", "PGR0503")]
    [DataRow("p", "type: \"numeric\", up: p, down: p", "")]
    [DataRow("at", "type: date, up: at, down: at", "PGR0307")]
    [DataRow("at", "type: date, up: \"at::date\", down: at", "PGR0307")]
    [DataRow("at", "type: time, up: at, down: now()", "PGR0307 PGR0307")]
    [DataRow("a", "type: varchar(5), up: a, down: a", "PGR0503")]
    [DataRow("a", "type: varchar(5), up: \"a::varchar(5)\", down: a", "PGR0307")]
    [DataRow("a", "type: varchar(5), up: \"left(a, 5)\", down: a", "")]
    [DataRow("v", "type: varchar(5), up: v, down: v", "PGR0503")]
    [DataRow("v", "type: varchar(20), up: v, down: v", "")]
    [DataRow("v", "type: text, up: v, down: v", "")]
    [DataRow("k", "type: int, up: k, down: k", "PGR0503")]
    [DataRow("k", "type: int, up: CAST(k AS int), down: k", "PGR0503")]
    [DataRow("k", "type: int, up: \"least(k, 100)\", down: k", "")]
    [DataRow("k", "type: numeric, up: k, down: \"k::bigint\"", "")]
    [DataRow("a", "type: int, up: \"a::int\", down: \"a::text\"", "PGR0308")]
    [DataRow("a", "type: uuid, up: CAST(a AS uuid), down: \"a::text\"", "PGR0308")]
    [DataRow("a", "type: \"timestamp with time zone\", up: \"a::timestamp with time zone\", down: \"a::text\"", "PGR0308")]
    [DataRow("a", "type: int, up: \"CASE WHEN a ~ '^[0-9]{1,9}$' THEN a::int ELSE 0 END\", down: \"a::text\"", "")]
    [DataRow("k", "type: text, up: \"k::text\", down: \"k::bigint\"", "PGR0308")]
    [DataRow("a", "check: { name: c, constraint: a <> '' }, up: a, down: a", "PGR0404")]
    [DataRow("a", "check: { name: c, constraint: a <> '' }, up: (a), down: a", "PGR0404")]
    [DataRow("a", "check: { name: c, constraint: a <> '' }, up: \"coalesce(nullif(a, ''), '-')\", down: a", "")]
    [DataRow("a", "unique: { name: c }", "PGR0501")]
    [DataRow("a", "unique: { name: c }, up: a || nextval('s'), down: a", "PGR0304")]
    [DataRow("code", "unique: { name: c }, up: code, down: code", "")]
    [DataRow("k", "references: { name: c, table: t, column: id }, up: k, down: k", "PGR0502 PGR0601")]
    [DataRow("k", "references: { name: c, table: t, column: id }, up: (SELECT id FROM t WHERE t.id = k), down: k", "PGR0601")]
    public void What_alter_column_may_meet(string column, string change, string told) =>
        Assert.AreEqual(told, Told(Table, $"operations: [ alter_column: {{ table: t, column: {column}, {change} }} ]"));

    [TestMethod]
    [DataRow("unique, columns: [a, b]", "PGR0501")]
    [DataRow("unique, columns: [a, id]", "")]
    [DataRow("primary_key, columns: [b]", "PGR0203 PGR0305 PGR0501")]
    [DataRow("check, columns: [a, b], check: a <> b", "PGR0404")]
    [DataRow("foreign_key, columns: [a], references: { table: t, columns: [code] }", "PGR0502 PGR0601")]
    public void What_create_constraint_may_meet(string constraint, string told)
    {
        var columns = constraint.Split('[', ']')[1].Split(", ");
        var same = string.Join(", ", columns.Select(column => $"{column}: {column}"));
        Assert.AreEqual(told, Told(Table, $"operations: [ create_constraint: {{ table: t, name: c, type: {constraint}, up: {{ {same} }}, down: {{ {same} }} }} ]"));
    }

    [TestMethod]
    public void A_constraint_in_the_place_of_another_meets_nothing_new() => Assert.AreEqual("", Told(Table, """
        operations:
          - alter_column: { table: t, column: k, references: { name: c, table: t, column: id }, up: "(SELECT id FROM t WHERE t.id = k)", down: k }
          - create_index: { name: i, table: t, columns: [{ column: k }] }
        """, """
        operations:
          - drop_constraint: { table: t, name: c, down: k }
          - alter_column: { table: t, column: k, references: { name: d, table: t, column: id }, up: k, down: k }
          - drop_constraint: { table: t, name: t_code_key, down: code }
          - create_constraint: { table: t, name: u, type: unique, columns: [code], up: { code: code }, down: { code: code } }
          - add_column: { table: t, column: { name: number, type: bigserial } }
          - create_constraint: { table: t, name: w, type: unique, columns: [number], up: { number: number }, down: { number: number } }
        """));

    [TestMethod]
    [DataRow("unique: true", "")]
    [DataRow("unique: true, nullable: true, default: \"'x'\"", "PGR0501")]
    [DataRow("unique: true, default: gen_random_uuid()", "")]
    [DataRow("unique: true, nullable: true", "")]
    public void What_add_column_may_meet(string column, string told) =>
        Assert.AreEqual(told, Told(Table, $"operations: [ add_column: {{ table: t, column: {{ name: x, type: text, {column} }}{(column == "unique: true" ? ", up: code" : "")} }} ]"));

    [TestMethod]
    [DataRow("frobnicate(a)", "PGR0310")]
    [DataRow("util.frobnicate(a)", "")]
    [DataRow("\"Lower\"(a)", "PGR0310")]
    [DataRow("LOWER(a) || substring(a from 1 for 2) || greatest(a, b, '') || trim(both from a)", "")]
    [DataRow("left(a, 2) || right(a, 2) || to_char(at, 'YYYY') || extract(year from at)", "")]
    [DataRow("(SELECT x.k FROM unnest(list) AS x(k) LIMIT 1) || 'x'", "", DisplayName = "an alias is no function")]
    [DataRow("date(at)::text || text(k) || int4(k)", "")]
    [DataRow("a::citext", "PGR0310")]
    [DataRow("CAST(a AS citext)::text", "PGR0310")]
    [DataRow("k::double precision || at::timestamp(3) with time zone || a::character varying(3) || a::\"char\" || k::int8 || a::regclass", "PGR0308")]
    [DataRow("coalesce(list::text[], '{}')", "")]
    [DataRow("json_build_object('a', a) || xmlelement(name x, a) || json_object('a': a)", "")]
    [DataRow("row_number() over (partition by a) || count(*) filter (where k > 0)", "")]
    [DataRow("hashtextextended(a, 0) || uuidv7() || random(1, 2)", "PGR0304", DisplayName = "functions of one version")]
    [DataRow("a COLLATE \"und-x-icu\" || current_schema() || t.a", "PGR0309")]
    public void Names_that_nothing_makes(string up, string told) => Assert.AreEqual(told, Added(up));

    [TestMethod]
    [DataRow("strng", "PGR0310")]
    [DataRow("\"citext[]\"", "PGR0310")]
    [DataRow("\"geometry(Point,4326)\"", "PGR0310")]
    [DataRow("public.geometry", "")]
    [DataRow("bigserial", "")]
    [DataRow("int2", "")]
    [DataRow("\"timestamp(3) with time zone\"", "")]
    [DataRow("\"interval day to second\"", "")]
    [DataRow("\"bit varying(3)\"", "")]
    [DataRow("\"numeric(3,1)[]\"", "")]
    [DataRow("int4multirange", "")]
    [DataRow("t", "", DisplayName = "a table is a type")]
    public void Types_that_nothing_makes(string type, string told) =>
        Assert.AreEqual(told, Told(Table, $"operations: [ add_column: {{ table: t, column: {{ name: x, type: {type}, nullable: true }} }} ]"));

    [TestMethod]
    [DataRow("CREATE EXTENSION IF NOT EXISTS citext", "")]
    [DataRow("CREATE DOMAIN slug AS text", "")]
    [DataRow("CREATE TYPE slug AS ENUM ('x')", "")]
    [DataRow("CREATE TYPE slug AS (a text)", "")]
    [DataRow("CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql RETURN $1", "PGR0310", DisplayName = "a function is no type")]
    [DataRow("DO $$ BEGIN CREATE TYPE slug AS ENUM ('x'); END $$", "")]
    [DataRow("COMMENT ON TABLE t IS 'x'", "PGR0310")]
    public void Raw_SQL_makes_them(string sql, string told) => Assert.AreEqual(told, Told(
        Table, $"operations: [ sql: {{ up: {Quoted(sql)}, down: SELECT 1 }} ]", "operations: [ add_column: { table: t, column: { name: x, type: slug, nullable: true } } ]"));

    const string Child = """
        operations:
          - create_table:
              name: c
              columns:
                - { name: id, type: bigint, pk: true }
                - { name: k, type: bigint, references: { name: c_fk, table: t, column: id } }
                - { name: o, type: bigint, nullable: true }
        """;

    [TestMethod]
    [DataRow("create_index: { name: i, table: c, columns: [{ column: k }] }", "")]
    [DataRow("create_index: { name: i, table: c, columns: [{ column: k, sort: DESC }, { column: o }] }", "")]
    [DataRow("create_index: { name: i, table: c, method: hash, columns: [{ column: k }] }", "")]
    [DataRow("create_index: { name: i, table: c, columns: [{ column: k }], predicate: k IS NOT NULL }", "")]
    [DataRow("create_index: { name: i, table: c, columns: [{ column: k }], predicate: k > 0 }", "PGR0601")]
    [DataRow("create_index: { name: i, table: c, columns: [{ column: k }], predicate: o IS NOT NULL }", "PGR0601")]
    [DataRow("create_index: { name: i, table: c, columns: [{ column: o }, { column: k }] }", "PGR0601")]
    [DataRow("create_index: { name: i, table: c, method: brin, columns: [{ column: k }] }", "PGR0601")]
    [DataRow("create_constraint: { name: i, table: c, type: unique, columns: [k, o], up: { k: k, o: o }, down: { k: k, o: o } }", "")]
    [DataRow("drop_constraint: { name: c_fk, table: c, down: k }", "")]
    [DataRow("drop_table: { name: c }", "")]
    [DataRow("sql: { up: 'CREATE INDEX ON c (k, o)' }", "")]
    [DataRow("sql: { up: 'CREATE INDEX ON c (abs(k))' }", "PGR0601")]
    [DataRow("sql: { up: 'DO $$ BEGIN END $$' }", "", DisplayName = "nobody knows")]
    public void A_later_migration_may_bring_the_index(string operation, string told) =>
        Assert.AreEqual(told, Of("02", Table, Child, $"operations: [ {operation} ]"));

    [TestMethod]
    [DataRow("create_constraint: { name: i, table: k, type: primary_key, columns: [k], up: { k: k }, down: { k: k } }", "")]
    [DataRow("drop_table: { name: k }", "")]
    [DataRow("sql: { up: 'ALTER TABLE k ADD PRIMARY KEY (k)' }", "")]
    [DataRow("create_index: { name: i, table: k, columns: [{ column: k }] }", "PGR0602")]
    public void A_later_migration_may_bring_the_key(string operation, string told) =>
        Assert.AreEqual(told, Of("01", "operations: [ create_table: { name: k, columns: [{ name: k, type: bigint }] } ]", $"operations: [ {operation} ]"));

    [TestMethod]
    public void Rows_of_a_table_that_the_migration_makes_fail_on_nothing() => Assert.AreEqual("", Told($"""
        {Table}
          - alter_column: {"{"} table: t, column: a, unique: {"{"} name: u {"}"}, check: {"{"} name: k, constraint: a <> '' {"}"}, up: a, down: a {"}"}
          - alter_column: {"{"} table: t, column: k, type: int, up: k, down: k {"}"}
          - create_index: {"{"} name: i, table: t, columns: [{"{"} column: b {"}"}], unique: true {"}"}
          - add_column: {"{"} table: t, column: {"{"} name: x, type: text {"}"}, up: b {"}"}
          - drop_column: {"{"} table: t, column: m {"}"}
        """));

    [TestMethod]
    [DataRow("user", "is a word of SQL's")]
    [DataRow("left", "is a word of SQL's")]
    [DataRow("customerId", "has upper case")]
    [DataRow("2fa", "begins with a digit")]
    [DataRow("first-name", "has other characters than letters, digits and underscores")]
    [DataRow("größe", null)]
    [DataRow("_x$1", null)]
    [DataRow("value", null)]
    [DataRow("time", null)]
    public void Names_that_need_quotes(string name, string? reason) => Assert.AreEqual(
        reason is null ? "" : $"'{name}' must be written in quotes wherever SQL names it: it {reason}.",
        string.Join('\n', Lint(Table, $"operations: [ rename_column: {{ table: t, from: a, to: '{name}' }} ]").Where(d => d.Rule.Id == "PGR0806").Select(d => d.Message)));

    [TestMethod]
    public void Words_inside_an_expression_are_pointed_at()
    {
        var finding = Lint(Table, """
            operations:
              - add_column:
                  table: t
                  column: { name: x, type: text }
                  up: >-
                    lower(a) ||
                    frobnicate(b)
            """).Single(d => d.Severity != Severity.Info);
        Assert.AreEqual("PGR0310 (7,9)-(7,19) Function 'frobnicate' is neither PostgreSQL's nor made by these migrations.",
            $"{finding.Rule.Id} ({finding.Location.Span.Line},{finding.Location.Span.Column})-({finding.Location.Span.EndLine},{finding.Location.Span.EndColumn}) {finding.Message}");
    }

    /// <summary>What is told of a NOT NULL column with that <c>up</c>.</summary>
    static string Added(string up) => Told(Table, $"operations: [ add_column: {{ table: t, column: {{ name: x, type: text }}, up: {Quoted(up)} }} ]");

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    static string Told(params string[] files) => Of($"0{files.Length}", files);

    /// <summary>The warnings and errors in one of the files, but for those of raw SQL.</summary>
    static string Of(string file, params string[] files) => string.Join(' ',
        from finding in Lint(files)
        where finding.Location.File.StartsWith(file, StringComparison.Ordinal) && finding.Severity != Severity.Info && !finding.Rule.Id.StartsWith("PGR07", StringComparison.Ordinal)
        orderby finding.Rule.Id
        select finding.Rule.Id);

    static IReadOnlyList<Diagnostic> Lint(params string[] files) =>
        MigrationSet.Check([.. files.Index().Select(file => new MigrationFile($"0{file.Index + 1}_change.yaml", file.Item))], Schema.Empty("public")).Lint().Diagnostics;
}
