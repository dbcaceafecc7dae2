using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;

namespace PgRoll.Build.Core.Tests.Operations;

/// <summary>What is wrong with an operation is said at its very place. A row: the operations, and all that is found (nothing where they are right).</summary>
[TestClass]
public sealed class ValidationTests
{
    const string Sixtyfour = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    const string Tables =
        """
        operations:
          - create_table: { name: towns, columns: [{ name: id, type: int, pk: true }, { name: country, type: text }] }
          - create_table:
              name: people
              columns:
                - { name: id, type: serial, pk: true }
                - { name: name, type: text, nullable: true, check: { name: people_name_check, constraint: "name <> ''" } }
                - { name: email, type: text, unique: true }
                - { name: credit, type: int, default: "0" }
                - { name: town, type: int, nullable: true, references: { name: people_town_fk, table: towns, column: id } }
                - { name: loud, type: text, generated: { expression: upper(name) }, nullable: true }
              constraints: [{ name: people_credit_town, type: unique, columns: [credit, town] }]
          - create_index: { name: people_credit_idx, table: people, columns: [{ column: credit }] }
          - create_index: { name: people_rich_idx, table: people, columns: [{ column: credit }], unique: true, predicate: credit > 9 }
          - set_replica_identity: { table: people, identity: { type: index, index: people_email_key } }
          - create_table:
              name: rooms
              columns: [{ name: id, type: int, generated: { identity: {} } }, { name: door, type: text }]
              constraints: [{ name: rooms_door_excl, type: exclude, exclude: { index_method: btree, elements: door WITH = } }]
          - create_table: { name: parts, columns: [{ name: id, type: int }, { name: size, type: int, default: "0" }, { name: note, type: text, default: "''" }, { name: own, type: int, default: "0" }] }
          - create_index: { name: parts_size_idx, table: parts, columns: [{ column: size }] }
        """;

    [TestMethod]
    [DataRow("create_table: { name: t, columns: [] }", "")]
    [DataRow("create_table: { name: people, columns: [{ name: id, type: int }] }", "name: PGR0203")]
    [DataRow("create_table: { name: people_credit_idx, columns: [] }", "name: PGR0203")]
    [DataRow("create_table: { name: '', columns: [] }", "name: PGR0102")]
    [DataRow("create_table: { name: " + Sixtyfour + ", columns: [] }", "name: PGR0801")]
    [DataRow("create_table: { name: _pgroll_t, columns: [] }", "name: PGR0805")]
    [DataRow("create_table: { name: t }", "columns: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ type: int }] }", "columns[0].name: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: '', type: int }] }", "columns[0].name: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: '' }] }", "columns[0].type: PGR0309")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int }, { name: a, type: int }] }", "columns[1].name: PGR0203")]
    [DataRow("create_table: { name: t, columns: [{ name: " + Sixtyfour + ", type: int }] }", "columns[0].name: PGR0801")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, default: 1; 2 }] }", "columns[0].default: PGR0309")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, generated: { expression: b, identity: {} } }] }", "columns[0].generated: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, check: { name: '', constraint: a > 0 } }] }", "columns[0].check.name: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, check: { name: c, constraint: b > 0 } }] }", "columns[0].check.constraint: PGR0206")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, references: { name: f, table: nowhere, column: id } }] }", "columns[0].references.table: PGR0201")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, references: { name: f, table: towns, column: nr } }] }", "columns[0].references.column: PGR0202")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, references: { name: f, table: towns, column: country } }] }", "columns[0].references.column: PGR0207")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, references: { name: f, table: towns, column: id, on_delete: EXPLODE } }] }", "columns[0].references.on_delete: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, pk: true }, { name: b, type: int, references: { name: f, table: t, column: a } }] }", "")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int }], constraints: [{ name: c, type: check, check: a > 0, deferrable: true }] }", "constraints[0].deferrable: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int }], constraints: [{ name: c, type: unique }] }", "constraints[0].columns: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int }], constraints: [{ name: c, type: unique, columns: [a, b] }] }", "constraints[0].columns[1]: PGR0202")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, pk: true }], constraints: [{ name: c, type: primary_key, columns: [a] }] }", "constraints: PGR0203")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int }], constraints: [{ name: c, type: foreign_key, columns: [a], references: { table: towns, columns: [id], on_delete_set_columns: [a] } }] }", "constraints[0].references.on_delete_set_columns: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int }], constraints: [{ name: c, type: foreign_key, columns: [a], references: { table: towns, columns: [id, country] } }] }", "constraints[0].references.columns: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int }], constraints: [{ name: people_email_key, type: unique, columns: [a] }] }", "name: PGR0203")]
    public void Create_table(string operation, string findings) => AssertFinds(operation, findings);

    [TestMethod]
    [DataRow("rename_table: { from: people, to: persons }", "")]
    [DataRow("rename_table: { from: peple, to: persons }", "from: PGR0201")]
    [DataRow("rename_table: { from: people, to: towns }", "to: PGR0203")]
    [DataRow("rename_table: { from: people, to: " + Sixtyfour + " }", "to: PGR0801")]
    [DataRow("drop_table: { name: people }", "")]
    [DataRow("drop_table: { name: peple }", "name: PGR0201")]
    [DataRow("drop_table: { name: towns }", "name: PGR0403")]
    [DataRow("rename_column: { table: people, from: name, to: full_name }", "")]
    [DataRow("rename_column: { table: peple, from: name, to: full_name }", "table: PGR0201")]
    [DataRow("rename_column: { table: people, from: nam, to: full_name }", "from: PGR0202")]
    [DataRow("rename_column: { table: people, from: name, to: email }", "to: PGR0203")]
    [DataRow("rename_column: { table: people, from: name, to: '' }", "to: PGR0102")]
    [DataRow("rename_column: { table: people, from: name, to: xmin }", "to: PGR0203")]
    [DataRow("add_column: { table: people, column: { name: xmin, type: xid, nullable: true } }", "column.name: PGR0203")]
    [DataRow("create_table: { name: t, columns: [{ name: ctid, type: tid, pk: true }] }", "columns[0].name: PGR0203")]
    public void Rename_and_drop(string operation, string findings) => AssertFinds(operation, findings);

    [TestMethod]
    [DataRow("add_column: { table: people, column: { name: a, type: int, nullable: true } }", "")]
    [DataRow("add_column: { table: people, column: { name: a, type: bigserial } }", "")]
    [DataRow("add_column: { table: people, column: { name: a, type: int, generated: { identity: {} } } }", "")]
    [DataRow("add_column: { table: peple, column: { name: a, type: int, nullable: true } }", "table: PGR0201")]
    [DataRow("add_column: { table: people, column: { name: name, type: int, nullable: true } }", "column.name: PGR0203")]
    [DataRow("add_column: { table: people, column: { name: a, type: int } }", "column: PGR0302")]
    [DataRow("add_column: { table: people, column: { name: a, type: int, pk: true, default: '1' } }", "column.pk: PGR0604")]
    [DataRow("add_column: { table: people, column: { name: a, type: int, generated: { expression: credit } } }", "column.generated: PGR0604")]
    [DataRow("add_column: { table: people, column: { name: a, type: int, generated: { expression: credit, identity: {} } } }", "column.generated: PGR0102")]
    [DataRow("add_column: { table: people, column: { name: a, type: int }, up: length(nam) }", "up: PGR0206")]
    [DataRow("add_column: { table: people, column: { name: a, type: int }, up: DELETE FROM people }", "up: PGR0309")]
    [DataRow("add_column: { table: people, column: { name: a, type: int, nullable: true, check: { name: people_name_check, constraint: a > 0 } } }", "column.check.name: PGR0203")]
    [DataRow("add_column: { table: people, column: { name: a, type: int, nullable: true, references: { name: f, table: towns, column: nam } } }", "column.references.column: PGR0202")]
    [DataRow("drop_column: { table: people, column: town, down: '1' }", "")]
    [DataRow("drop_column: { table: people, column: town }", "column: PGR0301")]
    [DataRow("drop_column: { table: people, column: email, down: name }", "column: PGR0403")]
    [DataRow("drop_column: { table: rooms, column: door }", "column: PGR0302")]
    [DataRow("drop_column: { table: people, column: twn }", "column: PGR0202")]
    [DataRow("drop_column: { table: people, column: town, down: town }", "down: PGR0206")]
    [DataRow("drop_column: { table: people, column: name, down: email }", "column: PGR0403")]
    [DataRow("drop_column: { table: towns, column: id, down: '1' }", "column: PGR0403")]
    public void Add_and_drop_column(string operation, string findings) => AssertFinds(operation, findings);

    [TestMethod]
    [DataRow("alter_column: { table: people, column: credit, type: bigint, up: credit, down: credit }", "")]
    [DataRow("alter_column: { table: people, column: email, default: null, comment: null }", "")]
    [DataRow("alter_column: { table: peple, column: email, nullable: true, down: email }", "table: PGR0201")]
    [DataRow("alter_column: { table: people, column: emal, nullable: true, down: email }", "column: PGR0202")]
    [DataRow("alter_column: { table: people, column: email }", ": PGR0205")]
    [DataRow("alter_column: { table: people, column: email, name: mail }", "name: PGR0102")]
    [DataRow("alter_column: { table: people, column: credit, type: bigint }", "type: PGR0303, type: PGR0303")]
    [DataRow("alter_column: { table: people, column: credit, check: { name: c, constraint: credit > 0 }, up: credit }", "check: PGR0303")]
    [DataRow("alter_column: { table: people, column: credit, references: { name: c, table: towns, column: id }, down: credit }", "references: PGR0303")]
    [DataRow("alter_column: { table: people, column: town, nullable: false }", "nullable: PGR0302")]
    [DataRow("alter_column: { table: people, column: email, nullable: true }", "nullable: PGR0303")]
    [DataRow("alter_column: { table: people, column: email, nullable: false, up: email }", "nullable: PGR0205")]
    [DataRow("alter_column: { table: people, column: town, nullable: true, down: town }", "nullable: PGR0205")]
    [DataRow("alter_column: { table: people, column: id, nullable: true, down: id }", "nullable: PGR0205")]
    [DataRow("alter_column: { table: people, column: credit, check: { name: people_name_check, constraint: credit > 0 }, up: credit, down: credit }", "check.name: PGR0203")]
    [DataRow("alter_column: { table: people, column: credit, check: { name: c, constraint: credt > 0 }, up: credit, down: credit }", "check.constraint: PGR0206")]
    [DataRow("alter_column: { table: people, column: credit, references: { name: people_town_fk, table: towns, column: id }, up: credit, down: credit }", "references.name: PGR0203")]
    [DataRow("alter_column: { table: people, column: credit, references: { name: f, table: town, column: id }, up: credit, down: credit }", "references.table: PGR0201")]
    [DataRow("alter_column: { table: people, column: credit, references: { name: f, table: towns, column: country }, up: credit, down: credit }", "references.column: PGR0207")]
    [DataRow("alter_column: { table: people, column: credit, unique: { name: people_credit_idx } }", "unique.name: PGR0203")]
    [DataRow("alter_column: { table: people, column: credit, unique: {} }", "unique.name: PGR0102")]
    [DataRow("alter_column: { table: people, column: credit, unique: { name: '' } }", "unique.name: PGR0102")]
    [DataRow("alter_column: { table: people, column: credit, type: bigint, up: credt, down: crdit }", "up: PGR0206, down: PGR0206")]
    [DataRow("alter_column: { table: people, column: name, type: varchar(9), up: name, down: name }", "column: PGR0604")]
    [DataRow("alter_column: { table: people, column: loud, type: varchar(9), up: loud, down: loud }", "column: PGR0604")]
    [DataRow("alter_column: { table: rooms, column: door, type: varchar(9), up: door, down: door }", "column: PGR0604")]
    [DataRow("alter_column: { table: rooms, column: id, type: bigint, up: id, down: id }", "")]
    [DataRow("alter_column: { table: rooms, column: id, type: text, up: id, down: id::int }", "type: PGR0604")]
    [DataRow("alter_column: { table: rooms, column: id, default: '1' }", "default: PGR0205")]
    [DataRow("alter_column: { table: rooms, column: id, nullable: true, down: id }", "nullable: PGR0205")]
    public void Alter_column(string operation, string findings) => AssertFinds(operation, findings);

    [TestMethod]
    [DataRow("create_index: { name: i, table: people, columns: [{ column: '' }] }", "columns[0].column: PGR0102")]
    [DataRow("create_index: { name: i, table: people, columns: [{ column: name }], method: hash }", "")]
    [DataRow("create_index: { name: '', table: people, columns: [{ column: name }] }", "name: PGR0102")]
    [DataRow("create_index: { name: " + Sixtyfour + ", table: people, columns: [{ column: name }] }", "name: PGR0801")]
    [DataRow("create_index: { name: people_pkey, table: people, columns: [{ column: name }] }", "name: PGR0203")]
    [DataRow("create_index: { name: towns, table: people, columns: [{ column: name }] }", "name: PGR0203")]
    [DataRow("create_index: { name: i, table: peple, columns: [{ column: name }] }", "table: PGR0201")]
    [DataRow("create_index: { name: i, table: people, columns: [] }", "columns: PGR0102")]
    [DataRow("create_index: { name: i, table: people, columns: [{ column: name }, { column: nam }] }", "columns[1].column: PGR0202")]
    [DataRow("create_index: { name: i, table: people, columns: [{ column: name, sort: UP }] }", "columns[0].sort: PGR0102")]
    [DataRow("create_index: { name: i, table: people, columns: [{ column: name }], method: heap }", "method: PGR0102")]
    [DataRow("create_index: { name: i, table: people, columns: [{ column: name }], predicate: nam <> '' }", "predicate: PGR0206")]
    [DataRow("create_index: { name: i, table: people, columns: [{ column: name }], storage_parameters: 'a) WHERE (true' }", "storage_parameters: PGR0309")]
    [DataRow("drop_index: { name: people_credit_idx }", "")]
    [DataRow("drop_index: { name: people_credt_idx }", "name: PGR0204")]
    [DataRow("drop_index: { name: people_pkey }", "name: PGR0403")]
    [DataRow("drop_index: { name: people_email_key }", "name: PGR0403")]
    public void Indexes(string operation, string findings) => AssertFinds(operation, findings);

    [TestMethod]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [credit, email], up: { credit: credit, email: email, name: name }, down: { credit: credit, email: email } }", "")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [credit], index_parameters: { include_columns: [emal] }, up: { credit: credit }, down: { credit: credit } }", "index_parameters.include_columns[0]: PGR0202")]
    [DataRow("create_constraint: { table: peple, name: c, type: unique, columns: [credit], up: { credit: credit }, down: { credit: credit } }", "table: PGR0201")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [credt], up: { credt: '1' }, down: { credt: '1' } }", "columns[0]: PGR0202")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [credit, credit], up: { credit: credit }, down: { credit: credit } }", "columns[1]: PGR0203")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, up: {}, down: {} }", "columns: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: check, check: credit > 0, up: {}, down: {} }", "columns: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: check, columns: [], check: credit > 0, up: { credit: credit }, down: { credit: set null } }", "columns: PGR0102, down.credit: PGR0309")]
    [DataRow("create_constraint: { table: people, name: c, type: check, columns: [credit], check: '', up: { credit: credit }, down: { credit: credit } }", "check: PGR0102")]
    [DataRow("create_table: { name: t, columns: [{ name: a, type: int, pk: true }], constraints: [{ name: c, type: check, check: '' }] }", "constraints[0].check: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: unic, columns: [credit], up: { credit: credit }, down: { credit: credit } }", "type: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [credit], deferrable: true, up: { credit: credit }, down: { credit: credit } }", "deferrable: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [credit] }", "up: PGR0102, down: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [credit, email], up: { credit: credit }, down: { email: email } }", "up: PGR0303, down: PGR0303")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [credit], up: { credit: 1; 2 }, down: { credit: credit } }", "up.credit: PGR0309")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [credit], up: { credit: credt }, down: { credit: crdit } }", "up.credit: PGR0206, down.credit: PGR0206")]
    [DataRow("create_constraint: { table: people, name: people_name_check, type: check, columns: [credit], check: credit > 0, up: { credit: credit }, down: { credit: credit } }", "name: PGR0203")]
    [DataRow("create_constraint: { table: people, name: people_credit_idx, type: unique, columns: [credit], up: { credit: credit }, down: { credit: credit } }", "name: PGR0203")]
    [DataRow("create_constraint: { table: people, name: people_credit_idx, type: check, columns: [credit], check: credit > 0, up: { credit: credit }, down: { credit: credit } }", "")]
    [DataRow("create_constraint: { table: people, name: '', type: check, columns: [credit], check: credit > 0, up: { credit: credit }, down: { credit: credit } }", "name: PGR0102")]
    [DataRow("create_constraint: { table: people, name: " + Sixtyfour + ", type: check, columns: [credit], check: credit > 0, up: { credit: credit }, down: { credit: credit } }", "name: PGR0801")]
    [DataRow("create_constraint: { table: people, name: c, type: check, columns: [credit], up: { credit: credit }, down: { credit: credit } }", "check: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: check, columns: [credit], check: credt > 0, up: { credit: credit }, down: { credit: credit } }", "check: PGR0206")]
    [DataRow("create_constraint: { table: people, name: c, type: check, columns: [credit], check: credit > 0, index_parameters: {}, up: { credit: credit }, down: { credit: credit } }", "index_parameters: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: primary_key, columns: [credit], up: { credit: credit }, down: { credit: credit } }", "type: PGR0203")]
    [DataRow("create_constraint: { table: people, name: c, type: foreign_key, columns: [credit], up: { credit: credit }, down: { credit: credit } }", "references: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: foreign_key, columns: [credit], references: { table: town, columns: [id] }, up: { credit: credit }, down: { credit: credit } }", "references.table: PGR0201")]
    [DataRow("create_constraint: { table: people, name: c, type: foreign_key, columns: [credit], references: { table: towns, columns: [nr] }, up: { credit: credit }, down: { credit: credit } }", "references.columns[0]: PGR0202")]
    [DataRow("create_constraint: { table: people, name: c, type: foreign_key, columns: [email], references: { table: towns, columns: [country] }, up: { email: email }, down: { email: email } }", "references.columns[0]: PGR0207")]
    [DataRow("create_constraint: { table: people, name: c, type: foreign_key, columns: [credit], references: { table: towns, columns: [id], on_delete: SET NULL, on_delete_set_columns: [town] }, up: { credit: credit }, down: { credit: credit } }", "references.on_delete_set_columns: PGR0102")]
    [DataRow("create_constraint: { table: people, name: c, type: unique, columns: [name], up: { name: name }, down: { name: name } }", "columns[0]: PGR0604")]
    [DataRow("create_constraint: { table: rooms, name: c, type: unique, columns: [id, door], up: { id: id, door: door }, down: { id: id, door: door } }", "columns[1]: PGR0604")]
    public void Create_constraint(string operation, string findings) => AssertFinds(operation, findings);

    [TestMethod]
    [DataRow("drop_constraint: { table: people, name: people_town_fk, down: town }", "")]
    [DataRow("drop_constraint: { table: peple, name: people_town_fk, down: town }", "table: PGR0201")]
    [DataRow("drop_constraint: { table: people, name: people_twn_fk, down: town }", "name: PGR0204")]
    [DataRow("drop_constraint: { table: people, name: people_town_fk }", "down: PGR0102")]
    [DataRow("drop_constraint: { table: people, name: people_town_fk, down: '' }", "down: PGR0309")]
    [DataRow("drop_constraint: { table: people, name: people_town_fk, up: twn, down: tow }", "up: PGR0206, down: PGR0206")]
    [DataRow("drop_constraint: { table: people, name: people_credit_town, down: credit }", "name: PGR0102")]
    [DataRow("drop_constraint: { table: people, name: people_email_key, down: email }", "name: PGR0403")]
    [DataRow("drop_constraint: { table: towns, name: towns_pkey, down: id }", "name: PGR0403")]
    [DataRow("drop_constraint: { table: people, name: people_name_check, down: name }", "name: PGR0604")]
    [DataRow("drop_constraint: { table: rooms, name: rooms_door_excl, down: door }", "")]
    [DataRow("drop_multicolumn_constraint: { table: people, name: people_credit_town, up: { town: town }, down: { credit: credit, town: town } }", "")]
    [DataRow("drop_multicolumn_constraint: { table: people, name: people_credit, down: { credit: credit } }", "name: PGR0204")]
    [DataRow("drop_multicolumn_constraint: { table: people, name: people_credit_town }", "down: PGR0102")]
    [DataRow("drop_multicolumn_constraint: { table: people, name: people_credit_town, down: { credit: credit } }", "down: PGR0303")]
    [DataRow("drop_multicolumn_constraint: { table: people, name: people_credit_town, down: { credit: credit, town: '' } }", "down: PGR0303")]
    [DataRow("drop_multicolumn_constraint: { table: people, name: people_credit_town, up: { email: email }, down: { credit: credit, town: town, name: name } }", "up.email: PGR0102, down.name: PGR0102")]
    [DataRow("drop_multicolumn_constraint: { table: people, name: people_credit_town, up: { town: twn }, down: { credit: crdit, town: town } }", "up.town: PGR0206, down.credit: PGR0206")]
    [DataRow("rename_constraint: { table: people, from: people_name_check, to: c }", "")]
    [DataRow("rename_constraint: { table: people, from: people_pkey, to: c }", "")]
    [DataRow("rename_constraint: { table: peple, from: people_name_check, to: c }", "table: PGR0201")]
    [DataRow("rename_constraint: { table: people, from: people_nam_check, to: c }", "from: PGR0204")]
    [DataRow("rename_constraint: { table: people, from: people_name_check, to: people_town_fk }", "to: PGR0203")]
    [DataRow("rename_constraint: { table: people, from: people_email_key, to: towns_pkey }", "to: PGR0203")]
    [DataRow("rename_constraint: { table: people, from: people_name_check, to: towns_pkey }", "")]
    [DataRow("rename_constraint: { table: people, from: people_name_check, to: " + Sixtyfour + " }", "to: PGR0801")]
    [DataRow("rename_constraint: { table: people, from: people_name_check, to: _pgroll_c }", "to: PGR0805")]
    public void Drop_and_rename_constraint(string operation, string findings) => AssertFinds(operation, findings);

    [TestMethod]
    [DataRow("set_replica_identity: { table: people, identity: { type: Full } }", "")]
    [DataRow("set_replica_identity: { table: people, identity: { type: index, index: people_pkey } }", "")]
    [DataRow("set_replica_identity: { table: peple, identity: { type: full } }", "table: PGR0201")]
    [DataRow("set_replica_identity: { table: people, identity: { type: all } }", "identity.type: PGR0102")]
    [DataRow("set_replica_identity: { table: people, identity: { type: index } }", "identity.index: PGR0102")]
    [DataRow("set_replica_identity: { table: people, identity: { type: index, index: people_key } }", "identity.index: PGR0204")]
    [DataRow("set_replica_identity: { table: people, identity: { type: index, index: people_credit_idx } }", "identity.index: PGR0102")]
    [DataRow("set_replica_identity: { table: people, identity: { type: index, index: people_rich_idx } }", "identity.index: PGR0102")]
    [DataRow("set_replica_identity: { table: people, identity: { type: index, index: people_credit_town } }", "identity.index: PGR0102")]
    [DataRow("set_replica_identity: { table: rooms, identity: { type: index, index: rooms_door_excl } }", "identity.index: PGR0102")]
    [DataRow("set_replica_identity: { table: people, identity: { type: index, index: people_email_key } }", "identity: PGR0205")]
    [DataRow("sql: { up: SELECT 1 }", "")]
    [DataRow("sql: { up: '  ' }", "up: PGR0102")]
    [DataRow("sql: { up: SELECT 1, down: SELECT 2, onComplete: true }", "down: PGR0108")]
    [DataRow("sql: { down: SELECT 2 }", "up: PGR0102")]
    [DataRow("sql: { up: 'CREATE TABLE t (a int); COMMIT', onComplete: true }", "up: PGR0703")]
    [DataRow("sql: { up: 'BEGIN; SELECT 1; END', down: ROLLBACK }", "up: PGR0703, down: PGR0703")]
    [DataRow("sql: { up: 'SELECT $$; COMMIT; $$ -- COMMIT' }", "")]
    public void Replica_identity_and_raw_sql(string operation, string findings) => AssertFinds(operation, findings);

    [TestMethod]
    [DataRow("add_column: { table: parts, column: { name: a, type: int, default: '1' } }", "")]
    [DataRow("add_column: { table: parts, column: { name: a, type: int }, up: size }", "")]
    [DataRow("add_column: { table: parts, column: { name: a, type: serial } }", "")]
    [DataRow("add_column: { table: parts, column: { name: a, type: int, nullable: true, default: random() } }", "")]
    [DataRow("add_column: { table: parts, column: { name: a, type: int, generated: { identity: {} } } }", "column.generated: PGR0604")]
    [DataRow("add_column: { table: parts, column: { name: a, type: int, nullable: true, unique: true } }", "column.unique: PGR0604")]
    [DataRow("add_column: { table: parts, column: { name: a, type: int, nullable: true, references: { name: f, table: towns, column: id } } }", "column.references: PGR0604")]
    [DataRow("drop_column: { table: parts, column: size }", "column: PGR0301")]
    [DataRow("drop_column: { table: parts, column: size, down: id }", "")]
    [DataRow("drop_column: { table: parts, column: id, down: size }", "column: PGR0604")]
    [DataRow("alter_column: { table: parts, column: size, default: '1', comment: how big }", "")]
    [DataRow("alter_column: { table: parts, column: id, default: '1', comment: how big }", "")]
    [DataRow("alter_column: { table: parts, column: note, type: varchar(9), up: note, down: note }", "")]
    [DataRow("alter_column: { table: parts, column: id, type: bigint, up: id, down: id }", "column: PGR0604")]
    [DataRow("alter_column: { table: parts, column: size, type: bigint, up: size, down: size }", "column: PGR0604")]
    [DataRow("alter_column: { table: parts, column: note, unique: { name: u } }", "unique: PGR0604")]
    [DataRow("alter_column: { table: parts, column: own, type: bigint, up: own, down: own }", "column: PGR0604")]
    [DataRow("create_index: { name: i, table: parts, columns: [{ column: id }] }", "table: PGR0604")]
    [DataRow("drop_index: { name: parts_size_idx }", "name: PGR0604")]
    [DataRow("create_constraint: { table: parts, name: c, type: check, columns: [note], check: note <> '', up: { note: note }, down: { note: note } }", "")]
    [DataRow("create_constraint: { table: parts, name: c, type: unique, columns: [note], up: { note: note }, down: { note: note } }", "type: PGR0604")]
    [DataRow("set_replica_identity: { table: parts, identity: { type: full } }", "table: PGR0604")]
    [DataRow("rename_table: { from: parts, to: pieces }", "")]
    [DataRow("rename_column: { table: parts, from: size, to: width }", "")]
    [DataRow("drop_table: { name: parts }", "")]
    public void On_a_partitioned_table(string operation, string findings) => AssertFinds(operation, findings);

    [TestMethod]
    public void Operations_see_what_the_ones_before_them_did() => AssertFinds(
        """
        drop_constraint: { table: people, name: people_town_fk, down: town }
          - drop_table: { name: towns }
          - rename_constraint: { table: people, from: people_credit_town, to: c }
          - create_constraint: { table: people, name: people_credit_town, type: unique, columns: [credit], up: { credit: credit }, down: { credit: credit } }
          - add_column: { table: people, column: { name: code, type: text }, up: email }
          - create_constraint: { table: people, name: people_code, type: check, columns: [code], check: code <> '', up: { code: code }, down: { code: code } }
        """, "");

    /// <summary>The first mistake is the one to mend: what follows from it may not be one.</summary>
    [TestMethod]
    [DataRow("operations: [")]
    [DataRow("operations: [{ create_table: { name: orders, columns: [{ name: id, type: [int], pk: true }] } }]")]
    [DataRow("operations: [{ create_tabel: { name: orders } }]")]
    public void Files_after_one_that_cannot_be_read_are_not_held_against_what_it_would_have_made(string unreadable)
    {
        var found = MigrationSet.Check(
        [
            new("01_orders.yaml", unreadable),
            new("02_paid.yaml", "operations: [{ add_column: { table: orders, column: { name: paid, type: date, nullable: true } } }, { add_column: { table: orders, column: { name: due, type: date } } }]"),
        ], Schema.Empty("public")).Diagnostics;

        Assert.AreEqual("01_orders.yaml, 02_paid.yaml PGR0302", string.Join(", ", found.Select(d => d.Location.File == "01_orders.yaml" ? d.Location.File : $"{d.Location.File} {d.Rule.Id}")));
    }

    [TestMethod]
    [DataRow("alter_column: { table: people, column: credit, type: bigint, up: credit }", "A change of `type` needs `down`: what the old version reads of what the new one wrote. Where the value stays as it is, that is `credit`.")]
    [DataRow("alter_column: { table: people, column: town, nullable: false }", "give it, such as `coalesce(town, …)`.")]
    [DataRow("add_column: { table: people, column: { name: a, type: int } }", "give one of them for the rows that are there already, or `nullable: true`.")]
    [DataRow("drop_column: { table: rooms, column: door }", "Give `down`: what the old version reads of what the new one wrote.")]
    [DataRow("rename_table: { from: people, to: towns }", "Table 'towns' already exists: choose another name, ")]
    [DataRow("create_index: { name: i, table: people, columns: [credit] }", "must be a mapping, not the string 'credit'; `dotnet pgroll update` rewrites this older form.")]
    public void Findings_tell_a_way_out(string operation, string way) => Assert.Contains(d => d.Message.Contains(way, StringComparison.Ordinal), Find(operation));

    static IReadOnlyList<Diagnostic> Find(string operation)
    {
        var schema = MigrationSet.Check([new("01_tables.yaml", Tables)], Schema.Empty("public")).History[^1].After.Settled();
        schema = schema with { Tables = [.. schema.Tables.Select(t => t.Name == "parts" ? t with { Partitioning = new(["id"]) { OwnObjects = [new("index i of partition p", ["own"])] } } : t)] };
        return MigrationSet.Check([new("02_change.yaml", $"operations:\n  - {operation}\n")], schema).Diagnostics;
    }

    static void AssertFinds(string operation, string findings)
    {
        var found = Find(operation);

        Assert.AreEqual(findings, string.Join(", ", found.Where(d => d.Severity > Severity.Info).Select(d => $"{Place(d)}: {d.Rule.Id}")), string.Join('\n', found));
        foreach (var finding in found)
            Assert.MatchesRegex(@"[^.][.?]$", finding.Message);
    }

    /// <summary>The place inside the operation.</summary>
    static string Place(Diagnostic diagnostic) => string.Join('.', diagnostic.Location.Path.Split('.').Skip(2));
}
