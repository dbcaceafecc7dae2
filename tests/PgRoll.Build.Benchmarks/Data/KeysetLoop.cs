using Npgsql;

namespace PgRoll.Build.Benchmarks.Data;

/// <summary>How a column is usually filled: batches of 1,000 rows by key, each row updated to itself, the value computed by a row trigger.</summary>
static class KeysetLoop
{
    public const string Triggers =
        $"""
        ALTER TABLE items ADD COLUMN new_status text, ADD COLUMN is_pending boolean DEFAULT true;
        CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE status text := NEW.status;
        BEGIN
          NEW.new_status := {Items.Up};
          NEW.is_pending := false;
          RETURN NEW;
        END $$;
        CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON items FOR EACH ROW EXECUTE FUNCTION fill();
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
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Batch, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = 0 } } };
        await command.PrepareAsync();
        while (await command.ExecuteScalarAsync() is long last)
            command.Parameters[0].Value = last;
    }
}
