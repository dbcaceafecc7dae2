using Npgsql;
using PgRoll.Build.Engine;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Testing;

/// <summary>What rollouts that meet with a fault are about: tables with rows, and changes of them that between them have every kind of step.</summary>
static class FaultyRollout
{
    public static readonly MigrationFile Base = new("01_base.yaml",
        """
        operations:
          - create_table:
              name: t
              columns: [{ name: id, type: serial, pk: true }, { name: d, type: text, nullable: true }, { name: e, type: int, nullable: true }]
          - create_table: { name: gone, columns: [{ name: id, type: int, pk: true }] }
        """);

    const string Rows = "INSERT INTO t (d, e) SELECT nullif(i % 3, 0)::text, i FROM generate_series(1, 50) i";

    public static IReadOnlyDictionary<string, MigrationFile> Changes { get; } = new Dictionary<string, MigrationFile>
    {
        ["columns and an index"] = Change(
            """
              - alter_column: { table: t, column: d, nullable: false, up: "coalesce(d, 'none')", down: d, check: { name: d_given, constraint: length(d) > 0 } }
              - create_index: { table: t, name: t_e, columns: [{ column: e }] }
            """),
        ["tables and names"] = Change(
            """
              - create_table: { name: new, columns: [{ name: id, type: serial, pk: true }, { name: t, type: int, references: { name: new_t, table: t, column: id } }] }
              - drop_table: { name: gone }
              - rename_table: { from: t, to: renamed }
              - rename_column: { table: renamed, from: e, to: number }
              - drop_column: { table: renamed, column: d, down: "'x'" }
            """),
        ["raw SQL"] = Change("  - sql: { up: 'CREATE TABLE raw (id int)', down: DROP TABLE raw }"),
        ["raw SQL at complete"] = Change("  - sql: { up: 'ALTER TABLE t ADD COLUMN raw int', onComplete: true }"),
    };

    /// <summary>The majors that faults are spread over: the oldest, the newest and one between; all of them in the long form.</summary>
    public static IReadOnlyList<int> Majors { get; } = [.. TestDatabase.EveryMajor.Where(static (_, place) => TestDatabase.IsLong || place % 2 == 0)];

    /// <summary>Rows of a test and a major for each: in turn, or in the long form every one on every major.</summary>
    public static IEnumerable<object[]> Spread(IEnumerable<object[]> rows) =>
        from row in rows.Index()
        from major in Majors.Index()
        where TestDatabase.IsLong || row.Index % Majors.Count == major.Index
        select (object[])[.. row.Item, major.Item];

    /// <summary>A database with the tables and their rows, prepared further, that others are copied from.</summary>
    public static Task<PostgresDatabase> TemplateAsync(int? major, Func<MigrationRunner, Task> prepare, params IEnumerable<string> others) =>
        TemplateAsync(major, (runner, _) => prepare(runner), others);

    /// <param name="major">The server's.</param>
    /// <param name="prepare">Goes on in the base schema <c>public</c>.</param>
    /// <param name="others">Further base schemas with the same tables, without rows.</param>
    public static async Task<PostgresDatabase> TemplateAsync(int? major, Func<MigrationRunner, NpgsqlDataSource, Task> prepare, params IEnumerable<string> others) =>
        await (await TestDatabase.ServerAsync(major)).CreateTemplateAsync(async (source, ct) =>
        {
            await PrepareAsync(source, ct, others);
            await prepare(new(new(source.ConnectionString)), source);
        });

    /// <summary>Makes the tables and their rows.</summary>
    public static async Task PrepareAsync(NpgsqlDataSource source, CancellationToken ct, params IEnumerable<string> others)
    {
        var runner = new MigrationRunner(new(source.ConnectionString));
        await runner.InitializeAsync(ct);
        foreach (var schema in others.Append("public"))
        {
            await using (var create = source.CreateCommand($"CREATE SCHEMA IF NOT EXISTS {schema}"))
                await create.ExecuteNonQueryAsync(ct);
            var its = new MigrationRunner(new(source.ConnectionString) { Schema = schema });
            await its.StartAsync([Base], ct);
            await its.CompleteAsync(ct);
        }
        await using var rows = source.CreateCommand(Rows);
        await rows.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What a copy of the template looks like after a command.</summary>
    public static async Task<string> DumpAfterAsync(int? major, PostgresDatabase template, Func<MigrationRunner, Task> command)
    {
        await using var database = await TestDatabase.CreateAsync(major, template);
        await command(new(new(database.ConnectionString)));
        return await DumpAsync(database.ConnectionString);
    }

    /// <summary>The catalog, the rows, and what the history remembers.</summary>
    public static async Task<string> DumpAsync(string connectionString)
    {
        await using var source = TestDatabase.SourceOf(connectionString + ";Pooling=false");
        var text = await CatalogDump.ReadAsync(source, "pgroll");
        await using var rows = source.CreateCommand(
            """
            SELECT pg_catalog.concat_ws(E'\n',
              (SELECT pg_catalog.string_agg(pg_catalog.query_to_xml(pg_catalog.format('SELECT * FROM %s ORDER BY 1', c.oid::regclass), true, false, '')::text, E'\n' ORDER BY c.relname)
               FROM pg_catalog.pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'),
              (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', name, parent, done), E'\n' ORDER BY created_at) FROM pgroll.migrations),
              (SELECT pg_catalog.string_agg(phase, E'\n' ORDER BY schema) FROM pgroll.rollouts))
            """);
        return text + await rows.ExecuteScalarAsync();
    }

    static MigrationFile Change(string operations) => new("02_change.yaml", $"operations:\n{operations}\n");
}
