using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Verification;

[TestClass]
public sealed class VerifierTests
{
    const string Customers =
        """
        operations:
          - create_table:
              name: customers
              columns:
                - { name: id, type: bigint, pk: true, generated: { identity: {} } }
                - { name: email, type: text }
                - { name: name, type: text, nullable: true }
                - { name: credit, type: int, default: "0" }
        """;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false, DisplayName = "where the application uses no version schemas")]
    public async Task A_migration_is_taken_all_the_way_and_told_of(bool useVersionSchema)
    {
        var verification = await Verified.Async(Verified.Files(Customers,
            """
            operations:
              - alter_column:
                  table: customers
                  column: credit
                  type: bigint
                  up: credit
                  down: greatest(least(credit, 2147483647), -2147483648)::int
            """), options => options with { Migrations = new HashSet<string> { "02_b" }, Runner = options.Runner with { UseVersionSchema = useVersionSchema } });

        Assert.AreEqual("", string.Join('\n', verification.Findings));
        var rollout = verification.Rollouts.Single();
        Assert.AreEqual("02_b", rollout.Migrations.Single());
        Assert.AreEqual("integer", rollout.Before.Find("customers")!.Find("credit")!.Type.Canonical);
        Assert.AreEqual("bigint", rollout.After.Find("customers")!.Find("credit")!.Type.Canonical);
        Assert.AreEqual("start rollback complete", string.Join(' ', rollout.Phases.Select(p => p.Name)));
        Assert.AreEqual("public.customers ACCESS EXCLUSIVE True", string.Join(", ", rollout.Phases.Single(p => p.Name == "complete").Locks.Select(l => $"{l.Relation} {l.Mode} {l.IsAnnounced}")));
        Assert.IsTrue(rollout.Tables.Single() is { Table: "customers", Accepted: >= 10, Refused: 0 }, $"{rollout.Tables.Single()}");
    }

    [TestMethod, LongRun]
    public async Task Pending_ones_are_proved_together_as_well_and_timed_with_more_rows()
    {
        var verification = await Verified.Async(Verified.Files(Customers,
            """
            operations:
              - add_column: { table: customers, column: { name: label, type: text, nullable: true }, up: name }
            """,
            """
            operations:
              - rename_column: { table: customers, from: label, to: title }
            """), options => options with { Migrations = new HashSet<string> { "02_b", "03_c" }, Growth = [100, 1_000] });

        Assert.AreEqual("", string.Join('\n', verification.Findings));
        Assert.AreEqual("02_b, 03_c, 02_b 03_c", string.Join(", ", verification.Rollouts.Select(r => string.Join(' ', r.Migrations))));
        Assert.AreEqual("100 1000", string.Join(' ', verification.Rollouts[0].Growth.Select(g => g.Rows)));
    }

    [TestMethod, LongRun]
    public async Task Time_that_grows_faster_than_the_rows_is_told_where_the_expression_stands()
    {
        var verification = await Verified.Async(Verified.Files(Customers,
            """
            operations:
              - add_column:
                  table: customers
                  column: { name: label, type: text, nullable: true }
                  up: CASE WHEN (SELECT count(*) FROM customers) > 15 THEN pg_sleep(0.5)::text END
            """), options => options with { Migrations = new HashSet<string> { "02_b" }, Rows = 12, Growth = [10, 20] });

        var told = verification.Findings.Single(f => f.Rule.Id == "PGR1114");
        Assert.AreEqual("operations[0].add_column.up", told.Location.Path);
        Assert.IsTrue(told.Message.Contains("start", StringComparison.Ordinal) && told.Message.Contains("10", StringComparison.Ordinal) && told.Message.Contains("20", StringComparison.Ordinal), told.Message);
    }

    [TestMethod]
    public async Task What_clients_of_each_version_change_is_what_the_expressions_say()
    {
        // What the expression makes of a name depends on how many rows were changed before.
        var verification = await Verified.Async(Verified.Files(Customers,
            """
            operations:
              - sql:
                  up: |
                    CREATE TABLE changes (id bigint);
                    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.changes VALUES (NEW.id); RETURN NULL; END $$;
                    CREATE TRIGGER note AFTER UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION note();
                    CREATE FUNCTION labelled(name text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN name || (SELECT count(*) FROM public.changes); END $$;
                  down: DROP FUNCTION labelled; DROP TRIGGER note ON customers; DROP FUNCTION note; DROP TABLE changes;
            """,
            """
            operations:
              - add_column: { table: customers, column: { name: label, type: text, nullable: true }, up: labelled(name) }
            """), options => options with { Migrations = new HashSet<string> { "03_c" } });

        var told = verification.Findings.Single();
        Assert.AreEqual("PGR1106", told.Rule.Id);
        Assert.AreEqual("operations[0].add_column.up", told.Location.Path);
        Assert.Contains("when a client changed the row", told.Message);
    }

    [TestMethod]
    public async Task Values_of_rows_that_are_somebodys_are_shown_where_the_driver_may()
    {
        var files = Verified.Files(Customers,
            """
            operations:
              - alter_column: { table: customers, column: email, type: varchar(400), up: lower(email), down: email }
            """);
        async Task<string> FindAsync(string detail) => string.Join('\n', (await Verified.Async(files, options => options with
        {
            Runner = options.Runner with { ConnectionString = $"{options.Runner.ConnectionString};Include Error Detail={detail}" },
            Migrations = new HashSet<string> { "02_b" },
            Data = "INSERT INTO customers (email) VALUES ('Ann@example.org')",
        })).Findings.Where(f => f.Rule.Id == "PGR1105").Select(f => f.Message));

        Assert.AreEqual("`down` of 'customers.email' does not give back what the old version wrote: 'Ann@example.org' comes back as 'ann@example.org'.", await FindAsync("true"));
        Assert.AreEqual("`down` of 'customers.email' does not give back what the old version wrote: a value comes back as another.", await FindAsync("false"));
    }

    [TestMethod]
    public async Task What_somebody_judged_where_it_stands_is_told_apart()
    {
        var verification = await Verified.Async(Verified.Files(Customers,
            """
            operations:
              - add_column:
                  table: customers
                  column: { name: lot, type: double precision }
                  up: random() # pgroll-disable PGR1106: a lot is drawn once
            """), options => options with { Migrations = new HashSet<string> { "02_b" } });

        Assert.AreEqual("", string.Join('\n', verification.Findings));
        Assert.AreEqual("PGR1106 a lot is drawn once", string.Join(' ', verification.Suppressed.Select(s => $"{s.Finding.Rule.Id} {s.Reason}")));
    }

    [TestMethod]
    public async Task A_history_that_does_not_replay_ends_it()
    {
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => Verified.Async(Verified.Files(Customers,
            """
            operations:
              - sql: { up: SELECT nothing_of_the_kind(1) }
            """,
            """
            operations:
              - rename_column: { table: customers, from: name, to: title }
            """), options => options with { Migrations = new HashSet<string> { "03_c" } }));

        StringAssert.Contains(error.Message, "nothing_of_the_kind");
        StringAssert.Contains(error.Message, "03_c");
    }

    const string Statuses = "operations: [ create_table: { name: statuses, columns: [{ name: id, type: int, pk: true }, { name: code, type: text, unique: true }] } ]";
    const string Seed = "operations: [ sql: { up: \"INSERT INTO statuses VALUES (1, 'active')\" } ]";

    [TestMethod]
    [DataRow(3, null, Statuses, Seed, "operations: [ create_table: { name: orders, columns: [{ name: id, type: bigint, pk: true, generated: { identity: {} } }] } ]",
        "operations: [ add_column: { table: orders, column: { name: status, type: int, references: { name: orders_status, table: statuses, column: id } }, up: \"(SELECT id FROM statuses WHERE code = 'active')\" } ]",
        DisplayName = "rows that the history made are needed")]
    [DataRow(1, null, Statuses, Seed, DisplayName = "raw SQL makes rows whose keys ours have")]
    [DataRow(1, "INSERT INTO statuses VALUES (7, 'old')", Statuses, Seed, DisplayName = "raw SQL leaves rows that it made")]
    [DataRow(1, null, "operations: [ sql: { up: \"CREATE TABLE events (id int NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at); CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (MINVALUE) TO (MAXVALUE)\" } ]",
        "operations: [ add_column: { table: events, column: { name: size, type: int, default: '1' } } ]", DisplayName = "a partitioned table")]
    public async Task Nothing_is_told_of_what_is_right(int proved, string? data, params string[] texts)
    {
        var files = Verified.Files(texts);
        var verification = await Verified.Async(files, options => options with { Migrations = new HashSet<string> { files[proved].Name }, Data = data });

        Assert.AreEqual("", string.Join('\n', verification.Findings.Where(f => f.Severity >= Diagnostics.Severity.Warning)));
        Assert.AreEqual("start rollback complete", string.Join(' ', verification.Rollouts.Single().Phases.Select(p => p.Name)));
    }

    [TestMethod]
    [DataRow("CREATE ROLE reader", "", "CREATE ROLE in '01_a'")]
    [DataRow("SELECT 1", "DROP USER IF EXISTS reader", "DROP USER in '01_a'")]
    [DataRow("ALTER SYSTEM SET work_mem = '1GB'", "", "ALTER SYSTEM in '01_a'")]
    [DataRow("REASSIGN OWNED BY a TO b", "", "REASSIGN OWNED in '01_a'")]
    public async Task What_others_share_is_not_touched_on_a_server_that_serves_them(string up, string down, string told)
    {
        var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => Verified.Async(Verified.Files($"operations: [ sql: {{ up: \"{up}\", down: \"{down}\" }} ]"), options => options with { MayChangeServer = false }));

        Assert.AreEqual(ExitReason.Usage, error.Reason);
        StringAssert.StartsWith(error.Message, told);
    }
}
