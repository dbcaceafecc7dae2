using System.Text;
using Npgsql;

namespace PgRoll.Build.Testing;

/// <summary>
/// All that a database's catalog shows its users, as text with a line for each thing: two databases are equal if their texts are, and a
/// diff of the texts says where they differ. Rows, statistics, OIDs and the values of sequences are not in it.
/// </summary>
static class CatalogDump
{
    static readonly string Query = File.ReadAllText(Repository.Combine("src", "PgRoll.Build.Engine", "Verification", "catalog_dump.sql"));

    /// <param name="db">The database; the connecting role should be a superuser, or it does not see everything.</param>
    /// <param name="excludedSchemas">Left out with all that is in them.</param>
    public static async Task<string> ReadAsync(NpgsqlDataSource db, params string[] excludedSchemas)
    {
        await using var connection = await db.OpenConnectionAsync();
        return await ReadAsync(connection, excludedSchemas);
    }

    /// <summary>As a connection sees it, from within its transaction.</summary>
    public static async Task<string> ReadAsync(NpgsqlConnection connection, params string[] excludedSchemas)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // In effect until the end of the transaction. With an empty path every name is printed with its schema; compiling the
                // query would take a hundred times as long as running it.
                new("SELECT set_config(name, value, true) FROM (VALUES ('jit', 'off'), ('search_path', ''), ('TimeZone', 'UTC'), ('DateStyle', 'ISO'), ('IntervalStyle', 'postgres'), ('extra_float_digits', '1')) s (name, value)"),
                new(Query) { Parameters = { new() { Value = excludedSchemas } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var text = new StringBuilder();
        while (await reader.ReadAsync())
            text.Append(reader.GetString(0).ReplaceLineEndings("\n        ")).Append('\n');
        return text.ToString();
    }
}
