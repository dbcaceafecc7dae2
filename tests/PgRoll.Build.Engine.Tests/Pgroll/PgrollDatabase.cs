using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Pgroll;

/// <summary>
/// A database that pgroll 0.16 has worked on: its state schema, its event triggers, version schemas and a history. pgroll itself is no
/// part of the tests; what it leaves is written down from its behaviour.
/// </summary>
sealed class PgrollDatabase : IAsyncDisposable
{
    static readonly string StateSchema = Script("pgroll_state.sql"), EventTriggers = Script("pgroll_event_triggers.sql");

    PgrollDatabase(TestDatabase database)
    {
        Database = database;
        Options = new(database.ConnectionString);
    }

    public TestDatabase Database { get; }

    public RunnerOptions Options { get; }

    public MigrationRunner Runner => new(Options);

    public static async Task<PgrollDatabase> CreateAsync(int? major = null)
    {
        var pgroll = new PgrollDatabase(await TestDatabase.CreateAsync(major));
        await pgroll.Database.ExecuteAsync(StateSchema);
        await pgroll.Database.ExecuteAsync(EventTriggers);
        return pgroll;
    }

    /// <summary>A completed migration: what it did to the base schema, and the version schema that shows the result.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="migration">Its JSON, as pgroll writes it.</param>
    /// <param name="sql">What it did.</param>
    public async Task CompleteAsync(string name, string migration, string sql)
    {
        var previous = await Database.ScalarAsync<string>("SELECT pgroll.latest_version('public')");
        await ExecuteAsync(sql);
        if (previous is not null)
            await ExecuteAsync($"DROP SCHEMA \"public_{previous}\" CASCADE");
        await ExecuteAsync(
            $"""
             CREATE SCHEMA "public_{name}";
             DO $$
             DECLARE
               t text;
             BEGIN
               FOR t IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
                 EXECUTE format('CREATE VIEW "public_{name}".%s AS SELECT * FROM public.%s', t, t);
               END LOOP;
             END $$
             """);
        await InsertAsync(name, migration, isDone: true);
    }

    /// <summary>A row of the history; of a completed one with the schema it led to.</summary>
    public Task InsertAsync(string name, string migration, bool isDone, string type = "pgroll", string? resultingSchema = null) => Database.ExecuteAsync(
        """
        INSERT INTO pgroll.migrations (schema, name, parent, migration, done, migration_type, resulting_schema)
        VALUES ('public', $1, pgroll.latest_migration('public'), $2::jsonb, $3, $4,
          CASE WHEN $5::text IS NOT NULL THEN $5::jsonb WHEN $3 THEN pgroll.read_schema('public') ELSE '{}' END)
        """, name, migration, isDone, type, resultingSchema);

    /// <summary>Runs SQL the way pgroll does, without its event triggers recording it.</summary>
    public Task ExecuteAsync(string sql) => ExecuteAsync(Database, sql);

    /// <summary>The setting has a command of its own: what follows may refuse to be one of several.</summary>
    public static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        foreach (var text in (string[])["SET pgroll.no_inferred_migrations TO 'TRUE'", sql])
        {
            await using var command = new Npgsql.NpgsqlCommand(text, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The history: name, type, whether it is done.</summary>
    public async Task<string[]> HistoryAsync() =>
        [.. (await Database.QueryAsync("SELECT name, migration_type, done FROM pgroll.migrations ORDER BY created_at")).Select(row => string.Join(' ', row))];

    /// <summary>A catalog without the names of NOT NULL constraints, which they have from 18 on: the server makes them of the column's name at the time.</summary>
    public static string WithoutNotNullNames(string catalog) =>
        string.Join('\n', catalog.Split('\n').Where(line => !System.Text.RegularExpressions.Regex.IsMatch(line, "^ +constraint (\\w+|\"([^\"]|\"\")+\") NOT NULL ")));

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    static string Script(string name) => File.ReadAllText(Repository.Combine("tests", "PgRoll.Build.Engine.Tests", "Pgroll", name));
}
