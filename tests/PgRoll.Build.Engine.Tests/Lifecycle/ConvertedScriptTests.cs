using System.Text.RegularExpressions;
using PgRoll.Build.Conversion;
using PgRoll.Build.Engine.Tests.Statements;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>What a script makes of a database, its migrations make of it too.</summary>
[TestClass]
public sealed partial class ConvertedScriptTests
{
    /// <summary>What the scripts meet.</summary>
    const string Surroundings =
        """
        CREATE EXTENSION btree_gist; CREATE SCHEMA other; CREATE SCHEMA app;
        CREATE TABLE other.fast (size int); CREATE TABLE other.t (a int); CREATE TABLE app.t (a text); CREATE MATERIALIZED VIEW app.mv AS SELECT 1 AS one;
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
        """;

    /// <summary>A script, and the first server that has what is in it.</summary>
    static readonly (string Script, int Since)[] Scripts =
    [
        ("create_table", 15), ("create_table_as_sql", 14), ("drizzle", 14), ("ef_core", 14), ("ef_core_idempotent", 14), ("ef_core_data", 14), ("ef_core_shop", 14), ("ef_core_shop_idempotent", 14), ("merged_into_sql", 14), ("pg_dump", 17), ("search_path", 14),
    ];

    public static IEnumerable<object[]> Rows =>
        from row in Scripts
        where TestDatabase.IsUsual(row.Script, 0, of: 4)
        from major in TestDatabase.MajorsFor(row.Script, row.Since)
        select new object[] { row.Script, major };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task The_migrations_of_a_script_do_what_it_does(string script, int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await using var twin = await Rollout.CreateAsync(major);
        await using var role = await TestRole.CreateAsync(rollout.Database);
        var sql = Sql(script).Replace("shop", role.Name, StringComparison.Ordinal).Replace("reader", role.Name, StringComparison.Ordinal);
        foreach (var each in (Rollout[])[rollout, twin])
            await each.Database.ExecuteAsync(Surroundings);

        await rollout.Runner.StartAsync(Files(sql));
        await rollout.Runner.CompleteAsync();

        await twin.Database.ExecuteAsync(PsqlText.WithoutCommands(sql, []));
        await twin.Database.ExecuteAsync("""DROP TABLE IF EXISTS public."__EFMigrationsHistory" """);
        var (expected, actual) = (await TablesAsync(twin), await TablesAsync(rollout));
        // The role goes with the test, and has rights in both databases.
        await twin.Database.ExecuteAsync($"DROP OWNED BY {role.Name} CASCADE");
        Assert.AreEqual(expected, actual);
    }

    /// <summary>The scripts whose replay is compared with a server.</summary>
    public static IEnumerable<object[]> ReplayedRows =>
        from script in ReplayTests.All
        // A column's collation stays SQL, which the versions' views do not let happen; and which column a dropped constraint is about, no file says.
        where script.Name is not ("changes" or "a script of EF Core")
        where TestDatabase.IsUsual(script.Name, 1, of: 4)
        from major in TestDatabase.MajorsFor(script.Name, script.Since)
        select new object[] { script.Name, script.Sql, major };

    /// <summary>Each column itself stands in for what only a person knows: the tables are empty.</summary>
    [TestMethod]
    [DynamicData(nameof(ReplayedRows))]
    public async Task Names_and_details_are_those_of_plain_SQL(string name, string sql, int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await using var twin = await Rollout.CreateAsync(major);
        foreach (var each in (Rollout[])[rollout, twin])
            await each.Database.ExecuteAsync(ReplayTests.Surroundings);

        await rollout.Runner.StartAsync([.. Files(sql).Select(file => file with { Text = Filled(file.Text) })]);
        await rollout.Runner.CompleteAsync();

        await twin.Database.ExecuteAsync(sql);
        await twin.Database.ExecuteAsync("""DROP TABLE IF EXISTS public."__EFMigrationsHistory" """);
        Assert.AreEqual(await TablesAsync(twin), await TablesAsync(rollout), name);
    }

    [TestMethod]
    public async Task Beside_an_old_version_they_can_be_taken_back()
    {
        await using var rollout = await Rollout.CreateAsync();
        var files = Files(Sql("ef_core"));
        await rollout.ApplyAsync(files[0]);
        await rollout.Database.ExecuteAsync("""INSERT INTO "Blogs" ("Rating") VALUES (3); INSERT INTO "Posts" ("Id", "Title", "BlogId") VALUES ('00000000-0000-0000-0000-000000000001', 'a', 1)""");
        foreach (var file in files.Skip(1))
        {
            var before = await rollout.CatalogAsync();
            await rollout.Runner.StartAsync([file]);
            await rollout.Runner.RollbackAsync();
            Assert.AreEqual(before, await rollout.CatalogAsync(), file.Name);
            await rollout.ApplyAsync(file);
        }
        Assert.AreEqual("|3", (await rollout.AsAsync("\"public_20250312103000_Rename\"", """SELECT "Address", "Rating" FROM "Blogs" """)).Single());
    }

    [TestMethod]
    public async Task What_takes_SQL_back_leaves_nothing_of_it()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Yaml.File("01_before", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }] }"));
        await rollout.Database.ExecuteAsync(Surroundings);
        var before = await rollout.CatalogAsync();

        await rollout.Runner.StartAsync([.. Files(Sql("inverse")).Select(file => file with { Path = "02_after.yaml" })]);
        var during = await rollout.CatalogAsync();
        await rollout.Runner.RollbackAsync();

        Assert.Contains("schema audit", during);
        Assert.AreEqual(before, await rollout.CatalogAsync());
    }

    /// <summary>The placeholder of a column is an entry of up or down by its name, or follows the field that says it.</summary>
    static string Filled(string yaml)
    {
        var column = "";
        return string.Join('\n', yaml.Split('\n').Select(line =>
        {
            if (NamedColumn().Match(line) is { Success: true } named)
                column = named.Groups[1].Value;
            return Placeholder().Replace(line, match => $"{match.Groups[1]}{match.Groups[2]}: '\"{(match.Groups[2].Value is "up" or "down" ? column : match.Groups[2].Value)}\"'");
        }));
    }

    static string Sql(string script) => File.ReadAllText(Repository.Combine("tests", "PgRoll.Build.Core.Tests", "Conversion", "Cases", $"{script}.sql"));

    static List<MigrationFile> Files(string sql) =>
        [.. SqlConverter.Convert(sql, "01_converted", Schema.Empty("public")).Migrations.Select(m => new MigrationFile($"{m.Name}.yaml", m.Yaml))];

    /// <summary>The catalog without the versions, and without the places of columns in their tables.</summary>
    static async Task<string> TablesAsync(Rollout rollout)
    {
        var versions = await rollout.AsAsync("pg_catalog", "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'public\\_%'");
        var lines = (await CatalogDump.ReadAsync(rollout.Database.DataSource, [rollout.Options.StateSchema, .. versions])).Split('\n');
        return string.Join('\n', lines.Select(line => ColumnNumber().Replace(line, "    column ")).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^ +column: (.*)$")]
    private static partial Regex NamedColumn();

    [GeneratedRegex("^( +)([^ ]+): ['\"]TODO: .*$")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^    column [0-9]+ ")]
    private static partial Regex ColumnNumber();
}
