using System.Runtime.Versioning;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class BaselineCommandTests
{
    const string Schema =
        """
        CREATE EXTENSION citext;
        CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
        CREATE DOMAIN positive AS int DEFAULT 3 NOT NULL CONSTRAINT pos CHECK (VALUE > 0);
        CREATE TYPE pair AS (a int, b text COLLATE "C");
        CREATE SEQUENCE free_numbers INCREMENT 5 START 100;
        CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT i * 2';
        CREATE TABLE users (
          id bigserial PRIMARY KEY, name text COLLATE "C" NOT NULL DEFAULT 'x', mail citext UNIQUE, feeling mood DEFAULT 'sad', n positive, p pair,
          d int DEFAULT twice(4), e int GENERATED ALWAYS AS (d + 1) STORED, CHECK (twice(d) > 0));
        ALTER SEQUENCE users_id_seq INCREMENT 2;
        CREATE TABLE orders (
          id int GENERATED ALWAYS AS IDENTITY (START 10) PRIMARY KEY, "user" bigint REFERENCES users ON DELETE CASCADE, at timestamptz DEFAULT now(), total numeric(10, 2));
        CREATE INDEX orders_at ON orders (at DESC) WHERE total > 0;
        COMMENT ON TABLE users IS 'who buys';
        COMMENT ON COLUMN users.name IS 'given';
        COMMENT ON INDEX orders_at IS 'new ones';
        COMMENT ON FUNCTION twice(int) IS 'doubles';
        CREATE VIEW big AS SELECT u.name, o.total FROM users u JOIN orders o ON o."user" = u.id WHERE o.total > 100;
        CREATE VIEW bigger WITH (security_barrier = true) AS SELECT * FROM big WHERE total > 1000;
        CREATE MATERIALIZED VIEW sums AS SELECT "user", sum(total) FROM orders GROUP BY 1;
        CREATE UNIQUE INDEX sums_user ON sums ("user");
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$;
        CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
        ALTER TABLE orders DISABLE TRIGGER touch;
        CREATE FUNCTION user_of(o orders) RETURNS users LANGUAGE sql STABLE AS 'SELECT * FROM users WHERE id = o."user"';
        CREATE FUNCTION count_of(i int) RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM users WHERE id = i);
        CREATE RULE no_delete AS ON DELETE TO users DO INSTEAD NOTHING;
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
        CREATE POLICY mine ON orders FOR SELECT USING (total > 0);
        CREATE STATISTICS corr ON name, mail FROM users;
        """;

    /// <summary>What came with 18.</summary>
    const string Newest =
        """
        CREATE TABLE rooms (room int4range, during tstzrange, PRIMARY KEY (room, during WITHOUT OVERLAPS));
        CREATE TABLE stays (room int4range, during tstzrange, FOREIGN KEY (room, PERIOD during) REFERENCES rooms);
        """;

    public static IEnumerable<int> Majors => TestDatabase.SupportedMajors.Append(18).Distinct();

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task An_empty_database_gets_the_same_schema_from_the_file_and_a_migration_follows(int major)
    {
        await using var database = await TestDatabase.CreateAsync(major);
        await using var empty = await TestDatabase.CreateAsync(major);
        using var folder = new MigrationFolder();
        await database.ExecuteAsync(Schema + (major >= 18 ? Newest : ""));
        await Tool.On(database).DoAsync("init");
        StringAssert.Contains((await Tool.On(database).RunAsync("start", folder.With("00_users.yaml", MigrationFolder.CreateUsers).Path)).HasCode(4).Error, "the baseline first");

        var baseline = (await Tool.On(database).RunAsync("baseline", "01_initial", folder.Path, "--yes", "--pg-dump", "none")).HasCode(0);
        StringAssert.StartsWith(baseline.Out, "01_initial is the baseline of schema 'public'.");
        Assert.AreEqual("", baseline.Error);
        Assert.AreEqual("True/baseline/{\"operations\": []}//8", await RowAsync(database));

        File.Delete(folder["00_users.yaml"]);
        await Tool.On(empty).DoAsync("init");
        await Tool.On(empty).DoAsync("start", folder.Path, "--complete");
        Assert.AreEqual(await CatalogDump.ReadAsync(database.DataSource, "pgroll"), await CatalogDump.ReadAsync(empty.DataSource, "pgroll"), "the version that an application of the folder uses is among it");

        folder.With("02_born.yaml", "operations: [ { add_column: { table: orders, column: { name: born, type: date, nullable: true } } } ]");
        foreach (var each in (TestDatabase[])[database, empty])
            StringAssert.StartsWith(await Tool.On(each).DoAsync("start", folder.Path, "-c"), "Started and completed 02_born.");

        // What the file makes is known without a database.
        folder.With("03_wrong.yaml", "operations: [ { drop_column: { table: odrers, column: born } }, { drop_column: { table: users, column: nmae } } ]");
        var found = (await new Tool().RunAsync("validate", folder.Path)).HasCode(1).Out;
        StringAssert.Contains(found, "Table 'odrers' does not exist at this point of the history; did you mean 'orders'?");
        StringAssert.Contains(found, "Column 'users.nmae' does not exist at this point of the history; did you mean 'name'?");
    }

    [TestMethod]
    public async Task What_the_file_cannot_say_stands_in_it_and_is_told()
    {
        await using var database = await TestDatabase.CreateAsync(18);
        using var folder = new MigrationFolder();
        await database.ExecuteAsync(
            """
            CREATE TABLE events (at date) PARTITION BY RANGE (at);
            CREATE TABLE events_now PARTITION OF events DEFAULT;
            CREATE UNLOGGED TABLE notes (text text);
            ALTER TABLE notes ALTER text SET STORAGE external;
            CREATE TYPE spans AS RANGE (subtype = float8);
            CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int);
            ALTER TABLE notes ADD CONSTRAINT filled CHECK (text <> '') NOT VALID;
            GRANT SELECT ON notes TO PUBLIC;
            CREATE TABLE doubles (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL);
            """);
        await Tool.On(database).DoAsync("init");
        var told = (await Tool.On(database).RunAsync("baseline", "01_initial", folder.Path, "--yes", "--pg-dump", "none")).HasCode(0).Error;
        var file = await File.ReadAllTextAsync(folder["01_initial.yaml"]);
        string[] missing =
        [
            "table events", "table events_now", "table notes: UNLOGGED", "column notes.text: STORAGE e", "type spans", "function total(integer)",
            "column doubles.b: VIRTUAL (it is written as STORED)", "constraint filled of notes: NOT VALID (it is written as valid)", "GRANT SELECT ON TABLE public.notes TO PUBLIC",
        ];
        foreach (var line in missing)
        {
            StringAssert.Contains(told, $"Not in the file: {line}");
            StringAssert.Contains(file, $"--   {line}");
        }
        StringAssert.Contains(told, "Its first lines list them");
    }

    [TestMethod]
    public async Task Nothing_is_done_without_a_yes_over_a_file_or_while_a_migration_is_active()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers).With("there.json", "{}").With("there.yaml", "{}");
        var tool = Tool.On(database);
        StringAssert.Contains((await tool.RunAsync("baseline", "05_base", folder.Path, "--yes")).HasCode(4).Error, "Run `init` first");
        await tool.DoAsync("init");

        StringAssert.Contains((await tool.RunAsync("baseline", "05_base", folder.Path)).HasCode(2).Error, "give --yes");
        StringAssert.Contains((await tool.RunAsync("baseline", "there", folder.Path, "--yes")).HasCode(2).Error, "--force");
        StringAssert.Contains((await tool.RunAsync("baseline", "../there", folder.Path, "--yes")).HasCode(2).Error, "cannot be the name of a file");
        StringAssert.Contains((await tool.RunAsync("baseline", "05_base", folder.Path, "--yes", "--pg-dump", "/nowhere/pg_dump")).HasCode(2).Error, "cannot be run");
        await tool.DoAsync("start", folder["01_users.yaml"]);
        StringAssert.Contains((await tool.RunAsync("baseline", "05_base", folder.Path, "--yes")).HasCode(4).Error, "Migration '01_users' is active");
        await tool.DoAsync("complete");
        StringAssert.Contains((await tool.RunAsync("baseline", "01_users", folder["other"], "--yes")).HasCode(4).Error, "has a migration '01_users' already");

        StringAssert.Contains((await tool.RunAsync("baseline", "05_base", folder["there.yaml"], "--yes", "--pg-dump", "none")).HasCode(2).Error, "cannot be written");
        Assert.IsFalse(File.Exists(folder["05_base.yaml"]) || Directory.Exists(folder["other"]));
        Assert.AreEqual(1L, await database.ScalarAsync<long>("SELECT count(*) FROM pgroll.migrations"));

        await tool.DoAsync("baseline", "there", folder.Path, "--yes", "--force", "--json");
        StringAssert.Contains(await File.ReadAllTextAsync(folder["there.json"]), "CREATE TABLE");
        Assert.AreEqual("01_users", await database.ScalarAsync<string>("SELECT parent FROM pgroll.migrations WHERE name = 'there'"));
    }

    [TestMethod]
    [DataRow("n", false)]
    [DataRow("y", true)]
    public async Task At_a_terminal_it_asks(string answer, bool isDone)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder();
        await Tool.On(database).DoAsync("init");
        var tool = new Tool { Terminal = new ScriptedTerminal().Type(answer), Variables = { ["PGROLL_PG_URL"] = database.ConnectionString } };
        await tool.DoAsync("baseline", "01_initial", folder.Path);
        StringAssert.Contains(tool.Terminal.Screen.ReplaceLineEndings(" "), "restarts the history");
        Assert.AreEqual(isDone, File.Exists(folder["01_initial.yaml"]));
        Assert.AreEqual(isDone ? 1L : 0L, await database.ScalarAsync<long>("SELECT count(*) FROM pgroll.migrations"));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_dump_is_taken_from_the_program_that_is_as_new_as_the_server()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var empty = await TestDatabase.CreateAsync();
        using var folder = new MigrationFolder()
            .With("dump", Program(99, "if [ \"$PGDATABASE\" = \"\" ]; then exit 1; fi"))
            .With("old", Program(9, ""))
            .With("broken", Program(99, "echo it broke >&2; exit 1"));
        foreach (var program in (string[])["dump", "old", "broken"])
            File.SetUnixFileMode(folder[program], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var tool = Tool.On(database);
        await tool.DoAsync("init");
        StringAssert.Contains((await tool.RunAsync("baseline", "01_initial", folder["m"], "--yes", "--pg-dump", folder["old"])).HasCode(2).Error, "must be as new as the server");
        StringAssert.Contains((await tool.RunAsync("baseline", "01_initial", folder["m"], "--yes", "--pg-dump", folder["broken"])).HasCode(3).Error, "it broke");

        await tool.DoAsync("baseline", "01_initial", folder["m"], "--yes", "--pg-dump", folder["dump"]);
        var file = await File.ReadAllTextAsync(folder["m/01_initial.yaml"]);
        foreach (var gone in (string[])["transaction_timeout", "restrict", "standard public schema", "dump complete"])
            Assert.DoesNotContain(gone, file);
        await Tool.On(empty).DoAsync("init");
        await Tool.On(empty).DoAsync("start", folder["m"], "--complete");
        Assert.AreEqual("things", await empty.ScalarAsync<string>("SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public_01_initial'"));
    }

    static string Program(int major, string before) =>
        $"""
        #!/bin/sh
        if [ "$1" = "--version" ]; then echo "pg_dump (PostgreSQL) {major}.1"; exit 0; fi
        {before}
        cat <<'END'
        --
        -- PostgreSQL database dump
        --

        \restrict abc

        SET statement_timeout = 0;
        SET transaction_timeout = 0;

        --
        -- Name: public; Type: SCHEMA; Schema: -; Owner: -
        --

        CREATE SCHEMA public;

        COMMENT ON SCHEMA public IS 'standard public schema';

        SET default_table_access_method = heap;

        --
        -- Name: things; Type: TABLE; Schema: public; Owner: -
        --

        CREATE TABLE public.things (
            id integer
        );

        --
        -- PostgreSQL database dump complete
        --

        \unrestrict abc

        END
        """;

    static async Task<string> RowAsync(TestDatabase database) => string.Join('/', (await database.QueryAsync(
        """
        SELECT done, migration_type, migration::text, parent, (SELECT count(*) FROM jsonb_object_keys(resulting_schema -> 'tables' -> 'users' -> 'columns'))
        FROM pgroll.migrations WHERE name = '01_initial'
        """)).Single());
}
