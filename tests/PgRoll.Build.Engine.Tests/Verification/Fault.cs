using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Tests.Verification;

/// <summary>A migration that nothing is told of offline, and what shows when it is tried. The place is marked by <c># &lt;- PGRnnnn</c>.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Texts">What comes after the tables: history, and the fault itself last.</param>
sealed record Fault(string Name, params string[] Texts)
{
    const string Tables =
        """
        operations:
          - create_table:
              name: customers
              columns:
                - { name: id, type: bigint, pk: true, generated: { identity: {} } }
                - { name: email, type: text }
                - { name: name, type: text, nullable: true }
                - { name: credit, type: int, default: "0", check: { name: credit_not_negative, constraint: "credit > -2147483648" } }
                - { name: kind, type: varchar(20), default: "'new'" }
          - create_table:
              name: orders
              columns:
                - { name: id, type: bigint, pk: true, generated: { identity: {} } }
                - { name: customer, type: bigint, references: { name: orders_customer_fk, table: customers, column: id } }
                - { name: note, type: text, nullable: true }
                - { name: amount, type: "numeric(10,2)", default: "0" }
                - { name: place, type: bigint, nullable: true }
        """;

    /// <summary>Whoever writes the rows reads these.</summary>
    public const string Role = "pgroll_verify_app";

    public const string Setup = $"DO $$ BEGIN CREATE ROLE {Role}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";

    public IReadOnlyList<MigrationFile> Files { get; } = Verified.Files([Tables, .. Texts]);

    /// <summary>Where and what: file, line and code.</summary>
    public string Expected => Files.SelectMany(file => file.Text.Split('\n').Index().Where(line => line.Item.Contains("<- PGR", StringComparison.Ordinal))
        .Select(line => $"{file.Path}({line.Index + 1}) {line.Item[(line.Item.IndexOf("<- ", StringComparison.Ordinal) + 3)..].Trim()}")).Single();

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("a cast that values do not fit",
            """
            operations:
              - alter_column:
                  table: customers
                  column: name
                  type: int
                  up: name::int # <- PGR1102
                  down: name::text
            """),
        new("another column in down",
            """
            operations:
              - alter_column:
                  table: customers
                  column: email
                  type: varchar(400)
                  up: email
                  down: email || name # <- PGR1103
            """),
        new("down that gives something else",
            """
            operations:
              - alter_column:
                  table: customers
                  column: email
                  type: varchar(400)
                  up: upper(email)
                  down: email # <- PGR1105
            """),
        new("a function that calls what is not there",
            """
            operations:
              - sql:
                  up: |
                    CREATE FUNCTION code(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN coded(t); END $$
                  down: DROP FUNCTION code(text)
            """,
            """
            operations:
              - add_column:
                  table: customers
                  column: { name: code, type: text, nullable: true }
                  up: code(email) # <- PGR1102
            """),
        new("a value of chance",
            """
            operations:
              - add_column:
                  table: customers
                  column: { name: lot, type: double precision }
                  up: random() # <- PGR1106
            """),
        new("a value of the clock",
            """
            operations:
              - add_column:
                  table: customers
                  column: { name: since, type: timestamptz }
                  up: clock_timestamp() # <- PGR1106
            """),
        new("duplicates for a new key",
            """
            operations:
              - create_constraint:
                  table: customers
                  name: customers_kind_key
                  type: unique
                  columns: [kind] # <- PGR1102
                  up: { kind: kind }
                  down: { kind: kind }
            """),
        new("references to nothing",
            """
            operations:
              - create_constraint:
                  table: orders
                  name: orders_place_fk
                  type: foreign_key
                  columns: [place]
                  references: # <- PGR1102
                    table: customers
                    columns: [id]
                  up: { place: place }
                  down: { place: place }
            """),
        new("NULL for NOT NULL",
            """
            operations:
              - alter_column:
                  table: customers
                  column: name
                  nullable: false # <- PGR1102
                  up: name
                  down: name
            """),
        new("NULL of an expression for NOT NULL",
            """
            operations:
              - add_column:
                  table: customers
                  column:
                    name: initial
                    type: text
                  up: substr(name, 1, 1) # <- PGR1102
            """),
        new("down does not take NULL",
            """
            operations:
              - alter_column:
                  table: customers
                  column: email
                  nullable: true
                  down: email # <- PGR1103
            """),
        new("a cast in down that values do not fit",
            """
            operations:
              - alter_column:
                  table: orders
                  column: amount
                  type: text
                  up: amount::text
                  down: amount::numeric # <- PGR1103
            """),
        new("down of a dropped column that breaks its check",
            """
            operations:
              - drop_column:
                  table: customers
                  column: credit
                  down: "-2147483648" # <- PGR1103
            """),
        new("values that a smaller type has not",
            """
            operations:
              - alter_column:
                  table: customers
                  column: credit
                  type: smallint
                  up: credit::smallint # <- PGR1102
                  down: credit
            """),
        new("texts that are too long",
            """
            operations:
              - alter_column:
                  table: customers
                  column: email
                  type: varchar(5)
                  up: email # <- PGR1102
                  down: email
            """),
        new("a check that usual rows break",
            """
            operations:
              - create_constraint:
                  table: customers
                  name: credit_enough
                  type: check
                  columns: [credit]
                  check: "credit > 5" # <- PGR1102
                  up: { credit: credit }
                  down: { credit: credit }
            """),
        new("a division by zero",
            """
            operations:
              - add_column:
                  table: customers
                  column: { name: share, type: int }
                  up: 100 / credit # <- PGR1102
            """),
        new("decimals that get lost",
            """
            operations:
              - alter_column:
                  table: orders
                  column: amount
                  type: bigint
                  up: amount::bigint
                  down: least(amount, 99999999) # <- PGR1105
            """),
        new("an enum without the labels",
            """
            operations:
              - sql:
                  up: CREATE TYPE customer_kind AS ENUM ('new', 'old')
                  down: DROP TYPE customer_kind
            """,
            """
            operations:
              - alter_column:
                  table: customers
                  column: kind
                  type: customer_kind
                  up: kind::customer_kind # <- PGR1102
                  down: kind::text
            """),
        new("a domain that refuses values",
            """
            operations:
              - sql:
                  up: CREATE DOMAIN address AS text CHECK (VALUE LIKE '%@%')
                  down: DROP DOMAIN address
            """,
            """
            operations:
              - alter_column:
                  table: customers
                  column: email
                  type: address
                  up: email::address # <- PGR1102
                  down: email::text
            """),
        new("a subquery of several rows",
            """
            operations:
              - add_column:
                  table: customers
                  column: { name: last_note, type: bigint, nullable: true }
                  up: "(SELECT id FROM orders)" # <- PGR1102
            """),
        new("a default that is not of the type",
            """
            operations:
              - add_column:
                  table: customers
                  column: # <- PGR1101
                    name: level
                    type: int
                    default: "'high'"
            """),
        new("a column that something depends on",
            """
            operations:
              - sql:
                  up: CREATE VIEW names AS SELECT name FROM public.customers
                  down: DROP VIEW names
            """,
            """
            operations:
              - drop_column: # <- PGR1101
                  table: customers
                  column: name
                  down: "'nobody'"
            """),
        new("SQL that the server refuses",
            """
            operations:
              - sql:
                  up: SELECT nothing_of_the_kind(1) # <- PGR1101
            """),
        new("SQL that leaves what it made",
            """
            operations:
              - sql:
                  up: CREATE TABLE notes (id int PRIMARY KEY) # <- PGR1107
            """),
        new("down that takes back something else",
            """
            operations:
              - sql:
                  up: CREATE TABLE notes (id int PRIMARY KEY)
                  down: DROP TABLE note # <- PGR1108
            """),
        new("SQL that complete cannot run",
            """
            operations:
              - sql:
                  up: SELECT nothing_of_the_kind(1) # <- PGR1109
                  onComplete: true
            """),
        new("SQL that locks behind the plan's back",
            """
            operations:
              - sql:
                  up: DO 'BEGIN LOCK TABLE public.customers IN ACCESS EXCLUSIVE MODE; END' # <- PGR1111
            """),
        new("SQL that takes a view of the old version along",
            """
            operations:
              - sql:
                  up: DROP TABLE orders CASCADE # <- PGR1112
            """),
        new("SQL that takes a right away",
            """
            operations:
              - sql:
                  up: GRANT USAGE ON SCHEMA public TO pgroll_verify_app; GRANT SELECT ON customers TO pgroll_verify_app
                  down: REVOKE SELECT ON customers FROM pgroll_verify_app; REVOKE USAGE ON SCHEMA public FROM pgroll_verify_app
            """,
            """
            operations:
              - sql:
                  up: REVOKE SELECT ON customers FROM pgroll_verify_app # <- PGR1112
                  down: GRANT SELECT ON customers TO pgroll_verify_app
            """),
        new("a table that the application may not read",
            """
            operations:
              - sql:
                  up: GRANT USAGE ON SCHEMA public TO pgroll_verify_app; GRANT SELECT ON customers, orders TO pgroll_verify_app
                  down: REVOKE SELECT ON customers, orders FROM pgroll_verify_app; REVOKE USAGE ON SCHEMA public FROM pgroll_verify_app
            """,
            """
            operations:
              - create_table: # <- PGR1112
                  name: bills
                  columns:
                    - { name: id, type: bigint, pk: true, generated: { identity: {} } }
                    - { name: total, type: int }
            """),
        new("a trigger that refuses what was allowed",
            """
            operations:
              - sql:
                  up: | # <- PGR1102
                    CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no more customers'; END $$;
                    CREATE TRIGGER stop BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION stop()
                  down: DROP TRIGGER stop ON customers; DROP FUNCTION stop()
            """),
    ];
}
