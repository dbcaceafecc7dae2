using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests;

[TestClass]
public sealed class HistoryFunctionsTests
{
    /// <summary>A history (* is active, : gives a version its name), the version schemas that exist, and what the functions say.</summary>
    [TestMethod]
    [DataRow("", "", "latest - after -, version - after -", DisplayName = "nothing")]
    [DataRow("01", "01", "latest 01 after -, version 01 after -", DisplayName = "one migration")]
    [DataRow("01 02", "01 02", "latest 02 after 01, version 02 after 01", DisplayName = "two versions")]
    [DataRow("01 02 03 04", "01 03", "latest 04 after 03, version 03 after 01", DisplayName = "versions without a schema are passed over")]
    [DataRow("01 02*", "01 02", "latest 02 after 01, version 02 after 01, active", DisplayName = "an active migration")]
    [DataRow("01 02 03*", "01 02", "latest 03 after 02, version 02 after 01, active", DisplayName = "an active migration not published yet")]
    [DataRow("01 02:two", "01 two", "latest 02 after 01, version two after 01", DisplayName = "a version with a name of its own")]
    [DataRow("01 02:two", "01 02", "latest 02 after 01, version 01 after -", DisplayName = "which is not the migration's")]
    [DataRow("09 05", "09 05", "latest 05 after 09, version 05 after 09", DisplayName = "parents make the order, names do not")]
    [DataRow("01 02", "", "latest 02 after 01, version - after -", DisplayName = "no version schemas at all")]
    [DataRow("Ü\"b'er", "Ü\"b'er", "latest Ü\"b'er after -, version Ü\"b'er after -", DisplayName = "a name that needs quotes")]
    public async Task They_answer_for_a_history(string history, string versionSchemas, string expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        await StateSchemaTests.InitializeAsync(database);
        foreach (var version in Words(versionSchemas))
            await database.ExecuteAsync($"CREATE SCHEMA \"public_{version.Replace("\"", "\"\"")}\"");
        foreach (var schema in (string[])["other", "public"])
            foreach (var migration in Words(history))
                await database.ExecuteAsync(
                    """
                    INSERT INTO pgroll.migrations (schema, name, migration, parent, done)
                    VALUES ($1, $2, jsonb_strip_nulls(jsonb_build_object('operations', '[]'::jsonb, 'version_schema', $3::text)), pgroll.latest_migration($1), $4)
                    """,
                    schema, migration.TrimEnd('*').Split(':')[0], migration.Split(':').ElementAtOrDefault(1), !migration.EndsWith('*'));

        var answer = await database.ScalarAsync<string>(
            """
            SELECT format('latest %s after %s, version %s after %s%s',
              coalesce(pgroll.latest_migration('public'), '-'), coalesce(pgroll.previous_migration('public'), '-'),
              coalesce(pgroll.latest_version('public'), '-'), coalesce(pgroll.previous_version('public'), '-'),
              CASE WHEN pgroll.is_active_migration_period('public') THEN ', active' END)
            """);

        Assert.AreEqual(expected, answer);
    }

    [TestMethod]
    public async Task A_version_that_is_being_taken_away_is_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        await StateSchemaTests.InitializeAsync(database);
        await database.ExecuteAsync("CREATE SCHEMA _pgroll_gone_a; INSERT INTO pgroll.migrations (schema, name, migration) VALUES ('_pgroll', 'gone_a', '{}')");

        Assert.IsNull(await database.ScalarAsync<string>("SELECT pgroll.latest_version('_pgroll')"));
    }

    [TestMethod]
    public async Task History_cannot_branch()
    {
        await using var database = await TestDatabase.CreateAsync();
        await StateSchemaTests.InitializeAsync(database);
        await database.ExecuteAsync("INSERT INTO pgroll.migrations (schema, name, migration, parent) VALUES ('public', '01', '{}', NULL), ('public', '02', '{}', '01')");

        foreach (var (parent, rule) in ((string?, string)[])[(null, "only_first_migration_without_parent"), ("01", "history_is_linear"), ("03", "migrations_schema_parent_fkey")])
        {
            var error = await Assert.ThrowsExactlyAsync<Npgsql.PostgresException>(() => database.ExecuteAsync(
                "INSERT INTO pgroll.migrations (schema, name, migration, parent) VALUES ('public', '02b', '{}', $1::text)", parent));
            Assert.AreEqual(rule, error.ConstraintName);
        }
    }

    static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
