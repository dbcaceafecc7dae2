using Npgsql;

namespace PgRoll.Build.Benchmarks.Data;

/// <summary>
/// How a column is usually filled, pgroll's way: batches of 1,000 rows by key, each row updated to itself, the value computed by row
/// triggers. There is one for each direction, with a variable for each column, so that expressions can name them, and a look at the path
/// that tells who writes.
/// </summary>
static class KeysetLoop
{
    static readonly string[] Columns = ["id", "customer", "status", "code", "note", "created_at"];

    public static string Triggers =>
        $"""
        ALTER TABLE items ADD COLUMN new_status text, ADD COLUMN is_pending boolean DEFAULT true;
        ALTER TABLE items ADD CONSTRAINT new_status_not_null CHECK (new_status IS NOT NULL) NOT VALID;
        {Trigger("up", "<>", "status", "new_status", Items.Up)}
        {Trigger("down", "=", "new_status", "status", "status")}
        """;

    const string Batch =
        """
        WITH batch AS (
          SELECT id FROM items WHERE id > $1 AND is_pending ORDER BY id LIMIT 1000 FOR NO KEY UPDATE
        ), filled AS (
          UPDATE items SET id = items.id FROM batch WHERE items.id = batch.id RETURNING items.id
        )
        SELECT max(id) FROM filled
        """;

    public static async Task RunAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Batch, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = 0 } } };
        await command.PrepareAsync();
        while (await command.ExecuteScalarAsync() is long last)
            command.Parameters[0].Value = last;
    }

    static string Trigger(string name, string condition, string source, string target, string expression) =>
        $"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        #variable_conflict use_variable
        DECLARE
          {string.Join(' ', Columns.Select(c => $"{c} items.{c}%TYPE := NEW.{(c == "status" ? source : c)};"))}
        BEGIN
          IF current_setting('search_path') {condition} 'public_02_change' THEN
            NEW.{target} := {expression};
            NEW.is_pending := false;
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON items FOR EACH ROW EXECUTE FUNCTION {name}();
        """;
}
