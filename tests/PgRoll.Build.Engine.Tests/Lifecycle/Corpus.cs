using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Other people's migration files, and rows for the tables that they make.</summary>
static class Corpus
{
    /// <summary>Its <c>down</c> names no column.</summary>
    public const string Faulty = "35_alter_column_multiple";

    /// <summary>Raw SQL without <c>down</c>: rollback leaves what it made.</summary>
    public const string LeavesItsType = "40_create_enum_type";

    static readonly Dictionary<string, string> Rows = new()
    {
        ["02_create_another_table"] = "INSERT INTO products (name, price) VALUES ('table', 10), ('chair', 5.5)",
        ["05_sql"] = "INSERT INTO users VALUES (1, 'ann'), (2, NULL)",
        ["08_create_fruits_table"] = "INSERT INTO fruits (name, price) VALUES ('apple', 1), ('pear', 2)",
        ["12_create_employees_table"] = "INSERT INTO employees (role) VALUES ('cook')",
        ["14_add_reviews_table"] = "INSERT INTO reviews (username, product, review) VALUES ('ann', 'table', NULL), ('bob', 'table', 'good'), ('eve', 'chair', 'good')",
        ["20_create_posts_table"] = "INSERT INTO posts (title, user_id) VALUES ('hi', 1), ('hello', 7), ('welcome', NULL)",
        ["25_add_table_with_check_constraint"] = "INSERT INTO people VALUES (1, 'anna')",
        ["34_create_events_table"] = "INSERT INTO events (name) VALUES (NULL), ('fair')",
        ["43_create_tickets_table"] = "INSERT INTO sellers VALUES ('alice', 1), ('bob', 123); INSERT INTO tickets (sellers_name, sellers_zip) VALUES ('alice', 1), ('bob', 123)",
        ["52_create_table_with_exclusion_constraint"] = "INSERT INTO library (returned, title, summary) VALUES (now(), 'a', 'b')",
    };

    public static IReadOnlyList<MigrationFile> AsWritten { get; } =
        [.. MigrationFile.In(Repository.Combine("tests", "Corpus", "pgroll-examples")).Select(MigrationFile.Read)];

    /// <summary>The files, the faulty one mended.</summary>
    public static IReadOnlyList<MigrationFile> Files { get; } =
        [.. AsWritten.Select(f => f.Name == Faulty ? new MigrationFile(f.Path, f.Text.Replace("down: event_name", "down: name", StringComparison.Ordinal)) : f)];

    /// <summary>Inserts rows into the table that a file made, so that later ones have something to fill.</summary>
    public static Task InsertAsync(TestDatabase database, string file) =>
        Rows.TryGetValue(file, out var sql) ? database.ExecuteAsync(sql) : Task.CompletedTask;
}
