using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Files that build on each other, for one rollout of all.</summary>
/// <param name="Name">What they do.</param>
/// <param name="Changes">Their operations, a text for each file.</param>
sealed record FileChain(string Name, params string[] Changes)
{
    /// <summary>What they change, and rows in it.</summary>
    public const string Base =
        """
        - create_table:
            name: person
            columns:
              - { name: id, type: int, pk: true }
              - { name: name, type: text, nullable: true }
              - { name: age, type: text, nullable: true, default: "'0'" }
              - { name: city, type: text, nullable: true }
        - create_table: { name: pet, columns: [{ name: id, type: serial, pk: true }, { name: owner, type: int }] }
        """;

    public const string Rows =
        """
        INSERT INTO person VALUES (1, 'Ann Lee', '30', 'Rome'), (2, NULL, NULL, NULL), (3, 'bob', '7', 'Oslo');
        INSERT INTO pet VALUES (1, 1), (2, 3);
        """;

    public static IReadOnlyList<FileChain> All { get; } =
    [
        new("a column altered twice",
            "- alter_column: { table: person, column: age, type: int, up: CAST(age AS int), down: CAST(age AS text) }",
            "- alter_column: { table: person, column: age, nullable: false, up: 'coalesce(age, 0)' }"),
        new("renamed, then altered",
            "- rename_column: { table: person, from: city, to: town }",
            "- alter_column: { table: person, column: town, nullable: false, up: \"coalesce(town, '?')\" }"),
        new("altered, then renamed, then altered by the new name",
            "- alter_column: { table: person, column: city, nullable: false, up: \"coalesce(city, '?')\" }",
            "- rename_column: { table: person, from: city, to: town }",
            "- alter_column: { table: person, column: town, type: varchar(20), up: town, down: town }"),
        new("added, indexed, constrained",
            "- add_column: { table: person, up: \"coalesce(age, '1')\", column: { name: rank, type: text, nullable: true } }",
            "- create_index: { table: person, name: person_rank, columns: [{ column: rank }] }",
            "- create_constraint: { table: person, name: rank_given, type: check, columns: [rank], check: length(rank) > 0, up: { rank: \"coalesce(rank, '1')\" }, down: { rank: rank } }"),
        new("dropped, and another added under its name",
            "- drop_column: { table: person, column: age, down: \"'1'\" }",
            "- add_column: { table: person, up: \"length(coalesce(name, ''))\", column: { name: age, type: int } }"),
        new("unique columns of one name in two tables",
            "- add_column: { table: person, column: { name: code, type: int, nullable: true, unique: true } }",
            "- rename_constraint: { table: person, from: code, to: person_code }",
            "- add_column: { table: pet, column: { name: code, type: int, nullable: true, unique: true } }"),
        new("names swapped through a third",
            "- rename_column: { table: person, from: name, to: swap }",
            "- rename_column: { table: person, from: city, to: name }",
            "- rename_column: { table: person, from: swap, to: city }"),
        new("split and dropped",
            "- add_column: { table: person, up: \"split_part(name, ' ', 1)\", column: { name: first, type: text, nullable: true } }",
            "- add_column: { table: person, up: \"split_part(name, ' ', 2)\", column: { name: last, type: text, nullable: true } }",
            "- drop_column: { table: person, column: name, down: \"concat_ws(' ', first, nullif(last, ''))\" }"),
        new("a table made, pointed to, renamed",
            "- create_table: { name: house, columns: [{ name: id, type: serial, pk: true }, { name: street, type: text, nullable: true }] }",
            "- add_column: { table: person, column: { name: house, type: int, nullable: true, references: { name: person_house, table: house, column: id } } }",
            "- rename_table: { from: house, to: home }",
            "- create_index: { table: home, name: home_street, columns: [{ column: street }] }"),
        new("a table renamed, and its column altered",
            "- rename_table: { from: person, to: human }",
            "- alter_column: { table: human, column: name, nullable: false, up: \"coalesce(name, 'nobody')\" }"),
        new("a table dropped, and another made under its name",
            "- drop_table: { name: pet }",
            "- create_table: { name: pet, columns: [{ name: name, type: text, pk: true }] }"),
        new("a table that was there renamed, and another with numbers made under its name",
            "- rename_table: { from: pet, to: animal }",
            "- create_table: { name: pet, columns: [{ name: id, type: serial, pk: true }, { name: tag, type: int, unique: true }] }"),
        new("a table with numbers renamed, and another made under its name",
            "- create_table: { name: bill, columns: [{ name: id, type: serial, pk: true }, { name: num, type: int, generated: { identity: {} } }] }",
            "- rename_table: { from: bill, to: old_bill }",
            "- create_table: { name: bill, columns: [{ name: id, type: serial, pk: true }, { name: num, type: int, generated: { identity: {} } }] }",
            "- rename_column: { table: bill, from: id, to: key }"),
        new("a key widened, and a foreign key to it",
            "- alter_column: { table: person, column: id, type: bigint, up: id, down: CAST(id AS int) }",
            "- alter_column: { table: pet, column: owner, type: bigint, up: owner, down: CAST(owner AS int) }",
            "- create_constraint: { table: pet, name: pet_owner, type: foreign_key, columns: [owner], references: { table: person, columns: [id] }, up: { owner: owner }, down: { owner: owner } }"),
        new("a constraint made, renamed, and dropped again",
            "- create_constraint: { table: person, name: one_each, type: unique, columns: [name, city], up: { name: name, city: city }, down: { name: name, city: city } }",
            "- rename_constraint: { table: person, from: one_each, to: just_one }",
            "- drop_multicolumn_constraint: { table: person, name: just_one, up: { name: name, city: city }, down: { name: name, city: city } }",
            "- alter_column: { table: person, column: city, nullable: false, up: \"coalesce(city, '?')\" }"),
    ];

    public MigrationFile First => Yaml.File("01_base", Base);

    public IReadOnlyList<MigrationFile> Files => [.. Changes.Select((change, i) => Yaml.File($"{i + 2:00}_change", change))];

    public override string ToString() => Name;
}
