using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Effects;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Statements;

/// <summary>
/// What is said of a statement's locks and work is what a server does: each form runs in a transaction, whose locks, files and reads are
/// then looked at. Statements that refuse to run in one (CONCURRENTLY, VACUUM) cannot be looked at this way.
/// </summary>
[TestClass]
public sealed class StatementEffectsTests
{
    const string Tables = """
        CREATE TABLE u (id int PRIMARY KEY, code text UNIQUE);
        CREATE TABLE t (
            id int PRIMARY KEY, n int, big bigint, v varchar(10), w text, num numeric(8,2), ts timestamp(3), u_id int CONSTRAINT t_u REFERENCES u,
            proven int CONSTRAINT proven_not_null CHECK (proven IS NOT NULL), sure int NOT NULL, loose int);
        ALTER TABLE t ADD CONSTRAINT loose_positive CHECK (loose > 0) NOT VALID;
        ALTER TABLE t ADD CONSTRAINT loose_u FOREIGN KEY (loose) REFERENCES u NOT VALID;
        CREATE INDEX t_n ON t (n);
        CREATE UNIQUE INDEX t_big ON t (big);
        CREATE TABLE p (id int, at int) PARTITION BY RANGE (at);
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
        CREATE TABLE p2 (id int, at int);
        CREATE TABLE parent (id int);
        CREATE TABLE child (id int);
        CREATE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER trig BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fires();
        CREATE MATERIALIZED VIEW mv AS SELECT id FROM u;
        INSERT INTO u SELECT i, i::text FROM generate_series(1, 50) i;
        INSERT INTO t SELECT i, i, i, 'a', 'b', i, now(), i, i, i, i FROM generate_series(1, 50) i;
        INSERT INTO p1 SELECT i, 1 FROM generate_series(1, 50) i;
        INSERT INTO p2 SELECT i, 11 FROM generate_series(1, 50) i;
        INSERT INTO parent VALUES (1);
        INSERT INTO child VALUES (1);
        """;

    static readonly string[] forms =
    [
        "ALTER TABLE t ADD COLUMN x int",
        "ALTER TABLE t ADD COLUMN x int DEFAULT 5",
        "ALTER TABLE t ADD COLUMN x int NOT NULL DEFAULT 5",
        "ALTER TABLE t ADD COLUMN x timestamptz DEFAULT now()",
        "ALTER TABLE t ADD COLUMN x uuid DEFAULT gen_random_uuid()",
        "ALTER TABLE t ADD COLUMN x timestamptz DEFAULT clock_timestamp()",
        "ALTER TABLE t ADD COLUMN x serial",
        "ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS IDENTITY",
        "ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (n + 1) STORED",
        "ALTER TABLE t ADD COLUMN x int REFERENCES u",
        "ALTER TABLE t ADD COLUMN x int UNIQUE",
        "ALTER TABLE t ADD COLUMN x int CHECK (x > 0)",
        "ALTER TABLE t DROP COLUMN n",
        "ALTER TABLE t ALTER COLUMN n SET DEFAULT 1",
        "ALTER TABLE t ALTER COLUMN n DROP DEFAULT",
        "ALTER TABLE t ALTER COLUMN n SET NOT NULL",
        "ALTER TABLE t ALTER COLUMN proven SET NOT NULL",
        "ALTER TABLE t ALTER COLUMN sure SET NOT NULL",
        "ALTER TABLE t ALTER COLUMN sure DROP NOT NULL",
        "ALTER TABLE t ALTER COLUMN n TYPE bigint",
        "ALTER TABLE t ALTER COLUMN n TYPE numeric",
        "ALTER TABLE t ALTER COLUMN v TYPE varchar(20)",
        "ALTER TABLE t ALTER COLUMN v TYPE varchar(5)",
        "ALTER TABLE t ALTER COLUMN v TYPE text",
        "ALTER TABLE t ALTER COLUMN v TYPE varchar",
        "ALTER TABLE t ALTER COLUMN w TYPE varchar(100)",
        "ALTER TABLE t ALTER COLUMN w TYPE varchar",
        "ALTER TABLE t ALTER COLUMN num TYPE numeric(10,2)",
        "ALTER TABLE t ALTER COLUMN num TYPE numeric(10,3)",
        "ALTER TABLE t ALTER COLUMN num TYPE numeric",
        "ALTER TABLE t ALTER COLUMN ts TYPE timestamp(6)",
        "ALTER TABLE t ALTER COLUMN ts TYPE timestamp(0)",
        "ALTER TABLE t ALTER COLUMN n TYPE int USING n + 1",
        "ALTER TABLE t ALTER COLUMN sure ADD GENERATED ALWAYS AS IDENTITY",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0)",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0) NOT VALID",
        "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (n) REFERENCES u",
        "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (n) REFERENCES u NOT VALID",
        "ALTER TABLE t ADD CONSTRAINT c UNIQUE (n)",
        "ALTER TABLE t ADD CONSTRAINT c UNIQUE USING INDEX t_big",
        "ALTER TABLE t ADD CONSTRAINT c EXCLUDE USING btree (n WITH =)",
        "ALTER TABLE t VALIDATE CONSTRAINT loose_positive",
        "ALTER TABLE t VALIDATE CONSTRAINT loose_u",
        "ALTER TABLE t DROP CONSTRAINT t_u",
        "ALTER TABLE t DROP CONSTRAINT loose_positive",
        "ALTER TABLE t ALTER CONSTRAINT t_u DEFERRABLE",
        "ALTER TABLE t RENAME TO s",
        "ALTER TABLE t RENAME COLUMN n TO m",
        "ALTER TABLE t RENAME CONSTRAINT t_u TO s_u",
        "ALTER TABLE t SET SCHEMA other",
        "ALTER TABLE t ALTER COLUMN n SET STATISTICS 500",
        "ALTER TABLE t ALTER COLUMN n SET (n_distinct = 5)",
        "ALTER TABLE t ALTER COLUMN w SET STORAGE external",
        "ALTER TABLE t ALTER COLUMN w SET COMPRESSION pglz",
        "ALTER TABLE t SET (fillfactor = 80)",
        "ALTER TABLE t RESET (fillfactor)",
        "ALTER TABLE t DISABLE TRIGGER trig",
        "ALTER TABLE t ENABLE ALWAYS TRIGGER trig",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t REPLICA IDENTITY FULL",
        "ALTER TABLE t CLUSTER ON t_n",
        "ALTER TABLE child SET UNLOGGED",
        "ALTER TABLE t OWNER TO CURRENT_USER",
        "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES FROM (10) TO (20)",
        "ALTER TABLE p DETACH PARTITION p1",
        "ALTER TABLE child INHERIT parent",
        "ALTER TABLE t ADD COLUMN x int, ALTER COLUMN n SET NOT NULL, ADD FOREIGN KEY (n) REFERENCES u",
        "CREATE INDEX ON t (n)",
        "CREATE UNIQUE INDEX ON t (id, n)",
        "DROP INDEX t_n",
        "ALTER INDEX t_n RENAME TO t_m",
        "REINDEX INDEX t_n",
        "REINDEX TABLE t",
        "CREATE TRIGGER other BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION fires()",
        "DROP TRIGGER trig ON t",
        "CREATE POLICY pol ON t USING (true)",
        "CREATE RULE r AS ON INSERT TO t DO ALSO NOTHING",
        "TRUNCATE t",
        "CLUSTER t USING t_n",
        "REFRESH MATERIALIZED VIEW mv",
        "COMMENT ON TABLE t IS 'x'",
        "COMMENT ON COLUMN t.n IS 'x'",
        "ANALYZE t",
        "CREATE TABLE fresh (id int REFERENCES u)",
        "CREATE TABLE fresh PARTITION OF p FOR VALUES FROM (10) TO (20)",
        "CREATE TABLE fresh () INHERITS (parent)",
        "DROP TABLE t",
        "DROP TABLE child",
        "UPDATE t SET n = 1 WHERE id = 1",
        "DELETE FROM t WHERE id = 1",
        "INSERT INTO t (id, sure, proven) VALUES (100, 1, 1)",
    ];

    public static IEnumerable<object[]> Forms =>
        from form in forms
        where TestDatabase.IsUsual(form, 0, of: 9)
        from major in TestDatabase.MajorsFor(form)
        select new object[] { form, major };

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public async Task A_server_locks_reads_and_rewrites_what_is_said(string sql, int major)
    {
        await using var database = await TestDatabase.CreateAsync(major);
        await database.ExecuteAsync(Tables + "CREATE SCHEMA other; ANALYZE;");
        var schema = await Lifecycle.Rollout.ReadSchemaAsync(new(database.ConnectionString), null);
        var said = StatementEffects.Of(StatementParser.Parse(sql).Single(), schema).ToDictionary(effect => effect.Table.Name);

        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var before = await LookAsync(connection);
        await ExecuteAsync(connection, sql);
        var after = await LookAsync(connection);

        foreach (var (table, was) in before)
        {
            var effect = said.GetValueOrDefault(table);
            if (!after.TryGetValue(table, out var now))
                now = was with { Lock = "AccessExclusiveLock" };
            Assert.AreEqual(effect is null ? "" : $"{effect.Lock}Lock", Matters(now.Lock, effect) ? now.Lock : "", $"the lock on {table}");
            Assert.AreEqual(effect is { Work: TableWork.Rewrite }, now.File != was.File, $"whether {table} is rewritten");
            if (effect is { Work: not TableWork.Rewrite, Lock: not TableLock.RowExclusive })
                Assert.AreEqual(effect.Work is not TableWork.None, now.Reads > was.Reads, $"whether {table} is read");
        }
    }

    /// <summary>Reading a table on the way keeps nobody out but DDL: it is told only where the statement is about that table.</summary>
    static bool Matters(string held, TableEffect? effect) => effect is not null || held is not ("" or "AccessShareLock" or "RowShareLock");

    static async Task<Dictionary<string, Look>> LookAsync(Npgsql.NpgsqlConnection connection)
    {
        await using var command = new Npgsql.NpgsqlCommand(
            """
            SELECT CASE c.relname WHEN 's' THEN 't' ELSE c.relname::text END,
                   coalesce((SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation = c.oid AND locktype = 'relation'
                             ORDER BY array_position(ARRAY['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'], mode) DESC LIMIT 1), ''),
                   c.relfilenode::bigint,
                   coalesce(pg_stat_get_xact_tuples_returned(c.oid), 0)
            FROM pg_class c
            WHERE c.relname IN ('t', 's', 'u', 'p', 'p1', 'p2', 'parent', 'child', 'mv') AND c.relkind IN ('r', 'p', 'm')
            """, connection);
        Dictionary<string, Look> found = [];
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            found[row.GetString(0)] = new(row.GetString(1), row.GetInt64(2), row.GetInt64(3));
        return found;
    }

    static async Task ExecuteAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    sealed record Look(string Lock, long File, long Reads);
}
