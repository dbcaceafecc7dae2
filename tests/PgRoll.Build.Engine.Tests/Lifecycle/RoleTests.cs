using Npgsql;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Migrations by a plain owner of the tables, the application by a role that may only read and write rows.</summary>
[TestClass]
public sealed class RoleTests
{
    public static IEnumerable<object[]> Majors => TestDatabase.SupportedMajors.Select(major => new object[] { major });

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task The_applications_role_reads_and_writes_the_new_version_right_after_start(int major)
    {
        await using var database = await TestDatabase.CreateAsync(major);
        await using var owner = await TestRole.CreateAsync(database);
        await using var app = await TestRole.CreateAsync(database);
        await database.ExecuteAsync(
            $"""
             GRANT CREATE ON DATABASE "{new NpgsqlConnectionStringBuilder(database.ConnectionString).Database}" TO {owner.Name};
             GRANT CREATE, USAGE ON SCHEMA public TO {owner.Name}; GRANT USAGE ON SCHEMA public TO {app.Name};
             """);
        var runner = new MigrationRunner(new(owner.ConnectionString));
        await runner.InitializeAsync();
        await runner.StartAsync([Yaml.File("01_table",
            "- create_table: { name: t, columns: [{ name: id, type: serial, pk: true }, { name: d, type: text, nullable: true }, { name: secret, type: text, nullable: true }] }")]);
        await runner.CompleteAsync();
        await ExecuteAsync(owner.ConnectionString, $"GRANT SELECT, INSERT, UPDATE, DELETE ON t TO {app.Name}; GRANT USAGE ON SEQUENCE t_id_seq TO {app.Name}");

        await runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, 'none')\" }")]);
        await ExecuteAsync(app.ConnectionString,
            """
            INSERT INTO public_02_change.t (d) VALUES ('x');
            UPDATE public_02_change.t SET d = 'y';
            SELECT * FROM public_02_change.t;
            DELETE FROM public_02_change.t;
            """);
        await runner.CompleteAsync();
        await ExecuteAsync(app.ConnectionString, "INSERT INTO public_02_change.t (d) VALUES ('x'); SELECT * FROM public_02_change.t");
    }

    [TestMethod]
    [DynamicData(nameof(Majors))]
    public async Task What_a_role_may_not_do_with_the_table_it_may_not_do_with_the_new_version(int major)
    {
        await using var rollout = await Rollout.CreateAsync(major);
        await rollout.ApplyAsync(Yaml.File("01_table", "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }"));
        await using var reader = await TestRole.CreateAsync(rollout.Database);
        await rollout.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA public TO {reader.Name}; GRANT SELECT ON t TO {reader.Name}");
        await rollout.Runner.StartAsync([Yaml.File("02_change", "- alter_column: { table: t, column: d, nullable: false, up: \"coalesce(d, '')\" }")]);

        await ExecuteAsync(reader.ConnectionString, "SELECT * FROM public_02_change.t");
        var error = await Assert.ThrowsExactlyAsync<PostgresException>(() => ExecuteAsync(reader.ConnectionString, "DELETE FROM public_02_change.t"));
        Assert.AreEqual(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
