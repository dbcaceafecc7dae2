namespace PgRoll.Build.Benchmarks.Data;

/// <summary>A table of rows of about 150 bytes, and the change that is made to it.</summary>
static class Items
{
    public const string Create =
        """
        operations:
          - create_table:
              name: items
              columns:
                - name: id
                  type: bigint
                  pk: true
                - name: customer
                  type: int
                - name: status
                  type: text
                  nullable: true
                - name: code
                  type: text
                  nullable: true
                - name: note
                  type: text
                - name: created_at
                  type: timestamptz
                  default: now()
        """;

    /// <summary>The change that the figures are about: a column becomes NOT NULL, its value computed by a CASE.</summary>
    public const string Change =
        $"""
        operations:
          - alter_column:
              table: items
              column: status
              nullable: false
              up: {Up}
              down: status
        """;

    public const string ChangeCode =
        """
        operations:
          - alter_column:
              table: items
              column: code
              nullable: false
              up: CASE WHEN code IS NULL THEN 'none-' || id ELSE code END
              down: code
        """;

    public const string Up = "CASE WHEN status IS NULL THEN 'unknown' ELSE status END";

    public const string UpCode = "CASE WHEN code IS NULL THEN 'none-' || id ELSE code END";

    public const string Old = "public_01_base.items", New = "public_02_change.items";

    /// <summary>A row from its number; every tenth has no status, every twentieth no code.</summary>
    public static string Rows(string numbers) =>
        $"""
        SELECT i, i % 1000, CASE WHEN i % 10 > 0 THEN 'status of item ' || i % 7 END, CASE WHEN i % 20 > 0 THEN 'C-' || i END, repeat('n', 60), now()
        FROM {numbers} i
        """;

    public static string Fill(int rows) =>
        $"INSERT INTO items (id, customer, status, code, note, created_at) {Rows($"generate_series(1, {rows})")}";
}
