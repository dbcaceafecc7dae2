namespace PgRoll.Build.Engine.Tests.UnderLoad;

/// <summary>A change that is rolled out under load.</summary>
/// <param name="Operations">The migration.</param>
/// <param name="New">How the new version shows the items.</param>
sealed record LoadedChange(string Operations, Shape New)
{
    /// <summary>The tables of every load; rows are made by <see cref="Rows"/>.</summary>
    public const string Base =
        """
        - create_table: { name: parts, columns: [{ name: id, type: int, pk: true }] }
        - create_table: { name: spare, columns: [{ name: id, type: int, pk: true }] }
        - create_table:
            name: items
            columns:
              - { name: id, type: int, pk: true }
              - { name: name, type: text, nullable: true }
              - { name: amount, type: int, nullable: true }
              - { name: note, type: text, nullable: true, default: "'-'" }
              - { name: part, type: int, nullable: true }
            constraints:
              - { name: amount_is_no_debt, type: check, columns: [amount], check: amount >= 0 }
              - { name: one_note, type: unique, columns: [name, note] }
        - create_index: { table: items, name: items_part, columns: [{ column: part }] }
        """;

    /// <summary>What the new version reads of an item that a client of the old one wrote.</summary>
    public Func<int, Row, Row> Up { get; init; } = static (_, row) => row;

    /// <summary>What the old version reads of an item that a client of the new one wrote.</summary>
    public Func<int, Row, Row> Down { get; init; } = static (_, row) => row;

    public static string Rows(int items) =>
        $"""
         INSERT INTO parts SELECT generate_series(1, {Client.Parts});
         INSERT INTO items (id, name, amount) SELECT i, CASE WHEN i % 4 > 0 THEN 'item ' || i END, 0 FROM generate_series(1, {items}) AS i;
         """;

    public static IReadOnlyDictionary<string, LoadedChange> All { get; } = new Dictionary<string, LoadedChange>
    {
        ["create_table"] = Unseen("- create_table: { name: labels, columns: [{ name: id, type: serial, pk: true }, { name: item, type: int, references: { name: of_item, table: items, column: id } }] }"),
        ["drop_table"] = Unseen("- drop_table: { name: spare }"),
        ["rename_table"] = new("- rename_table: { from: items, to: goods }", Shape.Old with { Table = "goods" }),
        ["add_column"] = new("- add_column: { table: items, column: { name: label, type: text, nullable: true }, up: \"name || '!'\" }", Shape.Old.With("label", "label"))
        {
            Up = static (_, row) => row.With("label", row["name"] is { } name ? $"{name}!" : null),
            Down = static (_, row) => row.Without("label"),
        },
        ["drop_column"] = new("- drop_column: { table: items, column: note, down: \"'gone'\" }", Shape.Old.Without("note"))
        {
            Up = static (_, row) => row.Without("note"),
            Down = static (_, row) => row.With("note", "gone"),
        },
        ["rename_column"] = new("- rename_column: { table: items, from: name, to: title }", Shape.Old.With("name", "title")),
        ["alter_column: type"] = Unseen("- alter_column: { table: items, column: amount, type: bigint, up: amount, down: amount }"),
        ["alter_column: not null"] = new(
            "- alter_column: { table: items, column: name, nullable: false, up: \"coalesce(name, 'none ' || id)\", down: name }", Shape.Old with { Required = "name" })
        {
            Up = static (id, row) => row["name"] is null ? row.With("name", $"none {id}") : row,
        },
        ["alter_column: unique"] = Unseen("- alter_column: { table: items, column: name, unique: { name: one_name }, up: name, down: name }"),
        ["alter_column: check"] = Unseen("- alter_column: { table: items, column: amount, check: { name: amount_is_small, constraint: amount < 1000000 }, up: amount, down: amount }"),
        ["alter_column: references"] = Unseen("- alter_column: { table: items, column: part, references: { name: of_part, table: parts, column: id }, up: part, down: part }"),
        ["alter_column: default"] = new("- alter_column: { table: items, column: note, default: \"'new'\", up: note, down: note }", Shape.Old with { Note = "new" }),
        ["alter_column: comment"] = Unseen("- alter_column: { table: items, column: note, comment: what people say }"),
        ["create_constraint: unique"] = Unseen("- create_constraint: { table: items, name: one_part, type: unique, columns: [name, part], up: { name: name, part: part }, down: { name: name, part: part } }"),
        ["create_constraint: check"] = Unseen("- create_constraint: { table: items, name: is_little, type: check, columns: [amount, part], check: amount + part < 1000000, up: { amount: amount, part: part }, down: { amount: amount, part: part } }"),
        ["create_constraint: foreign key"] = Unseen("- create_constraint: { table: items, name: of_part, type: foreign_key, columns: [part], references: { table: parts, columns: [id], on_delete: SET NULL }, up: { part: part }, down: { part: part } }"),
        ["drop_constraint"] = Unseen("- drop_constraint: { table: items, name: amount_is_no_debt, up: amount, down: amount }"),
        ["drop_multicolumn_constraint"] = Unseen("- drop_multicolumn_constraint: { table: items, name: one_note, up: { name: name, note: note }, down: { name: name, note: note } }"),
        ["rename_constraint"] = Unseen("- rename_constraint: { table: items, from: one_note, to: note_is_one }"),
        ["create_index"] = Unseen("- create_index: { table: items, name: items_name, columns: [{ column: name }] }"),
        ["drop_index"] = Unseen("- drop_index: { name: items_part }"),
        ["set_replica_identity"] = Unseen("- set_replica_identity: { table: items, identity: { type: full } }"),
        ["sql"] = Unseen("- sql: { up: CREATE TABLE raw (id int), down: DROP TABLE raw }"),
        ["several"] = new(
            """
            - rename_column: { table: items, from: note, to: remark }
            - alter_column: { table: items, column: name, nullable: false, up: "coalesce(name, 'none ' || id)", down: name }
            - alter_column: { table: items, column: amount, type: bigint, up: amount * 2, down: amount / 2 }
            - add_column: { table: items, column: { name: label, type: text, nullable: true }, up: "name || '!'" }
            - drop_column: { table: items, column: part, down: "7" }
            - create_index: { table: items, name: items_label, columns: [{ column: label }] }
            - rename_table: { from: items, to: goods }
            """,
            (Shape.Old with { Table = "goods", Required = "name", Step = 2 }).With("note", "remark").With("label", "label").Without("part"))
        {
            Up = static (id, row) => Named(id, row).With("label", $"{Named(id, row)["name"]}!").With("amount", (long?)row["amount"] * 2).Without("part"),
            Down = static (_, row) => row.Without("label").With("amount", (long?)row["amount"] / 2).With("part", 7L),
        },
    };

    static Row Named(int id, Row row) => row["name"] is null ? row.With("name", $"none {id}") : row;

    /// <summary>Clients see no difference.</summary>
    static LoadedChange Unseen(string operations) => new(operations, Shape.Old);
}
