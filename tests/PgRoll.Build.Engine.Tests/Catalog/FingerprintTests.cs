using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests;

[TestClass]
public sealed class FingerprintTests
{
    const string Database =
        """
        CREATE TABLE u (id int PRIMARY KEY, t_id int);
        CREATE TABLE t (
          id serial PRIMARY KEY, a int NOT NULL DEFAULT 1, "b B" text, at timestamptz DEFAULT '2020-01-01 00:00Z', span interval DEFAULT '1 day', f float8 DEFAULT 0.1,
          u_id int, EXCLUDE (a WITH =), UNIQUE ("b B"));
        ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
        CREATE INDEX i ON t (a);
        CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TRIGGER fires BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION fire();
        CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION fire();
        CREATE POLICY rows ON t USING (a > 0);
        CREATE RULE quiet AS ON DELETE TO t WHERE a > 5 DO INSTEAD NOTHING;
        CREATE VIEW v AS SELECT a FROM t;
        CREATE SCHEMA public_01; CREATE VIEW public_01.t AS SELECT id, a FROM t;
        CREATE SCHEMA _pgroll_gone_public_00; CREATE VIEW _pgroll_gone_public_00.t AS SELECT id FROM t;
        INSERT INTO t (a, u_id) SELECT g, g FROM generate_series(1, 10) g;
        """;

    static readonly Lazy<Task<PostgresDatabase>> Template = new(() => TestDatabase.CreateTemplateAsync(Database));

    [SampledTestMethod(of: 6)]
    [DataRow("ALTER TABLE t ADD COLUMN c int")]
    [DataRow("ALTER TABLE t DROP COLUMN u_id")]
    [DataRow("ALTER TABLE t RENAME COLUMN u_id TO v_id")]
    [DataRow("ALTER TABLE t ALTER COLUMN u_id TYPE bigint")]
    [DataRow("ALTER TABLE t ALTER COLUMN u_id SET NOT NULL")]
    [DataRow("ALTER TABLE t ALTER COLUMN a DROP DEFAULT")]
    [DataRow("ALTER TABLE t ALTER COLUMN u_id SET NOT NULL, ALTER COLUMN u_id ADD GENERATED ALWAYS AS IDENTITY")]
    [DataRow("ALTER TABLE t VALIDATE CONSTRAINT positive")]
    [DataRow("ALTER TABLE t DROP CONSTRAINT positive")]
    [DataRow("ALTER TABLE t RENAME CONSTRAINT positive TO above")]
    [DataRow("ALTER TABLE t ADD FOREIGN KEY (u_id) REFERENCES u NOT VALID")]
    [DataRow("ALTER TABLE u ADD FOREIGN KEY (t_id) REFERENCES t")]
    [DataRow("CREATE INDEX ON t (u_id)")]
    [DataRow("DROP INDEX i")]
    [DataRow("ALTER INDEX i RENAME TO j")]
    [DataRow("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass", DisplayName = "an index becomes invalid")]
    [DataRow("ALTER TABLE t DISABLE TRIGGER \"~pgroll_update\"")]
    [DataRow("DROP TRIGGER fires ON t")]
    [DataRow("CREATE TRIGGER too AFTER DELETE ON t EXECUTE FUNCTION fire()")]
    [DataRow("DROP POLICY rows ON t")]
    [DataRow("ALTER POLICY rows ON t USING (a > 1)")]
    [DataRow("ALTER POLICY rows ON t TO CURRENT_USER")]
    [DataRow("DROP RULE quiet ON t")]
    [DataRow("CREATE VIEW w AS SELECT count(\"b B\") FROM t")]
    [DataRow("CREATE OR REPLACE VIEW v AS SELECT a, id FROM t")]
    [DataRow("DROP VIEW v")]
    [DataRow("CREATE MATERIALIZED VIEW w AS SELECT a FROM t")]
    [DataRow("CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN (SELECT min(a) FROM t)")]
    [DataRow("CREATE FUNCTION whole() RETURNS t LANGUAGE sql AS 'SELECT * FROM t'")]
    [DataRow("CREATE TABLE rows (t t)")]
    [DataRow("CREATE PUBLICATION p FOR TABLE t")]
    [DataRow("CREATE STATISTICS s ON a, u_id FROM t")]
    [DataRow("CREATE SEQUENCE s OWNED BY t.a")]
    [DataRow("CREATE TABLE child () INHERITS (t)")]
    [DataRow("ALTER TABLE t OWNER TO pg_monitor")]
    [DataRow("ALTER TABLE t RENAME TO s")]
    [DataRow("DROP TABLE t CASCADE")]
    public Task It_changes_when_a_table_does(string ddl) => AssertAsync(ddl, changes: true);

    [SampledTestMethod(of: 3)]
    [DataRow("GRANT SELECT (a) ON t TO PUBLIC")]
    [DataRow("ALTER TABLE t ALTER a SET STATISTICS 5")]
    [DataRow("ALTER TABLE t ALTER \"b B\" SET STORAGE EXTERNAL", DisplayName = "storage")]
    [DataRow("ALTER TABLE t ALTER \"b B\" SET COMPRESSION pglz", DisplayName = "compression")]
    [DataRow("ALTER TABLE t ALTER a SET (n_distinct = 5)")]
    [DataRow("COMMENT ON COLUMN t.a IS 'x'")]
    [DataRow("COMMENT ON CONSTRAINT positive ON t IS 'x'")]
    [DataRow("COMMENT ON INDEX i IS 'x'")]
    [DataRow("ALTER TABLE t CLUSTER ON i")]
    [DataRow("ALTER SEQUENCE t_id_seq CACHE 5")]
    [DataRow("GRANT USAGE ON SEQUENCE t_id_seq TO PUBLIC")]
    public async Task What_a_copy_carries_counts_while_there_are_copies(string ddl)
    {
        await AssertAsync(ddl, changes: false);
        await AssertAsync(ddl, changes: true, first: "ALTER TABLE t ADD COLUMN _pgroll_needs_backfill boolean");
    }

    [SampledTestMethod(of: 3)]
    [DataRow("ANALYZE t")]
    [DataRow("ALTER TABLE t DISABLE TRIGGER fires")]
    [DataRow("INSERT INTO t (a) VALUES (100); UPDATE t SET a = a + 1000; DELETE FROM t")]
    [DataRow("REINDEX TABLE t; VACUUM FULL t; CLUSTER t USING i")]
    [DataRow("DROP VIEW v; CREATE VIEW v AS SELECT a FROM t")]
    [DataRow("DROP INDEX i; CREATE INDEX i ON t (a)")]
    [DataRow("DROP SCHEMA public_01 CASCADE; DROP SCHEMA _pgroll_gone_public_00 CASCADE; CREATE SCHEMA public_02; CREATE VIEW public_02.t AS SELECT a FROM t")]
    [DataRow("ALTER TABLE u ADD COLUMN more text; CREATE INDEX ON u (more)")]
    [DataRow("GRANT SELECT ON t TO PUBLIC; COMMENT ON TABLE t IS 'x'; ALTER TABLE t SET (fillfactor = 70)")]
    public Task It_stays_otherwise(string sql) => AssertAsync(sql, changes: false);

    [TestMethod]
    public async Task It_does_not_depend_on_how_a_session_prints_values()
    {
        await using var database = await TestDatabase.CreateAsync(template: await Template.Value);
        var before = await TextAsync(database);

        var options = new RunnerOptions(database.ConnectionString + ";Timezone=America/New_York;Options=-c DateStyle=SQL -c IntervalStyle=iso_8601 -c extra_float_digits=-3 -c quote_all_identifiers=on");
        await using var session = await Session.OpenAsync(options, CancellationToken.None);
        await using var transaction = await session.BeginAsync(CancellationToken.None);

        Assert.AreEqual(before, await new Fingerprint(session).TextAsync(["t"], "public", CancellationToken.None));
        Assert.AreEqual("America/New_York SQL, MDY -3", await session.ScalarAsync<string>(
            "SELECT concat_ws(' ', current_setting('TimeZone'), current_setting('DateStyle'), current_setting('extra_float_digits'))", CancellationToken.None));
    }

    [TestMethod]
    public async Task It_is_a_hash()
    {
        await using var database = await TestDatabase.CreateAsync(template: await Template.Value);
        await using var session = await Session.OpenAsync(new(database.ConnectionString), CancellationToken.None);
        var fingerprint = new Fingerprint(session);

        var of_t = await fingerprint.OfAsync(["t"], "public", CancellationToken.None);
        var of_both = await fingerprint.OfAsync(["u", "t"], "public", CancellationToken.None);

        Assert.AreEqual(64, of_t.Length);
        Assert.AreNotEqual(of_t, of_both);
        Assert.AreEqual(of_both, await fingerprint.OfAsync(["t", "u"], "public", CancellationToken.None), "in any order");
    }

    static async Task AssertAsync(string sql, bool changes, string first = "")
    {
        await using var database = await TestDatabase.CreateAsync(template: await Template.Value);
        if (first.Length > 0)
            await database.ExecuteAsync(first);
        var before = await TextAsync(database);
        foreach (var statement in sql.Split("; "))
            await database.ExecuteAsync(statement);
        var after = await TextAsync(database);

        if (changes)
            Assert.AreNotEqual(before, after);
        else
            Assert.AreEqual(before, after);
    }

    static async Task<string> TextAsync(TestDatabase database)
    {
        await using var session = await Session.OpenAsync(new(database.ConnectionString), CancellationToken.None);
        return await new Fingerprint(session).TextAsync(["t"], "public", CancellationToken.None);
    }
}
